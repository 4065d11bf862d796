import type { HolidayDecision } from '../calendar.ts'
import { dateOf } from './civil-date.ts'
import { lunarMonth } from './lunar.ts'

/** The name of every day off of the law, as it is printed. */
const NAMES = {
  'new-year': 'Tết Dương lịch',
  tet: 'Tết Nguyên đán',
  'hung-kings': 'Giỗ Tổ Hùng Vương',
  victory: 'Ngày Chiến thắng',
  labour: 'Ngày Quốc tế Lao động',
  national: 'Quốc khánh',
  culture: 'Ngày Văn hóa Việt Nam',
} as const

export interface Holiday {
  readonly date: string
  /** `local` is a day off that a place has added. */
  readonly id: keyof typeof NAMES | 'local'
  readonly name: string
}

/** Article 112 of the Labour Code of 2019 gives Tết five days. */
const TET_DAYS = 5

/**
 * What the Prime Minister has decided (Article 112.3), by the ministry's notices: 4875/TB-LĐTBXH, 119/TB-LĐTBXH,
 * 5034/TB-LĐTBXH, 5015/TB-LĐTBXH, 6150/TB-BLĐTBXH, 9441/TB-BNV.
 */
const DECIDED: readonly Omit<HolidayDecision, 'also'>[] = [
  { year: 2021, daysBeforeTet: 2, nationalDay: 'after' },
  { year: 2022, daysBeforeTet: 1, nationalDay: 'before' },
  { year: 2023, daysBeforeTet: 2, nationalDay: 'before' },
  { year: 2024, daysBeforeTet: 2, nationalDay: 'after' },
  { year: 2025, daysBeforeTet: 2, nationalDay: 'before' },
  { year: 2026, daysBeforeTet: 1, nationalDay: 'before' },
]

/** Until a year is decided: what was decided most often, four years of six each. */
const USUAL = { daysBeforeTet: 2, nationalDay: 'before' } as const

/**
 * The public holidays of a civil year, ascending: Article 112 of the Labour Code of 2019 and, from 2026 on, Resolution
 * 28/2026/QH16. Days in lieu and swapped working days are no holidays; a place that keeps them adds them as its own.
 */
export function holidaysOf(year: number, decisions: readonly HolidayDecision[] = []): Holiday[] {
  const own = decisions.find((decision) => decision.year === year)
  const decided = DECIDED.find((decision) => decision.year === year)
  const daysBeforeTet = own?.daysBeforeTet ?? decided?.daysBeforeTet ?? USUAL.daysBeforeTet
  const nationalDay = own?.nationalDay ?? decided?.nationalDay ?? USUAL.nationalDay
  const tet = lunarMonth(year, 1)?.first
  const thirdMonth = lunarMonth(year, 3)?.first
  const days: [date: string, id: keyof typeof NAMES][] = [
    [`${year}-01-01`, 'new-year'],
    [`${year}-04-30`, 'victory'],
    [`${year}-05-01`, 'labour'],
    [`${year}-09-02`, 'national'],
    [nationalDay === 'before' ? `${year}-09-01` : `${year}-09-03`, 'national'],
  ]
  if (tet !== undefined) for (let nth = 0; nth < TET_DAYS; nth++) days.push([dateOf(tet - daysBeforeTet + nth), 'tet'])
  if (thirdMonth !== undefined) days.push([dateOf(thirdMonth + 9), 'hung-kings'])
  if (year >= 2026) days.push([`${year}-11-24`, 'culture'])
  const added = (own?.also ?? []).map(({ date, name }) => ({ date, id: 'local', name }) as const)
  return [...days.map(([date, id]) => ({ date, id, name: NAMES[id] })), ...added].sort((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
  )
}

/** Answers which holiday a date is, or null; reckons each year once. */
export function holidayLookup(decisions: readonly HolidayDecision[] = []): (date: string) => Holiday | null {
  const years = new Map<string, Map<string, Holiday>>()
  return (date) => {
    const year = date.slice(0, 4)
    const known = years.get(year)
    if (known) return known.get(date) ?? null
    const holidays = new Map<string, Holiday>()
    for (const holiday of holidaysOf(Number(year), decisions))
      if (!holidays.has(holiday.date)) holidays.set(holiday.date, holiday)
    years.set(year, holidays)
    return holidays.get(date) ?? null
  }
}
