import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AirOccurrence, airOf, airtime } from '#protocol/rules/airtime.ts'
import { LEVELS, type Level } from '#protocol/rules/ladder.ts'
import { type Effect, overlapsOf } from '#protocol/rules/overlaps.ts'
import { dueAt } from '#protocol/rules/turn.ts'
import { occurrences, START, settings, silences } from '../support/air-plans.ts'

const under = { leadInMs: 1_000, delayMs: 0, quietHours: { from: '22:00', to: '05:00' }, timeZone: 'Asia/Ho_Chi_Minh' }
const NIGHT = Date.UTC(2026, 10, 23, 15)

/** Starts and lengths in seconds; otherwise as its level has it. */
function at(
  id: string,
  level: Level,
  start: number,
  seconds: number,
  change: Partial<AirOccurrence> = {},
): AirOccurrence {
  const { startPolicy, maxLateMs, onInterrupt } = LEVELS[level]
  const rest = { startPolicy, maxLateMs, onInterrupt, ...change }
  return { id, level, startAt: START + start * 1_000, ms: seconds * 1_000, ...rest }
}

test.each<[string, AirOccurrence[], { ids: string[]; effects: Effect[] }[]]>([
  ['one after another', [at('a', 'programme', 0, 9), at('b', 'programme', 10, 9)], []],
  [
    'a programme and a priority bulletin in the middle of it',
    [at('a', 'programme', 0, 20), at('b', 'priority-province', 8, 5)],
    [{ ids: ['a', 'b'], effects: [{ id: 'a', kind: 'pauses', afterMs: 7_000, ms: 6_000 }] }],
  ],
  [
    'two programmes',
    [at('b', 'programme', 5, 20), at('a', 'programme', 0, 20)],
    [{ ids: ['a', 'b'], effects: [{ id: 'b', kind: 'waits', ms: 16_000 }] }],
  ],
  [
    'one that waits and then interrupts: both have something to put up with',
    [at('a', 'programme', 0, 20), at('b', 'priority-commune', 5, 5, { startPolicy: { kind: 'wait', waitMs: 10_000 } })],
    [
      {
        ids: ['a', 'b'],
        effects: [
          { id: 'b', kind: 'waits', ms: 10_000 },
          { id: 'a', kind: 'pauses', afterMs: 14_000, ms: 6_000 },
        ],
      },
    ],
  ],
  [
    'live speech that a priority bulletin ends',
    [at('a', 'live-commune', 0, 20), at('b', 'priority-centre', 5, 5)],
    [{ ids: ['a', 'b'], effects: [{ id: 'a', kind: 'cut', afterMs: 4_000, reason: 'higher-level' }] }],
  ],
  [
    'a self-test in a programme: nothing is said of its waiting, since it is never heard',
    [at('a', 'programme', 0, 20), at('b', 'self-test', 5, 5)],
    [{ ids: ['a', 'b'], effects: [{ id: 'b', kind: 'skipped', reason: 'higher-level' }] }],
  ],
  [
    'a third that meets the second only because the first delays it',
    [at('a', 'programme', 0, 20), at('b', 'programme', 10, 20), at('c', 'programme', 35, 5)],
    [
      { ids: ['a', 'b'], effects: [{ id: 'b', kind: 'waits', ms: 11_000 }] },
      { ids: ['b', 'c'], effects: [{ id: 'c', kind: 'waits', ms: 7_000 }] },
    ],
  ],
  [
    'one that waits for two others, one after the other',
    [at('a', 'programme', 0, 20), at('b', 'programme', 5, 10), at('c', 'programme', 6, 5)],
    [
      { ids: ['a', 'b'], effects: [{ id: 'b', kind: 'waits', ms: 16_000 }] },
      { ids: ['a', 'c'], effects: [{ id: 'c', kind: 'waits', ms: 15_000 }] },
      { ids: ['b', 'c'], effects: [{ id: 'c', kind: 'waits', ms: 11_000 }] },
    ],
  ],
])('%s', (_, all, overlaps) => {
  expect(overlapsOf(all, under)).toEqual(overlaps)
})

test('one that another pushes into the quiet hours is refused because of it', () => {
  const all = [
    { ...at('a', 'priority-commune', 0, 40), startAt: NIGHT - 60_000 },
    { ...at('b', 'programme', 0, 30), startAt: NIGHT - 50_000 },
  ]
  expect(overlapsOf(all, under)).toEqual([
    { ids: ['a', 'b'], effects: [{ id: 'b', kind: 'refused', reason: 'quiet-hours' }] },
  ])
})

test('one that is refused for its own hour collides with nobody', () => {
  const all = [at('a', 'programme', 0, 30), at('b', 'programme', 10, 30)].map((one) => ({ ...one, startAt: NIGHT }))
  expect(overlapsOf(all, under)).toEqual([])
})

test('each pair is named once, in order, and every effect is of one of the two', () => {
  fc.assert(
    fc.property(occurrences, settings, silences, (all, given, quiet) => {
      const overlaps = overlapsOf(all, given, quiet)
      const startOf = new Map(all.map(({ id, startAt }) => [id, startAt]))
      expect(new Set(overlaps.map(({ ids }) => ids.join())).size).toBe(overlaps.length)
      for (const { ids, effects } of overlaps) {
        expect(startOf.get(ids[0])).toBeLessThanOrEqual(startOf.get(ids[1]) ?? 0)
        expect(effects.length).toBeGreaterThan(0)
        for (const { id } of effects) expect(ids).toContain(id)
      }
    }),
    { numRuns: 500 },
  )
})

test('whoever is not heard whole, on time and in one piece has somebody to name, or is itself to blame', () => {
  fc.assert(
    fc.property(occurrences, settings, silences, (all, given, quiet) => {
      const { segments, fates } = airtime(all, airOf(given, quiet))
      const effects = overlapsOf(all, given, quiet).flatMap((overlap) => overlap.effects)
      for (const fate of fates) {
        const [first, ...others] = segments.filter(({ id }) => id === fate.id)
        const one = all.find(({ id }) => id === fate.id)
        const isPunctual = one !== undefined && first?.from === dueAt(one, given)
        const isFine = fate.state === 'played' && isPunctual && others.length === 0
        const isRefusedAtOnce = fate.state === 'refused' && one !== undefined && fate.at === dueAt(one, given)
        expect(effects.some(({ id }) => id === fate.id)).toBe(!isFine && !isRefusedAtOnce)
      }
    }),
    { numRuns: 500 },
  )
})
