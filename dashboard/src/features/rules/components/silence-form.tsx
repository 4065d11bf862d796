import { Button, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Silence } from '#protocol/calendar.ts'
import { ClusterId } from '#protocol/ids.ts'
import { Choice } from '../../../components/ui/choice.tsx'
import { Toggles } from '../../../components/ui/toggles.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { clusterChoices } from '../api/list-choices.ts'
import styles from './rules.module.css'

interface SilenceFormProps {
  /** The commune whose clusters can be chosen; null: all of them, wherever. */
  readonly areaCode: string | null
  readonly isSaving: boolean
  readonly onCancel: () => void
  readonly onSave: (silence: Silence) => void
}

/** A silence for once: a funeral, a day of exams. */
export function SilenceForm({ areaCode, isSaving, onCancel, onSave }: SilenceFormProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [whose, setWhose] = useState<'all' | 'some'>('all')
  const [chosen, setChosen] = useState<string[]>([])
  const isReversed = from !== '' && until !== '' && from >= until
  const isComplete =
    reason.trim() !== '' && from !== '' && until !== '' && !isReversed && (whose === 'all' || chosen.length > 0)
  const silence = (): Silence => ({
    period: { kind: 'once', from: momentOf(from), until: momentOf(until) },
    clusters: whose === 'all' ? 'all' : chosen.map((id) => ClusterId.parse(id)),
    reason: reason.trim(),
  })
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) onSave(silence())
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('rules.reason')}
          description={t('rules.reasonHint')}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className={styles.pair}>
          <TextInput
            type="datetime-local"
            label={t('rules.silentFrom')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t('rules.silentUntil')}
            error={isReversed && t('rules.reversed')}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </div>
        {areaCode !== null && (
          <>
            <Choice
              label={t('rules.silentWhere')}
              value={whose}
              options={[
                { value: 'all', label: t('rules.allClusters') },
                { value: 'some', label: t('rules.chooseClusters') },
              ]}
              onChange={setWhose}
            />
            {whose === 'some' && <Clusters areaCode={areaCode} value={chosen} onChange={setChosen} />}
          </>
        )}
        <div className={styles.deeds}>
          <Button type="submit" disabled={!isComplete} loading={isSaving}>
            {t('rules.saveSilence')}
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

interface ClustersProps {
  readonly areaCode: string
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
}

function Clusters({ areaCode, value, onChange }: ClustersProps) {
  const { t } = useTranslation()
  const clusters = useQuery(clusterChoices(areaCode))
  const options = (clusters.data ?? []).map(({ id, name }) => ({ value: id as string, label: name }))
  if (clusters.isPending) return <p className={styles.hint}>{t('common.loading')}</p>
  return <Toggles label={t('rules.whichClusters')} value={value} options={options} onChange={onChange} />
}

/** `2026-11-25T12:00` as fields of a date-time input give it. */
function momentOf(text: string): { date: string; time: string } {
  const [date = '', time = ''] = text.split('T')
  return { date, time: time.slice(0, 5) }
}
