import { Button } from '@mantine/core'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './schedule-form.module.css'

interface AlternativesProps {
  readonly times: readonly string[]
  readonly onChoose: (time: string) => void
}

/** Starts at which nothing is in the way, after one was refused. */
export function Alternatives({ times, onChoose }: AlternativesProps) {
  const { t } = useTranslation()
  if (times.length === 0) return null
  return (
    <fieldset className={styles.suggestions}>
      <legend className={styles.hint}>{t('scheduleForm.alternatives')}</legend>
      {times.map((time) => (
        <Button key={time} radius="xl" onClick={() => onChoose(time)}>
          {time}
        </Button>
      ))}
    </fieldset>
  )
}
