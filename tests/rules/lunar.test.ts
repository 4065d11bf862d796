import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilDateOf, leapMonthOf, lunarDateOf, lunarMonth, lunarMonthOf } from '#protocol/rules/lunar.ts'
import { SKY } from './reference/sky.ts'

const FIRST = '1999-02-16'
const LAST = '2101-01-28'

test('every day from 1999 to 2101 has the lunar date that the moon and the sun give it', () => {
  const wrong: unknown[] = []
  for (let day = dayOf(FIRST); day <= dayOf(LAST); day++) {
    const date = dateOf(day)
    const [found, seen] = [lunarDateOf(date), SKY.get(date)]
    if (JSON.stringify(found) !== JSON.stringify({ ...found, ...seen })) wrong.push({ date, found, seen })
  }
  expect(wrong).toEqual([])
})

test('the sky itself agrees with what the State has announced', () => {
  // Notices 6150/TB-BLĐTBXH and 9441/TB-BNV give both dates of the first and the last day off.
  const announced = ['2025-01-25', '2025-01-29', '2025-02-02', '2026-02-14', '2026-02-17', '2026-02-22']
  const dates = announced.map((date) => {
    const { day, month, year } = SKY.get(date) ?? { day: 0, month: 0, year: 0 }
    return `${day}/${month}/${year}`
  })
  expect(dates).toEqual(['26/12/2024', '1/1/2025', '5/1/2025', '27/12/2025', '1/1/2026', '6/1/2026'])
})

test('a civil date comes back from its lunar date', () => {
  fc.assert(
    fc.property(fc.integer({ min: dayOf(FIRST), max: dayOf(LAST) }).map(dateOf), (date) => {
      const lunar = lunarDateOf(date)
      expect(lunar && civilDateOf(lunar)).toBe(date)
    }),
  )
})

test('a lunar year has twelve months of 29 or 30 days, or thirteen, and begins at the end of January or in February', () => {
  for (let year = 1999; year <= 2100; year++) {
    const numbers = Array.from({ length: 12 }, (_, i) => lunarMonth(year, i + 1))
    const months = [...numbers, ...[leapMonthOf(year)].map((leap) => leap && lunarMonth(year, leap, true))]
    const lengths = months.flatMap((month) => (month ? [month.length] : []))
    expect(lengths).toHaveLength(leapMonthOf(year) === null ? 12 : 13)
    expect(lengths.every((length) => length === 29 || length === 30)).toBe(true)
    const tet = dateOf(numbers[0]?.first ?? 0)
    expect(tet > `${year}-01-20` && tet < `${year}-02-22`).toBe(true)
  }
})

test('beyond its bounds the table says nothing', () => {
  for (const date of ['1999-02-15', '2101-01-29', '1970-01-01', '2500-01-01']) {
    expect(lunarDateOf(date)).toBeNull()
    expect(lunarMonthOf(dayOf(date))).toBeNull()
  }
  expect([lunarMonth(1998, 12), lunarMonth(2101, 1), leapMonthOf(2101)]).toEqual([null, null, null])
})
