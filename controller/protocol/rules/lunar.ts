import { dateOf, dayOf } from './civil-date.ts'

/** A date of Việt Nam's lunisolar calendar; the year is that of the Tết it began with. */
export interface LunarDate {
  /** 1 to 30. */
  readonly day: number
  /** 1 to 12; a leap month bears the number of the month before it. */
  readonly month: number
  readonly isLeap: boolean
  readonly year: number
}

export interface LunarMonth extends Omit<LunarDate, 'day'> {
  /** Its first civil day, as a number. */
  readonly first: number
  /** 29 or 30. */
  readonly length: number
}

const FIRST_YEAR = 1999
/** Tết Kỷ Mão. */
const FIRST_DAY = dayOf('1999-02-16')

/**
 * The months of 1999 to 2100. A year is its leap month (0: none) and, as 13 bits from the first month on, which months
 * have 30 days. They follow from the new moons and the sun's longitude at UTC+7; a table says the same on every
 * machine, where sines near midnight may not.
 */
const YEARS = `
0125c 0192c 41a95 01a94 01b4a 20b55 00ad4 714da 014ba 01256 5152b 0152a 01694 416aa 015aa 90ab5 00974
014b6 60a57 00a4e 00d26 40e93 00d54 015aa 209b5 0096c 614ae 0149c 01a4c 51d26 01aa4 01b54 30b6a 00ada
b095d 0093a 0149a 61a4b 0164a 016a4 51b52 016b4 00aba 2095b 00936 71497 01496 0154a 516a5 00da4 015ac
30ab6 00a6e 8092e 0192e 00c96 60d4a 01b4a 00b54 4156a 0155a 00a5c 3192e 0192a 71a95 01a94 01b2a 50b55
00ad4 014da 40a5d 00a56 8152b 01526 01692 616aa 015aa 00ab4 414ba 014ae 00a56 31517 00d26 70d53 00d54
015aa 505b5 0056c 014ae 40a2e 01a2c 81d25 01aa4 01b52 60b6a 00ada 0055c 4149d 0145a 01a2a 21a95 016a4`

const MONTHS: readonly LunarMonth[] = unfold(YEARS.trim().split(/\s+/))
const MEAN_MONTH = 29.530588

function unfold(years: readonly string[]): LunarMonth[] {
  const months: LunarMonth[] = []
  let first = FIRST_DAY
  for (const [index, code] of years.entries()) {
    const leap = Number.parseInt(code.slice(0, 1), 16)
    const long = Number.parseInt(code.slice(1), 16)
    for (let nth = 0; nth < (leap > 0 ? 13 : 12); nth++) {
      const isLeap = leap > 0 && nth === leap
      const month = leap > 0 && nth >= leap ? nth : nth + 1
      const length = (long >> (12 - nth)) & 1 ? 30 : 29
      months.push({ first, length, month, isLeap, year: FIRST_YEAR + index })
      first += length
    }
  }
  return months
}

/** The lunar month that a civil day lies in, or null beyond the table. */
export function lunarMonthOf(day: number): LunarMonth | null {
  // Months stray from their mean by less than one, so the month before the mean one is not too late.
  let index = Math.max(0, Math.floor((day - FIRST_DAY) / MEAN_MONTH) - 1)
  while ((MONTHS[index + 1]?.first ?? Number.POSITIVE_INFINITY) <= day) index++
  const month = MONTHS[index]
  return month && day >= month.first && day < month.first + month.length ? month : null
}

/** The lunar date of a civil date, or null beyond the table (16 February 1999 to 28 January 2101). */
export function lunarDateOf(date: string): LunarDate | null {
  const day = dayOf(date)
  const found = lunarMonthOf(day)
  if (!found) return null
  return { day: day - found.first + 1, month: found.month, isLeap: found.isLeap, year: found.year }
}

/** The month of that number, not its leap twin; null beyond the table. */
export function lunarMonth(year: number, month: number, isLeap = false): LunarMonth | null {
  return MONTHS.find((one) => one.year === year && one.month === month && one.isLeap === isLeap) ?? null
}

/** The civil date of a lunar date, or null when there is no such day. */
export function civilDateOf({ day, month, isLeap, year }: LunarDate): string | null {
  const found = lunarMonth(year, month, isLeap)
  return found && day >= 1 && day <= found.length ? dateOf(found.first + day - 1) : null
}

/** The month that a lunar year has twice, or null when it has twelve months. */
export function leapMonthOf(year: number): number | null {
  return MONTHS.find((one) => one.year === year && one.isLeap)?.month ?? null
}
