import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { CalendarDate } from '#protocol/calendar.ts'
import { LocalTime } from '#protocol/http/common.ts'
import type { DaySession } from '#protocol/http/days.ts'
import { minutesOfClock } from '#protocol/rules/civil-time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { clockOf } from '../day-lane.ts'
import { type Target, targetOf } from '../move.ts'
import styles from './session-actions.module.css'

/** The way to move a session for whoever does not drag, and the only one to another day. */
export function MoveForm({ session, onTry }: { session: DaySession; onTry: (target: Target) => void }) {
  const { t } = useTranslation()
  const now = targetOf(session)
  const [date, setDate] = useState(now.date)
  const [time, setTime] = useState(clockOf(now.minute))
  const isWhole = CalendarDate.safeParse(date).success && LocalTime.safeParse(time).success
  const [isAsked, setAsked] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (isWhole) onTry({ date, minute: minutesOfClock(time) })
  }
  return (
    <form noValidate onSubmit={submit}>
      <fieldset className={styles.form}>
        <legend>{t('move.form')}</legend>
        <div className={styles.fields}>
          <TextInput
            type="date"
            label={t('move.date')}
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
            error={isAsked && !isWhole ? t('move.needWhen') : null}
          />
          <TextInput
            type="time"
            label={t('move.time')}
            value={time}
            onChange={(event) => setTime(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" variant="light" fullWidth>
          {t('move.try')}
        </Button>
      </fieldset>
    </form>
  )
}
