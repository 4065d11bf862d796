import type { ProgrammeCalendar, Season } from '../calendar.ts'
import { dateOf, dayOf } from './civil-date.ts'
import { civilTime, instantOf } from './civil-time.ts'
import type { Holiday } from './holidays.ts'
import { lunarMonthOf } from './lunar.ts'
import { parseRule, type Rule } from './rrule.ts'
import { daysOfRule, lastCountedDay } from './rule-days.ts'

/** Why a series does not fall on a day, exceptions aside: the first reason that holds. */
export type Absence =
  | { readonly kind: 'before-start'; readonly startsOn: string }
  | { readonly kind: 'after-end'; readonly endsOn: string }
  | { readonly kind: 'not-in-rule' }
  | { readonly kind: 'out-of-season'; readonly season: Season }
  | { readonly kind: 'holiday'; readonly holiday: Holiday }
  | { readonly kind: 'not-a-holiday' }

/** A calendar without its exceptions, made ready to be asked about many days. */
export interface Series {
  readonly first: number
  /** Last day on which it can take place; infinity when it has no end. */
  readonly last: number
  /** Null: it falls on that day. */
  absence(day: number): Absence | null
}

/** Throws RangeError on a rule that a programme cannot have. */
export function seriesOf(
  calendar: Omit<ProgrammeCalendar, 'exceptions'>,
  timeZone: string,
  holidayOn: (date: string) => Holiday | null,
): Series {
  const { startsOn, season, holidays } = calendar
  const first = dayOf(startsOn)
  const rule = daysOf(calendar, timeZone)
  const last = Math.min(rule.last, calendar.until === undefined ? Number.POSITIVE_INFINITY : dayOf(calendar.until))
  return {
    first,
    last,
    absence: (day) => {
      if (day < first) return { kind: 'before-start', startsOn }
      if (day > last) return { kind: 'after-end', endsOn: dateOf(last) }
      if (!rule.isOn(day)) return { kind: 'not-in-rule' }
      if (season === undefined && holidays === 'as-usual') return null
      const date = dateOf(day)
      if (season !== undefined && !isInSeason(date, season)) return { kind: 'out-of-season', season }
      if (holidays === 'as-usual') return null
      const holiday = holidayOn(date)
      if (holidays === 'only') return holiday ? null : { kind: 'not-a-holiday' }
      return holiday && { kind: 'holiday', holiday }
    },
  }
}

/** Both days included; a season whose first day comes after its last spans the New Year. */
export function isInSeason(date: string, { from, to }: Season): boolean {
  const yearly = date.slice(5)
  return from <= to ? from <= yearly && yearly <= to : from <= yearly || yearly <= to
}

interface RuleDays {
  readonly last: number
  isOn(day: number): boolean
}

function daysOf({ startsOn, startTime, repeat }: Omit<ProgrammeCalendar, 'exceptions'>, timeZone: string): RuleDays {
  const first = dayOf(startsOn)
  switch (repeat.kind) {
    case 'once':
      return { last: first, isOn: () => true }
    case 'lunar':
      return { last: Number.POSITIVE_INFINITY, isOn: (day) => isLunarDay(day, repeat) }
    case 'rrule': {
      const rule = parseRule(repeat.rrule)
      if (!rule) throw new RangeError('not a rule that a programme can have')
      const isOn = daysOfRule(rule, first)
      return { last: lastDayOf(rule, first, isOn, startTime, timeZone), isOn }
    }
  }
}

type LunarRepeat = Extract<ProgrammeCalendar['repeat'], { kind: 'lunar' }>

function isLunarDay(day: number, { days, months, leapMonths }: LunarRepeat): boolean {
  const found = lunarMonthOf(day)
  if (!found || (leapMonths !== 'also' && found.isLeap !== (leapMonths === 'only'))) return false
  if (months && !months.includes(found.month)) return false
  const monthDay = day - found.first + 1
  return days.includes(monthDay) || (monthDay === found.length && days.includes(-1))
}

/** UNTIL is a local date, or an instant that the last start may not pass; COUNT counts the days of the rule alone. */
function lastDayOf(
  { until, count }: Rule,
  first: number,
  isOn: (day: number) => boolean,
  startTime: string,
  timeZone: string,
): number {
  if (count !== null) return lastCountedDay(count, first, isOn) ?? Number.POSITIVE_INFINITY
  if (until === null) return Number.POSITIVE_INFINITY
  if (!until.includes('T')) return dayOf(until)
  const last = Date.parse(until)
  const { date } = civilTime(last, timeZone)
  return instantOf(date, startTime, timeZone) <= last ? dayOf(date) : dayOf(date) - 1
}
