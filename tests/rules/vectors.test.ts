import { describe, expect, test } from 'vitest'
import { lateStart } from '#protocol/rules/lateness.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { occurrencesIn } from '#protocol/rules/recurrence.ts'
import lateness from '../../controller/protocol/vectors/lateness.json' with { type: 'json' }
import quietHours from '../../controller/protocol/vectors/quiet-hours.json' with { type: 'json' }
import recurrence from '../../controller/protocol/vectors/recurrence.json' with { type: 'json' }

describe('a programme starts', () => {
  test.each(recurrence.cases)('$name', ({ recurrence: rule, from, until, timeZone, starts }) => {
    const window = { from: Date.parse(from), until: Date.parse(until) }
    const found = occurrencesIn(rule, window, timeZone).map((at) => new Date(at).toISOString().replace('.000Z', 'Z'))
    expect(found).toEqual(starts)
  })

  test.each(recurrence.refused)('a rule is refused: %j', (rrule) => {
    const rule = { startsOn: '2026-11-23', startTime: '05:30', rrule, skip: [] }
    expect(() => occurrencesIn(rule, { from: 0, until: Date.UTC(2030) }, 'Asia/Ho_Chi_Minh')).toThrow(RangeError)
  })
})

describe('quiet hours', () => {
  test.each(quietHours.cases)('$name', ({ quiet, startAt, ms, timeZone, touches }) => {
    expect(touchesQuiet(Date.parse(startAt), ms, quiet, timeZone)).toBe(touches)
  })
})

test.each(lateness.cases)('$lateMs ms after a start that may be $maxLateMs ms late: $start', (vector) => {
  expect(lateStart(1_000_000 + vector.lateMs, 1_000_000, vector.maxLateMs)).toBe(vector.start)
})
