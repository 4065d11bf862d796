import fc from 'fast-check'
import { expect, test } from 'vitest'
import { interrupts, LADDER, LEVELS, LONGEST_WAIT_MS, rankOf } from '#protocol/rules/ladder.ts'
import { isQuiet, mayBreakQuiet, touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { startsIn } from '../support/plain-series.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const NOW = Date.UTC(2026, 10, 23)
const zone = fc.constantFrom('Asia/Ho_Chi_Minh', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe')
const two = (n: number): string => String(n).padStart(2, '0')
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${two(h)}:${two(m)}`)
const date = fc.integer({ min: -400, max: 400 }).map((days) => new Date(NOW + days * DAY).toISOString().slice(0, 10))
const weekdays = fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'), { minLength: 1 })
const rrule = fc.oneof(
  fc.constant(null),
  fc.constant('FREQ=DAILY'),
  fc
    .record({ days: weekdays, every: fc.integer({ min: 1, max: 4 }) })
    .map(({ days, every }) => `FREQ=WEEKLY;INTERVAL=${every};BYDAY=${days.join(',')}`),
  fc.integer({ min: 1, max: 31 }).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
)
const recurrence = fc.record({ startsOn: date, startTime: clock, rrule, skip: fc.array(date, { maxLength: 5 }) })
const span = (days: number) => fc.integer({ min: 0, max: days * DAY })

test('starts lie within the window, ascend, and windows that touch miss nothing and repeat nothing', () => {
  fc.assert(
    fc.property(recurrence, zone, span(40), span(40), (rule, timeZone, first, second) => {
      const [from, middle, until] = [NOW, NOW + first, NOW + first + second]
      const whole = startsIn(rule, { from, until }, timeZone)
      const parts = [
        ...startsIn(rule, { from, until: middle }, timeZone),
        ...startsIn(rule, { from: middle, until }, timeZone),
      ]
      expect(parts).toEqual(whole)
      expect(whole.every((at, i) => at >= from && at < until && at > (whole[i - 1] ?? 0))).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('a skipped date has no session, and skipping takes away nothing else', () => {
  fc.assert(
    fc.property(recurrence, fc.nat(20), (rule, index) => {
      const window = { from: NOW - 30 * DAY, until: NOW + 30 * DAY }
      const all = startsIn({ ...rule, skip: [] }, window, 'Asia/Ho_Chi_Minh')
      const victim = all[index % Math.max(1, all.length)]
      if (victim === undefined) return
      const day = new Date(victim + 7 * 3_600_000).toISOString().slice(0, 10)
      expect(startsIn({ ...rule, skip: [day] }, window, 'Asia/Ho_Chi_Minh')).toEqual(all.filter((at) => at !== victim))
    }),
    { numRuns: 60 },
  )
})

test('a session touches the quiet hours exactly when one of its minutes is quiet, clock changes included', () => {
  const change = fc.constantFrom(Date.UTC(2026, 9, 25), Date.UTC(2026, 2, 29), Date.UTC(2026, 10, 1), NOW)
  const session = {
    from: clock,
    to: clock,
    around: change,
    shift: span(2),
    ms: fc.integer({ min: 0, max: 180 * MINUTE }),
  }
  fc.assert(
    fc.property(fc.record(session), zone, ({ from, to, around, shift, ms }, timeZone) => {
      const quiet = { from, to }
      const startAt = around - DAY + shift
      let isTouched = isQuiet(startAt, quiet, timeZone) || isQuiet(startAt + Math.max(0, ms - 1), quiet, timeZone)
      for (let at = Math.ceil(startAt / MINUTE) * MINUTE; at < startAt + ms && !isTouched; at += MINUTE)
        isTouched = isQuiet(at, quiet, timeZone)
      expect(touchesQuiet(startAt, ms, quiet, timeZone)).toBe(isTouched)
    }),
    { numRuns: 150 },
  )
})

test('an emergency alone breaks the quiet hours', () => {
  expect(LADDER.filter(mayBreakQuiet)).toEqual(['emergency'])
})

test('of two levels at most one interrupts the other, and nothing interrupts its equal', () => {
  const level = fc.constantFrom(...LADDER)
  fc.assert(
    fc.property(level, level, (a, b) => {
      expect(interrupts(a, b)).toBe(rankOf(a) > rankOf(b))
      expect(interrupts(a, b) && interrupts(b, a)).toBe(false)
      expect(interrupts(a, b) || interrupts(b, a)).toBe(a !== b)
    }),
  )
  expect([rankOf('emergency'), rankOf('self-test')]).toEqual([9, 1])
})

test('what must be played starts at once and goes on after an interruption; programmes let others end', () => {
  expect(LADDER.map(rankOf)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1])
  const levels = (is: (level: (typeof LEVELS)[keyof typeof LEVELS]) => boolean) =>
    LADDER.filter((one) => is(LEVELS[one]))
  expect(levels(({ startPolicy }) => startPolicy.kind === 'next')).toEqual(['programme', 'fallback', 'self-test'])
  const closes = ['live-province', 'live-commune', 'fallback', 'self-test']
  expect(levels(({ onInterrupt }) => onInterrupt === 'close')).toEqual(closes)
  expect(levels(({ maxLateMs }) => maxLateMs !== LONGEST_WAIT_MS)).toEqual(['self-test'])
})
