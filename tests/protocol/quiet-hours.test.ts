import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isQuiet, touchesQuiet } from '#protocol/rules/quiet-hours.ts'

const clockText = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`)
const VIETNAM = 'Asia/Ho_Chi_Minh'
const NEW_YORK = 'America/New_York'
const YEAR = Date.UTC(2026, 0, 1)

test('a session touches the quiet hours exactly when one of its minutes lies in them, also when clocks change', () => {
  fc.assert(
    fc.property(
      fc.record({ from: clockText, to: clockText }),
      // Half of the sessions start around the hour at which New York changes its clocks.
      fc.oneof(
        fc.integer({ min: YEAR, max: YEAR + 365 * 86_400_000 }),
        fc.integer({ min: Date.UTC(2026, 2, 8, 4), max: Date.UTC(2026, 2, 8, 9) }),
        fc.integer({ min: Date.UTC(2026, 10, 1, 3), max: Date.UTC(2026, 10, 1, 8) }),
      ),
      fc.integer({ min: 1, max: 4 * 3_600_000 }),
      fc.constantFrom(VIETNAM, NEW_YORK),
      (quiet, startAt, ms, timeZone) => {
        let isTouched = isQuiet(startAt + ms - 1, quiet, timeZone)
        for (let at = startAt; at < startAt + ms; at += 60_000) isTouched ||= isQuiet(at, quiet, timeZone)
        expect(touchesQuiet(startAt, ms, quiet, timeZone)).toBe(isTouched)
      },
    ),
    { numRuns: 150 },
  )
})

test('a session may end on the stroke of the quiet hours, and not one millisecond later', () => {
  const night = { from: '22:00', to: '05:00' }
  const evening = Date.UTC(2026, 10, 23, 14, 30)
  expect(touchesQuiet(evening, 1_800_000, night, VIETNAM)).toBe(false)
  expect(touchesQuiet(evening, 1_800_001, night, VIETNAM)).toBe(true)
  expect(touchesQuiet(evening - 1, 1_800_000, night, VIETNAM)).toBe(false)
})
