/** Civil days as numbers, so that a calendar's rules are arithmetic: day 0 is 1970-01-01, in no time zone. */
export const DAY_MS = 86_400_000

/** Bounds of what programmes can be planned for; the lunar table and the law of holidays reach as far. */
export const CALENDAR_START = '2000-01-01'
export const CALENDAR_END = '2100-12-31'

export const dayOf = (date: string): number => Date.parse(`${date}T00:00Z`) / DAY_MS
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** Whether a text is a date that exists. */
export function isDate(text: string): boolean {
  const day = dayOf(text)
  return !Number.isNaN(day) && dateOf(day) === text
}

/** As RFC 5545 writes them, in the order of their numbers. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Monday is 0, Sunday 6. */
export const weekdayNumber = (day: number): number => (((day + 3) % 7) + 7) % 7

export interface CivilDay {
  readonly day: number
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly monthDay: number
  readonly daysInMonth: number
  /** 1 on New Year's Day. */
  readonly yearDay: number
  readonly daysInYear: number
  readonly weekday: number
}

const dayOfYearStart = (year: number): number => Date.UTC(year, 0, 1) / DAY_MS

export function civilDay(day: number): CivilDay {
  const date = new Date(day * DAY_MS)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + 1
  const yearStart = dayOfYearStart(year)
  return {
    day,
    year,
    month,
    monthDay: date.getUTCDate(),
    daysInMonth: new Date(Date.UTC(year, month, 0)).getUTCDate(),
    yearDay: day - yearStart + 1,
    daysInYear: dayOfYearStart(year + 1) - yearStart,
    weekday: weekdayNumber(day),
  }
}

/** The week of a day as ISO 8601 counts, but starting on any weekday: week 1 is the first with four days in its year. */
export function weekOf({ day, year }: CivilDay, weekStart: number): { year: number; week: number; weeks: number } {
  const startOf = (weekYear: number): number => {
    const newYear = dayOfYearStart(weekYear)
    const passed = (weekdayNumber(newYear) - weekStart + 7) % 7
    return passed <= 3 ? newYear - passed : newYear - passed + 7
  }
  const weekYear = day < startOf(year) ? year - 1 : day < startOf(year + 1) ? year : year + 1
  const start = startOf(weekYear)
  return { year: weekYear, week: Math.floor((day - start) / 7) + 1, weeks: (startOf(weekYear + 1) - start) / 7 }
}
