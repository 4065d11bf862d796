import type { ProgrammeCalendar } from '#protocol/calendar.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'

/** A series that is nothing but an RRULE with skipped dates. */
export interface PlainSeries {
  readonly startsOn: string
  readonly startTime: string
  /** Null: once. */
  readonly rrule: string | null
  readonly skip: readonly string[]
}

export const calendarOf = ({ startsOn, startTime, rrule, skip }: PlainSeries): ProgrammeCalendar => ({
  startsOn,
  startTime,
  repeat: rrule === null ? { kind: 'once' } : { kind: 'rrule', rrule },
  holidays: 'as-usual',
  exceptions: [...new Set(skip)].map((date) => ({ date, kind: 'skip' })),
})

/** Start instants inside the window, ascending. Throws RangeError on a rule that is not allowed. */
export const startsIn = (series: PlainSeries, window: Window, timeZone: string): number[] =>
  occurrencesOf(calendarOf(series), window, timeZone).map(({ startAt }) => startAt)
