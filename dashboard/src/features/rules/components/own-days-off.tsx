import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { HolidayDecision } from '#protocol/calendar.ts'
import { plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './rules.module.css'

interface OwnDaysOffProps {
  readonly decision: HolidayDecision
  readonly readOnly: boolean
  readonly onChange: (decision: HolidayDecision) => void
}

/** Days off that a place adds to those of the law. */
export function OwnDaysOff({ decision, readOnly, onChange }: OwnDaysOffProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [date, setDate] = useState('')
  const [name, setName] = useState('')
  const { year, also } = decision
  const isComplete = date.startsWith(`${year}-`) && name.trim() !== ''
  const add = () => {
    const others = also.filter((one) => one.date !== date)
    const days = [...others, { date, name: name.trim() }].sort((a, b) => (a.date < b.date ? -1 : 1))
    onChange({ ...decision, also: days })
    setDate('')
    setName('')
    setOpen(false)
  }
  return (
    <>
      {also.length > 0 && (
        <ul className={styles.list}>
          {also.map((day) => (
            <li key={day.date} className={styles.row}>
              <span className={styles.what}>{`${plainDate(day.date)} – ${day.name}`}</span>
              {!readOnly && (
                <Button
                  variant="subtle"
                  color="red"
                  data-action="remove"
                  aria-label={t('rules.removeDayName', { name: day.name })}
                  onClick={() => onChange({ ...decision, also: also.filter((one) => one !== day) })}
                >
                  {t('rules.remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && !isOpen && (
        <Button variant="subtle" mt="xs" onClick={() => setOpen(true)}>
          {t('rules.addDay', { year })}
        </Button>
      )}
      {isOpen && (
        <>
          <div className={styles.pair}>
            <TextInput
              type="date"
              min={`${year}-01-01`}
              max={`${year}-12-31`}
              label={t('rules.date')}
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
            />
            <TextInput
              label={t('rules.dayName')}
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </div>
          <Button variant="light" mt="sm" disabled={!isComplete} onClick={add}>
            {t('rules.takeDay')}
          </Button>
        </>
      )}
    </>
  )
}
