import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Station } from '#protocol/http/areas.ts'
import type { Programme } from '#protocol/http/programmes.ts'
import { getProgramme } from '../../../components/programmes/programme-query.ts'
import { putProgramme } from '../../../components/programmes/put-programme.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { ApiError } from '../../../lib/api.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { changedFields, type EditorValues, programmeFrom, valuesOf } from '../editor-values.ts'
import { ExceptionsList } from './exceptions-list.tsx'
import styles from './programme-form.module.css'
import { ProgrammeForm } from './programme-form.tsx'

interface EditProgrammeProps {
  readonly programme: Programme
  readonly stations: readonly Station[]
  readonly readOnly: boolean
}

const isOvertaken = (error: unknown): boolean =>
  error instanceof ApiError && error.problems.some(({ key }) => key === 'programme.changedMeanwhile')

/** Somebody else's change does not undo what was typed here, and is not undone unseen. */
export function EditProgramme({ programme, stations, readOnly }: EditProgrammeProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  /** What the fields started from. */
  const [base, setBase] = useState(programme)
  /** Somebody else's, who was first, with what was to be saved here. */
  const [met, setMet] = useState<{ theirs: Programme; mine: EditorValues } | null>(null)
  const saving = useMutation({
    mutationFn: async ({ values, revision }: { values: EditorValues; revision: number }) => {
      const input = programmeFrom(values)
      if (!input) throw new TypeError('the form has let something incomplete through')
      const { areaCode: _kept, ...series } = input
      return putProgramme(base.id, { ...series, revision })
    },
    onSuccess: (saved) => {
      client.setQueryData(keys.programme(saved.id), saved)
      void client.invalidateQueries({ queryKey: keys.programmeLists })
      void client.invalidateQueries({ queryKey: keys.days })
      setBase(saved)
      setMet(null)
      notifyDone([t('programme.saved'), ...saved.warnings].join(' '))
    },
  })
  const save = async (values: EditorValues, revision: number): Promise<void> => {
    try {
      await saving.mutateAsync({ values, revision })
    } catch (error) {
      if (!isOvertaken(error)) throw error
      setMet({ theirs: await getProgramme(base.id), mine: values })
      saving.reset()
    }
  }
  const isEnded = base.status === 'ended'
  return (
    <>
      {isEnded && <Notice kind="info">{t('programme.ended')}</Notice>}
      {readOnly && !isEnded && <Notice kind="info">{t('programme.readOnly')}</Notice>}
      {met && (
        <Meanwhile
          base={base}
          theirs={met.theirs}
          isSaving={saving.isPending}
          onKeepMine={() => void save(met.mine, met.theirs.revision).catch(() => setMet(null))}
          onTakeTheirs={() => {
            setBase(met.theirs)
            setMet(null)
          }}
        />
      )}
      <ProgrammeForm
        // Other fields to start from are another form; a revision that has grown by a day alone is not.
        key={JSON.stringify(valuesOf(base))}
        initial={valuesOf(base)}
        stations={stations}
        exceptions={base.exceptions}
        isNew={false}
        readOnly={readOnly || isEnded}
        onSubmit={(values) => save(values, base.revision)}
        isSaving={saving.isPending}
        error={saving.error}
        aside={<ExceptionsList programme={base} readOnly={readOnly || isEnded} onChanged={setBase} />}
      />
    </>
  )
}

interface MeanwhileProps {
  readonly base: Programme
  readonly theirs: Programme
  readonly isSaving: boolean
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
}

function Meanwhile({ base, theirs, isSaving, onKeepMine, onTakeTheirs }: MeanwhileProps) {
  const { t } = useTranslation()
  const fields = changedFields(valuesOf(base), valuesOf(theirs)).map((field) => t(`programme.field.${field}`))
  const changed = [...new Set(fields)].join(', ') || t('programme.meanwhileDays')
  return (
    <div className={styles.meanwhile}>
      <Notice kind="bad" title={t('programme.meanwhile')}>
        {t('programme.meanwhileText', { fields: changed })}
        <Group mt="sm">
          <Button variant="default" onClick={onTakeTheirs}>
            {t('programme.takeTheirs')}
          </Button>
          <Button loading={isSaving} onClick={onKeepMine}>
            {t('programme.keepMine')}
          </Button>
        </Group>
      </Notice>
    </div>
  )
}
