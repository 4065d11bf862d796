import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WEEKDAYS } from '#protocol/rules/civil-date.ts'
import { LIMIT_KINDS, type LimitKind, type Limits } from '#protocol/rules/limits.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import {
  changedLimits,
  clockOf,
  containsQuiet,
  type LevelRules,
  limitsOf,
  looserThan,
  quietHoursOf,
  quietTogether,
  valuesOf,
} from '#protocol/rules/said-rules.ts'

const quiet = (from: string, to: string): QuietHours => ({ from, to })
/** As the settings say unless they say otherwise. */
const NIGHT = quiet('23:00', '04:00')
const said = (by: LevelRules['by'], quietHours: QuietHours | null) => ({ by, quietHours })

test.each<[string, Parameters<typeof quietHoursOf>[0], ReturnType<typeof quietHoursOf>]>([
  ['nobody has said anything', [], { by: 'default', value: quiet('22:00', '05:00') }],
  [
    'the commune leaves it to its province',
    [said('province', quiet('21:00', '05:30')), said('commune', null)],
    { by: 'province', value: quiet('21:00', '05:30') },
  ],
  [
    'what an area says stands in for the default',
    [said('commune', quiet('23:00', '04:00'))],
    { by: 'commune', value: quiet('23:00', '04:00') },
  ],
  [
    'a commune lengthens what its province has said',
    [said('province', quiet('22:00', '05:00')), said('commune', quiet('21:00', '06:00'))],
    { by: 'commune', value: quiet('21:00', '06:00') },
  ],
  [
    'a commune cannot shorten it',
    [said('province', quiet('22:00', '05:00')), said('commune', quiet('23:00', '04:00'))],
    { by: 'province', value: quiet('22:00', '05:00') },
  ],
  [
    'nor do without',
    [said('province', quiet('22:00', '05:00')), said('commune', quiet('00:00', '00:00'))],
    { by: 'province', value: quiet('22:00', '05:00') },
  ],
  [
    'earlier by one, later by the other: both',
    [said('province', quiet('22:00', '05:00')), said('commune', quiet('20:00', '04:00'))],
    { by: 'commune', value: quiet('20:00', '05:00') },
  ],
  [
    'a cluster by a hospital',
    [said('province', quiet('22:00', '05:00')), said('commune', null), said('cluster', quiet('19:00', '07:00'))],
    { by: 'cluster', value: quiet('19:00', '07:00') },
  ],
  [
    'a cluster cannot shorten the default',
    [said('cluster', quiet('23:00', '04:00'))],
    { by: 'default', value: quiet('22:00', '05:00') },
  ],
  [
    'a province that once did away with them keeps the night',
    [said('province', quiet('12:00', '12:00')), said('commune', null)],
    { by: 'province', value: NIGHT },
  ],
  [
    'one that began too late begins with the night',
    [said('province', quiet('23:30', '05:00'))],
    { by: 'province', value: quiet('23:00', '05:00') },
  ],
  [
    'a siesta alone is not what keeps the night: all between is quiet too',
    [said('commune', quiet('12:00', '13:00'))],
    { by: 'commune', value: quiet('23:00', '13:00') },
  ],
])('quiet hours: %s', (_, levels, expected) => {
  expect(quietHoursOf(levels, NIGHT)).toEqual(expected)
})

const clock = fc.integer({ min: 0, max: 24 * 60 - 1 }).map(clockOf)
const hours = fc.record({ from: clock, to: clock })
/** Counted out by hand: from the first minute on until the last is reached. */
function quietMinutesOf({ from, to }: QuietHours): Set<number> {
  const [first, end] = [from, to].map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) as [
    number,
    number,
  ]
  const minutes = new Set<number>()
  for (let minute = first; minute !== end; minute = (minute + 1) % (24 * 60)) minutes.add(minute)
  return minutes
}

test('one contains another when every quiet minute of that is one of its own', () => {
  fc.assert(
    fc.property(hours, hours, (outer, inner) => {
      const minutes = quietMinutesOf(outer)
      expect(containsQuiet(outer, inner)).toBe([...quietMinutesOf(inner)].every((minute) => minutes.has(minute)))
    }),
  )
})

test('nothing that is quiet above is loud below, and a minute at most of what is quiet there', () => {
  fc.assert(
    fc.property(hours, hours, (far, near) => {
      const together = quietMinutesOf(quietTogether(far, near))
      expect([...quietMinutesOf(far)].every((minute) => together.has(minute))).toBe(true)
      const lost = [...quietMinutesOf(near)].filter((minute) => !together.has(minute))
      const both = new Set([...quietMinutesOf(far), ...quietMinutesOf(near)])
      expect(lost.length).toBeLessThanOrEqual(both.size === 24 * 60 ? 1 : 0)
    }),
  )
})

test('whatever anybody has said, the night is quiet, and what is quiet above is quiet below', () => {
  const own = fc.option(hours, { nil: null })
  const length = fc.record({ from: clock, minutes: fc.integer({ min: 1, max: 12 * 60 }) })
  fc.assert(
    fc.property(length, own, own, own, ({ from, minutes }, province, commune, cluster) => {
      const begin = Number(from.slice(0, 2)) * 60 + Number(from.slice(3))
      const night = { from, to: clockOf((begin + minutes) % (24 * 60)) }
      const levels = [said('province', province), said('commune', commune), said('cluster', cluster)]
      const held = [0, 1, 2, 3].map((n) => quietHoursOf(levels.slice(0, n), night).value)
      for (const one of held) expect(containsQuiet(one, night)).toBe(true)
      for (const [near, far] of [[held[3], held[2]] as const, ...(province ? [[held[2], held[1]] as const] : [])])
        if (near && far) expect(containsQuiet(near, far)).toBe(true)
    }),
  )
})

test('each limit is that of the tightest level, by whose word it is', () => {
  const levels = [
    {
      by: 'province',
      limits: { sessionsPerDay: 2, minutesPerSession: 45, earliest: '05:00', days: ['MO', 'TU', 'WE'] },
    },
    { by: 'commune', limits: { sessionsPerDay: 4, minutesPerSession: 15, latest: '18:00', days: ['WE', 'TU'] } },
  ] as const
  expect(limitsOf(levels)).toEqual({
    sessionsPerDay: { by: 'province', value: 2 },
    minutesPerSession: { by: 'commune', value: 15 },
    earliest: { by: 'province', value: '05:00' },
    latest: { by: 'commune', value: '18:00' },
    days: { by: 'commune', value: ['WE', 'TU'] },
  })
  const [province, commune] = levels
  expect(looserThan(valuesOf(limitsOf([province])), commune.limits)).toEqual(['sessionsPerDay'])
  expect(limitsOf([])).toEqual({})
  expect(looserThan({ latest: '00:00' }, { latest: '23:00' })).toEqual([])
  expect(looserThan({ latest: '23:00' }, { latest: '00:00' })).toEqual(['latest'])
})

const limits: fc.Arbitrary<Limits> = fc.record(
  {
    sessionsPerDay: fc.integer({ min: 0, max: 2 }),
    minutesPerDay: fc.integer({ min: 0, max: 2 }),
    earliest: fc.constantFrom('05:00', '06:00'),
    days: fc.shuffledSubarray(WEEKDAYS.slice(0, 2)),
  },
  { requiredKeys: [] },
)

test('what was said before is no change, in whatever order its days are named; all else that is said is one', () => {
  const text = (value: unknown): string => JSON.stringify([value].flat().sort())
  fc.assert(
    fc.property(limits, limits, (before, now) => {
      const isNews = (kind: LimitKind): boolean => kind in now && text(now[kind]) !== text(before[kind])
      const expected = LIMIT_KINDS.filter(isNews).map((kind) => [kind, now[kind]])
      expect(Object.entries(changedLimits(before, now))).toEqual(expected)
    }),
  )
})
