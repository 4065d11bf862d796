import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countdown } from '../../dashboard/src/lib/format/countdown.ts'
import { audioLength, fileSize, percent, startError } from '../../dashboard/src/lib/format/number.ts'
import {
  addDays,
  clock,
  dateTime,
  localDate,
  longDate,
  mondayOf,
  shortDate,
  startOfDay,
} from '../../dashboard/src/lib/format/time.ts'

const EVENING = '2026-11-23T17:30:00.000Z'

describe('times are shown in Vietnamese civil time, wherever the browser is', () => {
  test('an instant late in the UTC day is already tomorrow in the commune', () => {
    expect(localDate(EVENING)).toBe('2026-11-24')
    expect(clock(EVENING)).toBe('00:30')
    expect(shortDate(EVENING)).toBe('24/11')
    expect(dateTime(EVENING)).toBe('24/11/2026 00:30')
    expect(longDate(EVENING, 'vi')).toBe('Thứ Ba, 24/11/2026')
  })

  test('seconds appear only where they say something', () => {
    expect(clock('2026-11-23T10:00:00Z')).toBe('17:00')
    expect(clock('2026-11-23T10:00:15Z')).toBe('17:00:15')
    expect(clock('2026-11-23T10:00:15Z', { seconds: false })).toBe('17:00')
  })

  test('a day begins at the instant whose local date it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => {
        const date = addDays('1990-01-01', day)
        expect(localDate(startOfDay(date))).toBe(date)
        expect(localDate(startOfDay(date) - 1)).toBe(addDays(date, -1))
      }),
    )
  })

  test('a week begins on the Monday at or before any of its days', () => {
    expect(mondayOf('2026-11-23')).toBe('2026-11-23')
    expect(mondayOf('2026-11-29')).toBe('2026-11-23')
    expect(mondayOf('2026-11-30')).toBe('2026-11-30')
  })
})

describe('figures', () => {
  test('progress never says 100 before it is done', () => {
    expect(percent(0.42)).toBe('42\u00a0%')
    expect(percent(0.999)).toBe('99\u00a0%')
    expect(percent(1)).toBe('100\u00a0%')
  })

  test('a small file has a size too, and what rounds to a megabyte is one', () => {
    expect(fileSize(0, 'vi')).toBe('0 KB')
    expect(fileSize(1, 'vi')).toBe('1 KB')
    expect(fileSize(48_200, 'vi')).toBe('49 KB')
    expect(fileSize(999_000, 'vi')).toBe('999 KB')
    expect(fileSize(999_001, 'vi')).toBe('1,0 MB')
    expect(fileSize(1_340_000, 'vi')).toBe('1,3 MB')
    expect(fileSize(1_340_000, 'en')).toBe('1.3 MB')
  })

  test('audio length grows hours only when it has them', () => {
    expect(audioLength(0)).toBe('0:00')
    expect(audioLength(230_400)).toBe('3:50')
    expect(audioLength(3_725_000)).toBe('1:02:05')
  })

  test('a start error names its direction and its unit', () => {
    expect(startError(85, 'vi')).toBe('+85 ms')
    expect(startError(-12, 'vi')).toBe('−12 ms')
    expect(startError(42_000, 'vi')).toBe('+42,0 s')
    expect(startError(999.7, 'vi')).toBe('+1,0 s')
  })

  test('a countdown is a clock in the last hour and words before it', () => {
    expect(countdown(0, 'vi')).toBe('00:00')
    expect(countdown(59_400, 'vi')).toBe('01:00')
    expect(countdown(12 * 60_000 + 5_000, 'vi')).toBe('12:05')
    expect(countdown(3 * 3_600_000 + 20 * 60_000, 'vi')).toBe('3 giờ 20 phút')
    expect(countdown(51 * 3_600_000, 'vi')).toBe('2 ngày 3 giờ')
  })
})
