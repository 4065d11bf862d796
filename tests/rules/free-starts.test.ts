import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minutesOfClock } from '#protocol/rules/civil-time.ts'
import { freeStarts, type MinuteSpan, quietSpans } from '#protocol/rules/free-starts.ts'
import { clockOf } from '#protocol/rules/said-rules.ts'

const NIGHT = quietSpans({ from: '22:00', to: '05:00' })
const DAY = 24 * 60

test('of each gap the nearest start is offered, the nearest gap first', () => {
  const session = (from: string, minutes: number): MinuteSpan => ({
    from: minutesOfClock(from),
    until: minutesOfClock(from) + minutes,
  })
  const taken = [...NIGHT, session('05:30', 45), session('17:00', 30)]
  expect(freeStarts({ wanted: '05:45', minutes: 30 }, taken)).toEqual(['06:15', '05:00', '17:30'])
  expect(freeStarts({ wanted: '16:45', minutes: 30 }, taken)).toEqual(['16:30', '17:30', '05:00'])
  // What is too long for the gap is not squeezed into it.
  expect(freeStarts({ wanted: '05:45', minutes: 31 }, taken)).toEqual(['06:15', '17:30'])
  expect(freeStarts({ wanted: '05:45', minutes: 60 }, [{ from: 0, until: 2 * DAY }])).toEqual([])
  expect(quietSpans({ from: '00:00', to: '00:00' })).toEqual([])
})

test('every start that is offered is free, and none that is free lies nearer', () => {
  const span = fc
    .record({ from: fc.integer({ min: -DAY, max: DAY + 60 }), length: fc.integer({ min: 1, max: 300 }) })
    .map(({ from, length }) => ({ from, until: from + length }))
  const wanted = fc.integer({ min: 0, max: DAY - 1 })
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), wanted, fc.integer({ min: 1, max: 180 }), (taken, at, minutes) => {
      const isFree = (start: number) => taken.every(({ from, until }) => start + minutes <= from || start >= until)
      const free = Array.from({ length: DAY / 5 }, (_, i) => i * 5).filter(isFree)
      const offered = freeStarts({ wanted: clockOf(at), minutes }, taken).map(minutesOfClock)
      expect(offered.every((start) => free.includes(start))).toBe(true)
      const distance = (start: number | undefined) =>
        start === undefined ? Number.POSITIVE_INFINITY : Math.abs(start - at)
      expect(distance(offered[0])).toBe(Math.min(Number.POSITIVE_INFINITY, ...free.map(distance)))
    }),
  )
})
