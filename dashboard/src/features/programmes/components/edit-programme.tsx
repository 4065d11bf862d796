import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Station } from '#protocol/http/areas.ts'
import type { Programme } from '#protocol/http/programmes.ts'
import { getProgramme } from '../../../components/programmes/programme-query.ts'
import { putProgramme } from '../../../components/programmes/put-programme.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { ApiError } from '../../../lib/api.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { changedFields, type EditorValues, followed, programmeFrom, valuesOf } from '../editor-values.ts'
import { ExceptionsList } from './exceptions-list.tsx'
import styles from './programme-form.module.css'
import { PROGRAMME_FORM, ProgrammeForm } from './programme-form.tsx'

interface EditProgrammeProps {
  readonly programme: Programme
  readonly stations: readonly Station[]
  readonly readOnly: boolean
}

const isOvertaken = (error: unknown): boolean =>
  error instanceof ApiError && error.problems.some(({ key }) => key === 'programme.changedMeanwhile')

const formElement = () => document.querySelector<HTMLFormElement>(`#${PROGRAMME_FORM}`)

/** Somebody else's change does not undo what was typed here, and is not undone unseen. */
export function EditProgramme({ programme, stations, readOnly }: EditProgrammeProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  /** What the fields started from. */
  const [base, setBase] = useState(programme)
  /** Somebody else's, who was first. */
  const [theirs, setTheirs] = useState<Programme | null>(null)
  /** Which of somebody else's is to give way to what is sent next. */
  const overruled = useRef<number | null>(null)
  /** How often theirs was taken: each time the fields start anew. */
  const [taken, setTaken] = useState(0)
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
      setTheirs(null)
      notifyDone([t('programme.saved'), ...saved.warnings].join(' '))
    },
  })
  const save = async (values: EditorValues): Promise<Programme | null> => {
    const revision = overruled.current ?? base.revision
    overruled.current = null
    try {
      return await saving.mutateAsync({ values, revision })
    } catch (error) {
      if (!isOvertaken(error)) {
        // Who has decided between theirs and mine is not asked again because something else is wrong.
        setTheirs(null)
        setBase((now) => ({ ...now, revision }))
        throw error
      }
      setTheirs(await getProgramme(base.id))
      saving.reset()
      return null
    }
  }
  const isEnded = base.status === 'ended'
  return (
    <>
      {(isEnded || readOnly) && (
        <div className={styles.notice}>
          <Notice kind="info">{t(isEnded ? 'programme.ended' : 'programme.readOnly')}</Notice>
        </div>
      )}
      {theirs && (
        <Meanwhile
          base={base}
          theirs={theirs}
          isSaving={saving.isPending}
          onKeepMine={() => {
            overruled.current = theirs.revision
            formElement()?.requestSubmit()
          }}
          onTakeTheirs={() => {
            setBase(theirs)
            setTheirs(null)
            setTaken(taken + 1)
            requestAnimationFrame(() => formElement()?.querySelector('input')?.focus())
          }}
        />
      )}
      <ProgrammeForm
        key={taken}
        initial={valuesOf(base)}
        stations={stations}
        exceptions={base.exceptions}
        isNew={false}
        readOnly={readOnly || isEnded}
        onSubmit={save}
        isSaving={saving.isPending}
        error={saving.error}
        aside={
          <ExceptionsList
            programme={base}
            readOnly={readOnly || isEnded}
            onChanged={(changed) => setBase((now) => followed(now, changed))}
          />
        }
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
    <div className={styles.notice}>
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
