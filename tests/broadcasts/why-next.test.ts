import { expect, test } from 'vitest'
import { BroadcastId } from '#protocol/ids.ts'
import type { SessionFacts, WhyFacts } from '../../controller/broadcasts/why/facts.ts'
import {
  answer,
  CLUSTER,
  DAY,
  deliveryOf,
  factsOf,
  item,
  MINUTE,
  programmeOf,
  SET_BY,
  START,
  sessionOf,
} from './why-facts.ts'

/** Asked three hours before the session of every morning. */
const before = (set: Partial<WhyFacts> = {}): WhyFacts => {
  const at = START - 180 * MINUTE
  return factsOf({ at, now: at, quietHours: { from: '01:00', to: '02:00' }, ...set })
}
const after = (days: number) => `kế tiếp là “Sáng” lúc 05:30 ngày ${24 + days}/11/2026`
const withSession = (set: Partial<SessionFacts>, broadcast: Partial<SessionFacts['broadcast']> = {}) =>
  before({ sessions: [sessionOf(set, broadcast)] })
const silence = (clusters: 'all' | (typeof CLUSTER)[]) => ({
  silences: [{ from: START - 30 * MINUTE, until: START + 30 * MINUTE, clusters, reason: 'Tang lễ', setBy: SET_BY }],
})

test.each<[string, WhyFacts]>([
  ['planned', withSession({})],
  [
    'called off, but heard all the same',
    withSession({ delivery: deliveryOf({ state: 'played' }) }, { status: 'cancelled' }),
  ],
  ['not planned yet', before()],
  [
    'over when its quiet hours begin',
    before({
      quietHours: { from: '05:41', to: '05:50' },
      asked: new Map([['prg_a@2026-11-24', { bar: null, endAt: START + 10 * MINUTE }]]),
    }),
  ],
])('a session that is %s comes next', (_, facts) => {
  expect(answer(facts)).toEqual(['no-programme', expect.stringContaining(after(0))])
})

test.each<[string, WhyFacts]>([
  ['called off', withSession({ delivery: null }, { status: 'cancelled', cancelledBy: 'person' })],
  ['called off here', withSession({ delivery: deliveryOf({ state: 'missed', reason: 'cancelled-here' }) })],
  ['for other clusters', withSession({ delivery: null })],
  ['refused already', withSession({ delivery: deliveryOf({ state: 'refused', reason: 'quiet-hours' }) })],
  [
    'without room for anything',
    withSession({}, { items: [], endAt: START, dropped: [{ bulletinId: null, title: 'Thời sự', ms: 3_600_000 }] }),
  ],
  ['in a silence of its own', before(silence([CLUSTER]))],
  ['in a silence of all', before(silence('all'))],
  ['in its own quiet hours', before({ quietHours: { from: '05:00', to: '05:40' } })],
  [
    'to end in its own quiet hours',
    before({
      quietHours: { from: '05:35', to: '05:50' },
      asked: new Map([['prg_a@2026-11-24', { bar: null, endAt: START + 10 * MINUTE }]]),
    }),
  ],
  ['barred', before({ asked: new Map([['prg_a@2026-11-24', { bar: 'limits', endAt: START }]]) })],
  [
    'too late to be told',
    before({ at: START - 5 * MINUTE, now: START - 5_000, programmes: [programmeOf({ updatedAt: START - 10_000 })] }),
  ],
])('a session that is %s is not the next one', (_, facts) => {
  expect(answer(facts)).toEqual(['no-programme', expect.not.stringContaining(after(0))])
})

test('what comes after it is said instead, at the time at which it is planned', () => {
  const called = sessionOf({ delivery: null }, { status: 'cancelled', cancelledBy: 'person' })
  const moved = sessionOf(
    {},
    { id: BroadcastId.parse('brd_b'), originalDate: '2026-11-25', startAt: START + DAY + 90 * MINUTE, items: [item] },
  )
  expect(answer(before({ sessions: [called, moved] }))[1]).toContain('kế tiếp là “Sáng” lúc 07:00 ngày 25/11/2026')
})

test('of the days that nobody has planned yet those that are barred by then are left out', () => {
  const now = START - 20 * DAY
  expect(answer(before({ now }))[1]).toContain(after(0))
  expect(
    answer(before({ now, asked: new Map([['prg_a@2026-11-24', { bar: 'emptiness', endAt: START }]]) }))[1],
  ).toContain(after(1))
  expect(answer(factsOf({ now, asked: new Map([['prg_a@2026-11-24', { bar: 'limits', endAt: START }]]) }))[0]).toBe(
    'limits',
  )
  expect(answer(factsOf({ now, asked: new Map([['prg_a@2026-11-24', { bar: 'emptiness', endAt: START }]]) }))[0]).toBe(
    'beyond-plan',
  )
})
