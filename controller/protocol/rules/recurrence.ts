import type { ProgrammeCalendar } from '../calendar.ts'
import type { Window } from './civil-time.ts'
import { occurrencesOf } from './occurrences.ts'

/** When a programme takes place: a start date and local time, then RFC 5545 from there. */
export interface Recurrence {
  /** First local date, `2026-11-23`. */
  readonly startsOn: string
  /** Local civil time, `05:30` or `05:30:15`. */
  readonly startTime: string
  /** RFC 5545 RRULE value such as `FREQ=WEEKLY;BYDAY=MO,WE`; null: once. */
  readonly rrule: string | null
  /** Local dates on which it does not take place. */
  readonly skip: readonly string[]
}

/** Start instants of a recurrence inside the window, ascending. Throws RangeError on a rule that is not allowed. */
export function occurrencesIn(recurrence: Recurrence, window: Window, timeZone: string): number[] {
  return occurrencesOf(calendarOf(recurrence), window, timeZone).map(({ startAt }) => startAt)
}

/** A recurrence as a calendar. */
export function calendarOf({ startsOn, startTime, rrule, skip }: Recurrence): ProgrammeCalendar {
  return {
    startsOn,
    startTime,
    repeat: rrule === null ? { kind: 'once' } : { kind: 'rrule', rrule },
    holidays: 'as-usual',
    exceptions: [...new Set(skip)].map((date) => ({ date, kind: 'skip' })),
  }
}
