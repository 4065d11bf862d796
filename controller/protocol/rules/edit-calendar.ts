import type { CalendarException, ProgrammeCalendar } from '../calendar.ts'

/** Another rule, time or season under the same exceptions: what was skipped stays skipped. */
export function withSeries(
  { exceptions }: ProgrammeCalendar,
  series: Omit<ProgrammeCalendar, 'exceptions'>,
): ProgrammeCalendar {
  return { ...series, exceptions }
}

/** Adds an exception; null when its date has one already, which has to be taken away first. */
export function withException(calendar: ProgrammeCalendar, exception: CalendarException): ProgrammeCalendar | null {
  if (calendar.exceptions.some(({ date }) => date === exception.date)) return null
  return { ...calendar, exceptions: [...calendar.exceptions, exception] }
}

export function withoutException(calendar: ProgrammeCalendar, date: string): ProgrammeCalendar {
  return { ...calendar, exceptions: calendar.exceptions.filter((exception) => exception.date !== date) }
}
