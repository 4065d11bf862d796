import { expect, test } from 'vitest'
import { BroadcastId, ProgrammeId } from '#protocol/ids.ts'
import type { WhyFacts } from '../../controller/broadcasts/why/facts.ts'
import { endedAtOf } from '../../controller/broadcasts/why/sounding.ts'
import { answer, DAY, deliveryOf, factsOf, MINUTE, programmeOf, START, sessionOf } from './why-facts.ts'

const at = (minutes: number) => START + minutes * MINUTE
/** Ten minutes that began four late; its programme has no more than twelve. */
const begun = (set = {}) =>
  sessionOf({
    programme: programmeOf({ maxMinutes: 12 }),
    delivery: deliveryOf({ state: 'playing', startedAt: at(4), startErrorMs: 4 * MINUTE, ...set }),
  })
const asked = (minutes: number, now: number, session = begun()): WhyFacts =>
  factsOf({ at: at(minutes), now: at(now), sessions: [session], programmes: [session.programme] })

test('what began late is playing until it is over, though its time and its slot have run out', () => {
  expect(answer(asked(13, 13))[0]).toBe('playing')
  // Held up by a pause that has gone untold, too.
  expect(answer(asked(17, 17))[0]).toBe('playing')
  // In a minute it will not be over yet.
  expect(answer(asked(13, 12))[0]).toBe('playing')
  expect(answer(asked(3, 12))[0]).toBe('playing')
})

test('what should long be over by its own start is not said to play, and keeps nothing else waiting', () => {
  expect(answer(asked(13, 25))[0]).toBe('unreported')
  expect(answer(asked(25, 25))[0]).not.toBe('playing')
  const next = sessionOf(
    { programme: programmeOf({ id: ProgrammeId.parse('prg_b'), name: 'Trưa' }) },
    { id: BroadcastId.parse('brd_b'), startAt: at(60), endAt: at(70) },
  )
  const facts = factsOf({ at: at(61), now: at(61), sessions: [begun(), next] })
  expect(answer(facts)[0]).toBe('unreported')
})

test('what was paused has sounded until its end was journalled, and is over after it', () => {
  const ended = { state: 'late' as const, playedMs: 10 * MINUTE }
  const paused = { ...begun(ended), endedAt: at(19), programme: programmeOf() }
  expect(answer(asked(16, 60, paused))[0]).toBe('late')
  const [kind, sentence] = answer(asked(20, 60, paused))
  expect([kind, sentence]).toEqual(['over', expect.stringContaining('kết thúc lúc 05:49')])
})

test('a cluster that lost its power says so only when it is back: it sounded no longer than the session takes', () => {
  const cut = (ms?: number) =>
    [
      { seq: 1, bootId: 'a', kind: 'started' as const, at: at(0) },
      { seq: 2, bootId: 'b', kind: 'interrupted' as const, at: at(90), ...(ms === undefined ? {} : { ms }) },
    ] as const
  expect(endedAtOf(cut())).toBeNull()
  expect(endedAtOf(cut(5 * MINUTE))).toBe(at(90))
  expect(endedAtOf([...cut(0), { seq: 3, bootId: 'b', kind: 'finished', at: at(80), ms: 1 }])).toBe(at(80))
  const lost = begun({ state: 'interrupted', reason: 'power-lost' })
  expect(answer(asked(13, 100, lost))[0]).toBe('interrupted')
  expect(answer(asked(15, 100, lost))[0]).not.toBe('interrupted')
})

test.each([
  ['missed', deliveryOf({ state: 'missed', reason: 'audio-missing' })],
  ['refused', deliveryOf({ state: 'refused', reason: 'quiet-hours' })],
  ['unknown', deliveryOf({ state: 'unknown', reason: 'no-journal' })],
  ['unreported', deliveryOf()],
])('of what was not heard nobody says when it ended: %s', (kind, delivery) => {
  const session = sessionOf({ delivery })
  expect(answer(factsOf({ at: at(20), now: at(30), sessions: [session] }))[0]).toBe(kind)
})

test('a slot that its session leaves empty says that it will be over, before it has begun', () => {
  expect(answer(factsOf({ at: at(20), now: START - DAY, sessions: [sessionOf()] }))).toEqual([
    'over',
    expect.stringContaining('kết thúc lúc 05:40'),
  ])
})
