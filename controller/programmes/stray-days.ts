import type { CalendarException, HolidayDecision, ProgrammeCalendar } from '#protocol/calendar.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { holidayLookup } from '#protocol/rules/holidays.ts'
import { type Absence, type Series, seriesOf } from '#protocol/rules/series.ts'
import type { Problem } from '../errors.ts'
import { dayMonthYear } from '../iso.ts'

/** How far from a day it is looked for others: a series may fall on one day of a year. */
const FAR_DAYS = 366

/** A date that a programme makes different although its series has no session on it: a slip of the pen, or left behind. */
export interface StrayDay extends Omit<Problem, 'field'> {
  /** Among the exceptions. */
  readonly place: number
  readonly date: string
}

/** With the nearest dates on which the series has a session. */
export function strayDays(
  calendar: ProgrammeCalendar,
  timeZone: string,
  holidays: readonly HolidayDecision[] = [],
): StrayDay[] {
  const series = seriesOf(calendar, timeZone, holidayLookup(holidays))
  return calendar.exceptions.flatMap((exception, place) => {
    const { date } = exception
    if (isMeant(exception, series.absence(dayOf(date)))) return []
    const near = daysNear(series, dayOf(date)).map((day) => dayMonthYear(dateOf(day)))
    const values = { date: dayMonthYear(date), near: near.join(', ') }
    return [{ place, date, key: near.length > 0 ? 'programme.strayDay' : 'programme.strayDayAlone', values }]
  })
}

/** Nothing airs on a holiday, and nothing shall: that is no slip. */
const isMeant = ({ kind }: CalendarException, absence: Absence | null): boolean =>
  absence === null || (kind === 'skip' && absence.kind === 'holiday')

function daysNear({ first, last, absence }: Series, day: number): number[] {
  const found: number[] = []
  const [before, after] = [Math.min(day - 1, last), Math.max(day + 1, first)]
  const isOn = (other: number): boolean => absence(other) === null && found.push(other) > 0
  for (let other = before; other >= Math.max(first, before - FAR_DAYS); other--) if (isOn(other)) break
  for (let other = after; other <= Math.min(last, after + FAR_DAYS); other++) if (isOn(other)) break
  return found
}
