import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CANCELLERS, DELIVERY_REASONS, DELIVERY_STATES } from '#protocol/http/broadcasts.ts'
import { Why } from '#protocol/http/why.ts'
import { BroadcastId, ProgrammeId } from '#protocol/ids.ts'
import { ArmedState } from '#protocol/messages.ts'
import { isFinal } from '../../controller/broadcasts/reconcile.ts'
import { explainMoment } from '../../controller/broadcasts/why/explain-moment.ts'
import { wordsOf } from '../../controller/broadcasts/why/words.ts'
import type { StoredProgramme } from '../../controller/programmes/programmes.store.ts'
import type { AiringItem } from '../../controller/programmes/session/airing-item.ts'
import {
  AREA,
  CLUSTER,
  cluster,
  DAY,
  factsOf,
  item,
  MINUTE,
  programmeOf,
  SET_BY,
  START,
  sessionOf,
} from './why-facts.ts'

const delivery = fc.option(
  fc.record({
    state: fc.constantFrom(...DELIVERY_STATES),
    reason: fc.option(fc.constantFrom(...DELIVERY_REASONS)),
    startedAt: fc.option(fc.integer({ min: START - 60 * MINUTE, max: START + 60 * MINUTE })),
    startErrorMs: fc.option(fc.integer({ min: -7_200_000, max: 7_200_000 })),
    playedMs: fc.option(fc.integer({ min: 0, max: 900_000 })),
    audible: fc.option(fc.boolean()),
  }),
)
const dates = ['2026-11-23', '2026-11-24', '2026-11-25'] as const
const programme = fc
  .record({
    startTime: fc.constantFrom('04:30', '05:30', '05:35', '23:50'),
    maxMinutes: fc.constantFrom(1, 15, 60),
    repeat: fc.constantFrom<StoredProgramme['repeat'][]>(
      { kind: 'once' },
      { kind: 'rrule', rrule: 'FREQ=DAILY' },
      { kind: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=MO' },
      { kind: 'lunar', days: [1, 15], leapMonths: 'also' },
    ),
    startsOn: fc.constantFrom('2026-11-01', '2026-11-24', '2026-12-01'),
    holidays: fc.constantFrom('as-usual' as const, 'skip' as const, 'only' as const),
    exceptions: fc.uniqueArray(
      fc.oneof(
        fc.record({ date: fc.constantFrom(...dates), kind: fc.constant('skip' as const) }),
        fc.record({
          date: fc.constantFrom(...dates),
          kind: fc.constant('move' as const),
          to: fc.record({ date: fc.constantFrom(...dates), time: fc.constantFrom('05:30', '06:00') }),
        }),
      ),
      { selector: ({ date }) => date, maxLength: 3 },
    ),
    status: fc.constantFrom('active' as const, 'ended' as const),
    targets: fc.constantFrom<StoredProgramme['targets'][]>(
      { areas: [AREA], clusters: [], exclude: [] },
      { areas: [AREA], clusters: [], exclude: [CLUSTER] },
      { areas: [], clusters: [CLUSTER], exclude: [] },
      { areas: [], clusters: [], exclude: [] },
    ),
    updatedAt: fc.constantFrom(1, START - 30_000),
  })
  .map((set) => programmeOf(set))
const session = fc
  .tuple(
    programme,
    delivery,
    fc.record({
      originalDate: fc.constantFrom(...dates),
      startAt: fc.constantFrom(START, START + 2 * MINUTE, START - 8 * MINUTE),
      items: fc.constantFrom<AiringItem[][]>([], [item]),
      level: fc.constantFrom('programme' as const, 'priority-commune' as const),
      status: fc.constantFrom('planned' as const, 'closed' as const, 'cancelled' as const),
      cancelledBy: fc.option(fc.constantFrom(...CANCELLERS)),
    }),
  )
  .map(([programme, delivery, broadcast]) => {
    const endAt = broadcast.startAt + broadcast.items.length * 10 * MINUTE
    return sessionOf({ programme, delivery }, { ...broadcast, endAt })
  })
/** Sessions and programmes go by their places, so that ids differ. */
const facts = fc
  .record({
    at: fc.integer({ min: START - 120 * MINUTE, max: START + 120 * MINUTE }),
    now: fc.constantFrom(START - 10 * DAY, START - 60 * MINUTE, START + MINUTE, START + 12 * MINUTE, START + DAY),
    presence: fc.constantFrom('never' as const, 'online' as const, 'offline' as const),
    held: fc.constantFrom(2, 3),
    armed: fc.option(fc.constantFrom(...ArmedState.options)),
    enrolledAt: fc.constantFrom(1, START + MINUTE),
    silent: fc.option(fc.constantFrom('all' as const, [CLUSTER])),
    sessions: fc.array(session, { maxLength: 4 }),
    programmes: fc.array(programme, { maxLength: 3 }),
  })
  .map(({ at, now, presence, held, armed, enrolledAt, silent, sessions, programmes }) =>
    factsOf({
      at,
      now,
      cluster: {
        ...cluster,
        presence,
        lastSeenAt: presence === 'never' ? null : START - DAY,
        enrolledAt,
        plan: { wanted: 3, held, sessions: new Set(['brd_0', 'brd_1']) },
        armed: new Map(armed ? [['brd_0', armed]] : []),
      },
      silences: silent
        ? [{ from: START, until: START + DAY, clusters: silent, reason: 'Quốc tang', setBy: SET_BY }]
        : [],
      sessions: sessions.map((one, i) => ({
        ...one,
        broadcast: { ...one.broadcast, id: BroadcastId.parse(`brd_${i}`) },
      })),
      programmes: programmes.map((one, i) => ({ ...one, id: ProgrammeId.parse(`prg_${i}`) })),
    }),
  )

test('whatever the state, there is one finding with one whole sentence, and it agrees with the ledger', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const finding = explainMoment(given)
      expect(Why.shape.kind.safeParse(finding.kind).success).toBe(true)
      const sentence = wordsOf(finding, given)
      expect(sentence).toMatch(/^\p{Lu}[^{}]*\.$/u)
      expect(sentence).not.toMatch(/undefined|null|NaN|“”|\s\s|\.\./)
      if (!('session' in finding) || finding.session === null || finding.kind === 'over') return
      const row = finding.session.delivery
      const isOwed = row !== null && row.reason !== 'cancelled-here'
      // What has ended in the ledger is told as it stands there, and nothing else is told as if it had ended.
      const ends = DELIVERY_STATES.filter(isFinal) as string[]
      if (isOwed && isFinal(row.state)) expect(finding.kind).toBe(row.state)
      else expect(ends).not.toContain(finding.kind)
    }),
    { numRuns: 500 },
  )
})
