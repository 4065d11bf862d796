import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { serverNow } from '../../../lib/clock.ts'
import { clock, instantAt, localDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './why.module.css'
import { WhyAnswer } from './why-answer.tsx'

/** Asks about any time: what was heard, or will be, and why. */
export function WhyForm({ clusterId, at }: { clusterId: string; at: string | null }) {
  const { t } = useTranslation()
  const first = at ?? serverNow()
  const [date, setDate] = useState(localDate(first))
  const [time, setTime] = useState(clock(first, { seconds: false }))
  const [asked, setAsked] = useState<string | null>(null)
  const instant = date && time ? instantAt(date, time) : null
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(instant)
  }
  return (
    <form onSubmit={ask}>
      <div className={styles.fields}>
        <TextInput
          type="date"
          required
          withAsterisk={false}
          label={t('why.date')}
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <TextInput
          type="time"
          required
          withAsterisk={false}
          label={t('why.time')}
          value={time}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
        <Button type="submit" disabled={instant === null}>
          {t('why.ask')}
        </Button>
      </div>
      {asked && (
        <div className={styles.asked}>
          <WhyAnswer clusterId={clusterId} at={asked} linked />
        </div>
      )}
    </form>
  )
}
