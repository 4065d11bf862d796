import { Button } from '@mantine/core'
import type { Station } from '#protocol/http/areas.ts'
import { DayName } from '../../../components/ui/day-name.tsx'
import { useNow } from '../../../lib/clock.ts'
import { clock } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { suggestStarts } from '../suggest-starts.ts'
import styles from './schedule-form.module.css'

interface SuggestionsProps {
  readonly station: Station
  readonly lengthMs: number
  readonly onChoose: (at: number) => void
}

/** Starts that fit, one tap each. */
export function Suggestions({ station, lengthMs, onChoose }: SuggestionsProps) {
  const { t } = useTranslation()
  const now = useNow(60_000)
  const starts = suggestStarts(now, lengthMs, station)
  if (starts.length === 0) return null
  return (
    <fieldset className={styles.suggestions}>
      <legend className={styles.hint}>{t('scheduleForm.suggestions')}</legend>
      {starts.map((at) => (
        <Button key={at} variant="light" radius="xl" onClick={() => onChoose(at)}>
          <DayName at={at} />
          &nbsp;{clock(at)}
        </Button>
      ))}
    </fieldset>
  )
}
