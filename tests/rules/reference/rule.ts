import type { Temporal } from 'temporal-polyfill'
import { datesBetween, firstShowing, plainDate } from './civil.ts'

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const nameOf = (date: Temporal.PlainDate): string => WEEKDAYS[date.dayOfWeek - 1] ?? ''

interface Reading {
  readonly parts: Readonly<Record<string, string>>
  readonly start: Temporal.PlainDate
  /** What passes in each period, listed once. */
  readonly passing: Map<string, Temporal.PlainDate[]>
}

/** The dates of a rule from its first to a last, both included: every day is looked at, every part is asked. */
export function ruleDates(
  rrule: string,
  startsOn: string,
  startTime: string,
  timeZone: string,
  last: string,
): string[] {
  const parts = Object.fromEntries(rrule.split(';').map((part) => part.split('=')))
  const reading = { parts, start: plainDate(startsOn), passing: new Map() }
  const found: string[] = []
  for (const date of datesBetween(startsOn, last)) {
    if (parts.COUNT !== undefined && found.length >= Number(parts.COUNT)) break
    if (parts.UNTIL !== undefined && isPast(date, startTime, timeZone, parts.UNTIL)) break
    if (isInTurn(plainDate(date), reading) && isChosen(plainDate(date), reading)) found.push(date)
  }
  return found
}

function isPast(date: string, startTime: string, timeZone: string, until: string): boolean {
  if (until.length === 8) return date.replaceAll('-', '') > until
  const [, y, mo, d, h, mi, s] = /^(....)(..)(..)T(..)(..)(..)Z$/.exec(until) ?? []
  return (firstShowing(date, startTime, timeZone) ?? 0) > Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`)
}

/** How many whole periods lie between the first day's and this one. */
function isInTurn(date: Temporal.PlainDate, { parts, start }: Reading): boolean {
  const every = Number(parts.INTERVAL ?? 1)
  switch (parts.FREQ) {
    case 'DAILY':
      return start.until(date, { largestUnit: 'days' }).days % every === 0
    case 'WEEKLY':
      return (weekStart(start, parts).until(weekStart(date, parts), { largestUnit: 'days' }).days / 7) % every === 0
    case 'MONTHLY':
      return (date.year * 12 + date.month - start.year * 12 - start.month) % every === 0
    default:
      return (yearOf(date, parts) - yearOf(start, parts)) % every === 0
  }
}

function weekStart(date: Temporal.PlainDate, parts: Reading['parts']): Temporal.PlainDate {
  let day = date
  while (nameOf(day) !== (parts.WKST ?? 'MO')) day = day.subtract({ days: 1 })
  return day
}

const firstWeeks = new Map<string, Temporal.PlainDate>()

/** Week 1 is the one that has the 4th of January. */
function firstWeek(year: number, parts: Reading['parts']): Temporal.PlainDate {
  const key = `${year} ${parts.WKST}`
  const found = firstWeeks.get(key) ?? weekStart(plainDate(`${year}-01-04`), parts)
  firstWeeks.set(key, found)
  return found
}

function yearOf(date: Temporal.PlainDate, parts: Reading['parts']): number {
  if (parts.BYWEEKNO === undefined) return date.year
  if (firstWeek(date.year, parts).until(date).sign < 0) return date.year - 1
  return firstWeek(date.year + 1, parts).until(date).sign < 0 ? date.year : date.year + 1
}

function isChosen(date: Temporal.PlainDate, reading: Reading): boolean {
  const { parts } = reading
  if (parts.BYSETPOS === undefined) return passes(date, reading)
  if (!passes(date, reading)) return false
  const days = periodOf(date, parts)
  const period = reading.passing.get(String(days[0])) ?? days.filter((day) => passes(day, reading))
  reading.passing.set(String(days[0]), period)
  const at = period.findIndex((day) => day.equals(date))
  return parts.BYSETPOS.split(',').some((text) => Number(text) === at + 1 || Number(text) === at - period.length)
}

const periods = new Map<string, Temporal.PlainDate[]>()

/** All days of the week, month or year of a date. */
function periodOf(date: Temporal.PlainDate, parts: Reading['parts']): Temporal.PlainDate[] {
  const first =
    parts.FREQ === 'DAILY'
      ? date
      : parts.FREQ === 'WEEKLY'
        ? weekStart(date, parts)
        : parts.FREQ === 'MONTHLY'
          ? date.with({ day: 1 })
          : parts.BYWEEKNO === undefined
            ? date.with({ month: 1, day: 1 })
            : firstWeek(yearOf(date, parts), parts)
  const next =
    parts.FREQ === 'DAILY'
      ? first.add({ days: 1 })
      : parts.FREQ === 'WEEKLY'
        ? first.add({ weeks: 1 })
        : parts.FREQ === 'MONTHLY'
          ? first.add({ months: 1 })
          : parts.BYWEEKNO === undefined
            ? first.add({ years: 1 })
            : firstWeek(yearOf(date, parts) + 1, parts)
  const key = `${first} ${next}`
  const days =
    periods.get(key) ?? [...datesBetween(first.toString(), next.subtract({ days: 1 }).toString())].map(plainDate)
  periods.set(key, days)
  return days
}

function passes(date: Temporal.PlainDate, { parts, start }: Reading): boolean {
  const { BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYDAY, FREQ } = parts
  const names = (list: string, position: number, length: number): boolean =>
    list.split(',').some((text) => Number(text) === position || Number(text) === position - length - 1)
  if (BYMONTH !== undefined && !BYMONTH.split(',').includes(String(date.month))) return false
  if (BYMONTHDAY !== undefined && !names(BYMONTHDAY, date.day, date.daysInMonth)) return false
  if (BYYEARDAY !== undefined && !names(BYYEARDAY, date.dayOfYear, date.daysInYear)) return false
  if (BYDAY !== undefined && !BYDAY.split(',').some((text) => isWeekday(text, date, parts))) return false
  if (BYWEEKNO !== undefined) {
    const year = yearOf(date, parts)
    const weeks = firstWeek(year, parts).until(firstWeek(year + 1, parts), { largestUnit: 'days' }).days / 7
    const passed = firstWeek(year, parts).until(date, { largestUnit: 'days' }).days
    if (!names(BYWEEKNO, Math.floor(passed / 7) + 1, weeks)) return false
  }
  if (BYDAY !== undefined || BYMONTHDAY !== undefined || BYYEARDAY !== undefined || FREQ === 'DAILY') return true
  // What the rule leaves open, the first day says.
  if (FREQ === 'WEEKLY' || BYWEEKNO !== undefined) return nameOf(date) === nameOf(start)
  if (date.day !== start.day) return false
  return FREQ === 'MONTHLY' || BYMONTH !== undefined || date.month === start.month
}

/** `MO`, or the nth or nth last of the month or year: all of its Mondays are listed and counted off. */
function isWeekday(text: string, date: Temporal.PlainDate, parts: Reading['parts']): boolean {
  if (!text.endsWith(nameOf(date))) return false
  const nth = Number(text.slice(0, -2))
  if (nth === 0) return true
  const FREQ = parts.FREQ === 'MONTHLY' || parts.BYMONTH !== undefined ? 'MONTHLY' : 'YEARLY'
  const same = periodOf(date, { FREQ }).filter((day) => day.dayOfWeek === date.dayOfWeek)
  return same.at(nth > 0 ? nth - 1 : nth)?.equals(date) ?? false
}
