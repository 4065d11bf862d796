import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClusterSettings } from '#protocol/messages.ts'
import { interrupts, LADDER } from '#protocol/rules/ladder.ts'
import { isQuiet } from '#protocol/rules/quiet-hours.ts'
import { dueAt } from '#protocol/rules/turn.ts'
import { judge, lengthOf, type PlayView } from '../../firmware-sim/player/judge.ts'
import { MINUTE, MORNING, occurrence, planSettings, SECOND } from './support/site.ts'

const settings: ClusterSettings = planSettings('http://media/')
const item = { sha256: 'a'.repeat(64), bytes: 1, url: 'a', ms: 30_000, codec: 'mp3' as const, gainDb: 0 }

const level = fc.constantFrom(...LADDER)
const anOccurrence = fc
  .record({
    startAt: fc.integer({ min: MORNING, max: MORNING + 24 * 60 * MINUTE }),
    level,
    maxLateMs: fc.constantFrom(0, 10 * SECOND, 10 * MINUTE),
    startPolicy: fc.oneof(
      fc.constant({ kind: 'immediate' as const }),
      fc.constant({ kind: 'next' as const }),
      fc.record({ kind: fc.constant('wait' as const), waitMs: fc.integer({ min: 0, max: 5 * MINUTE }) }),
    ),
  })
  .map(({ startAt, ...rest }) => occurrence('brd_a', startAt, [item], rest))

const aView = (startAt: number): fc.Arbitrary<PlayView> =>
  fc.record({
    now: fc.integer({ min: startAt - MINUTE, max: startAt + 12 * MINUTE }),
    validUntil: fc.constantFrom(startAt - 1, startAt + 10 * MINUTE, startAt + 60 * MINUTE),
    settings: fc.constant(settings),
    isClockGood: fc.boolean(),
    missing: fc.constantFrom(null, 'audio-missing' as const, 'wrong-hash' as const),
    preparation: fc.constantFrom('none' as const, 'opening' as const, 'ready' as const, 'failed' as const),
    isClaimed: fc.boolean(),
    occupant: fc.option(fc.record({ level, isSuspended: fc.boolean() }), { nil: null }),
    ahead: fc.option(level, { nil: null }),
    heldFor: fc.constant(null),
    prepareAheadMs: fc.constant(20_000),
    claimAheadMs: fc.constant(250),
  })

const situation = anOccurrence.chain((o) => aView(o.startAt).map((view) => ({ o, view })))

test('nothing sounds early, unclaimed, unopened, incomplete, after its plan, or under something at least as high', () => {
  fc.assert(
    fc.property(situation, ({ o, view }) => {
      if (judge(o, view).kind !== 'sound') return
      expect(view.now).toBeGreaterThanOrEqual(dueAt(o, settings))
      expect(view).toMatchObject({ isClaimed: true, preparation: 'ready', missing: null })
      expect(view.now).toBeLessThanOrEqual(view.validUntil)
      if (view.occupant) expect(interrupts(o.level, view.occupant.level)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('only an emergency sounds with a bad clock or touches the quiet hours', () => {
  fc.assert(
    fc.property(situation, ({ o, view }) => {
      if (judge(o, view).kind !== 'sound' || o.level === 'emergency') return
      expect(view.isClockGood).toBe(true)
      for (const at of [view.now, view.now + lengthOf(o, settings) - 1])
        expect(isQuiet(at, settings.quietHours, settings.timeZone)).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('only what stands first in line is opened or claimed', () => {
  fc.assert(
    fc.property(situation, ({ o, view }) => {
      if (['prepare', 'claim'].includes(judge(o, view).kind)) expect(view.ahead).toBeNull()
    }),
    { numRuns: 2_000 },
  )
})

test('whoever waits, waits until later than now, so that the player never spins', () => {
  fc.assert(
    fc.property(situation, ({ o, view }) => {
      const verdict = judge(o, view)
      if (verdict.kind === 'wait') expect(verdict.until).toBeGreaterThan(view.now)
    }),
    { numRuns: 2_000 },
  )
})

test('what hinders until it is too late becomes the reason, unless no waiting could have helped', () => {
  fc.assert(
    fc.property(situation, ({ o, view }) => {
      const verdict = judge(o, view)
      if (verdict.kind !== 'wait' || !verdict.heldFor) return
      const { heldFor } = verdict
      const after = judge(o, { ...view, now: dueAt(o, settings) + 11 * MINUTE, heldFor })
      const refused = ['quiet-hours', 'expired'].map((reason) => ({ kind: 'settle', as: 'refused', reason }))
      expect([{ kind: 'settle', ...heldFor }, ...refused]).toContainEqual(after)
      const isFree = view.validUntil > dueAt(o, settings) + 10 * MINUTE && o.level === 'emergency'
      if (isFree) expect(after).toEqual({ kind: 'settle', ...heldFor })
    }),
    { numRuns: 2_000 },
  )
})
