import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JournalEntry } from '#protocol/messages.ts'
import { type AirOccurrence, type Airtime, airOf, airtime, type Fate } from '#protocol/rules/airtime.ts'
import { rankOf } from '#protocol/rules/ladder.ts'
import { ON_TIME_MS } from '#protocol/rules/lateness.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { byTurn, dueAt, pauseMs } from '#protocol/rules/turn.ts'
import { reconcile } from '../../controller/broadcasts/reconcile.ts'
import { circumstances, occurrences, settings, silences } from '../support/air-plans.ts'

const RUNS = { numRuns: 1_000 }
/** The lead-in makes up for so much. */
const JITTER_MS = 100
const sky = { occurrences, settings, silences }
const plan = fc.record(sky)
const anyPlan = fc.record({ ...sky, circumstances })
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

const airOfPlan = ({ occurrences: all, settings: under, silences: quiet }: Plan): Airtime =>
  airtime(all, airOf(under, quiet))
const byId = <T extends { readonly id: string }>(things: readonly T[]): Map<string, T> =>
  new Map(things.map((thing) => [thing.id, thing]))
const found = <T>(things: Map<string, T>, id: string): T => {
  const thing = things.get(id)
  if (thing === undefined) throw new Error(`nobody knows ${id}`)
  return thing
}
const segmentsOf = ({ segments }: Airtime, id: string) => segments.filter((segment) => segment.id === id)

/** Instants at which something may change, and the ones just before. */
function instantsOf(air: Airtime): number[] {
  const changes = [...air.segments.flatMap(({ from, until }) => [from, until]), ...air.fates.map(({ at }) => at)]
  return [...new Set(changes.flatMap((at) => [at - 1, at]))]
}

test('one thing sounds at a time, and every occurrence has exactly one end', () => {
  fc.assert(
    fc.property(anyPlan, (given) => {
      const { segments, fates } = airtime(given.occurrences, airOf(given.settings, given.silences), given.circumstances)
      for (const [i, { from, until }] of segments.entries()) {
        expect(from).toBeGreaterThanOrEqual(segments[i - 1]?.until ?? Number.NEGATIVE_INFINITY)
        expect(until).toBeGreaterThan(from)
      }
      expect(fates.map(({ id }) => id).sort()).toEqual(given.occurrences.map(({ id }) => id).sort())
    }),
    RUNS,
  )
})

test('at each instant the highest that is entitled sounds: nothing lower is audible, and nobody waits for silence', () => {
  fc.assert(
    fc.property(plan, (given) => {
      const air = airOfPlan(given)
      const fates = byId(air.fates)
      const all = byId(given.occurrences)
      for (const at of instantsOf(air)) {
        const sounding = air.segments.find(({ from, until }) => from <= at && at < until)
        const current = sounding && found(all, sounding.id)
        const pending = given.occurrences.filter(
          (one) => one !== current && dueAt(one, given.settings) <= at && found(fates, one.id).at > at,
        )
        if (!current) expect(pending).toEqual([])
        else for (const other of pending) expect(mayWait(other, current, at, given, air)).toBe(true)
      }
    }),
    RUNS,
  )
})

/** Whether one that is due and has not ended has to wait while another sounds. */
function mayWait(other: AirOccurrence, current: AirOccurrence, at: number, given: Plan, air: Airtime): boolean {
  if (rankOf(other.level) <= rankOf(current.level)) return true
  if (hasBegun(other, air, at)) return false
  const due = dueAt(other, given.settings)
  const { startPolicy } = other
  // Politeness is for what sounded first, and for no longer than was said.
  const isPolite = startPolicy.kind === 'next' || (startPolicy.kind === 'wait' && at < due + startPolicy.waitMs)
  const cameFirst = segmentsOf(air, current.id).some(({ from, until }) => from < due && until > at)
  if (isPolite && cameFirst) return true
  return given.occurrences.some((ahead) => {
    const isInLine = dueAt(ahead, given.settings) <= at && !hasBegun(ahead, air, at) && !isOver(ahead, air, at)
    return byTurn(ahead, other) < 0 && isInLine && mayWait(ahead, current, at, given, air)
  })
}

const hasBegun = ({ id }: AirOccurrence, air: Airtime, at: number): boolean =>
  segmentsOf(air, id).some(({ from }) => from <= at)
const isOver = ({ id }: AirOccurrence, air: Airtime, at: number): boolean => found(byId(air.fates), id).at <= at

test('what is interrupted goes on or closes as it was told, and pauses no longer than it may', () => {
  fc.assert(
    fc.property(plan, (given) => {
      const air = airOfPlan(given)
      const fates = byId(air.fates)
      for (const one of given.occurrences) {
        const parts = segmentsOf(air, one.id)
        const fate = found(fates, one.id)
        for (const [i, part] of parts.slice(1).entries())
          expect(part.from - (parts[i]?.until ?? 0)).toBeLessThanOrEqual(pauseMs(one))
        if (one.onInterrupt === 'close') expect(parts.length).toBeLessThanOrEqual(1)
        const lastUntil = parts.at(-1)?.until
        if (lastUntil === undefined) continue
        if (fate.state === 'played' || fate.state === 'late') expect(fate.at).toBe(lastUntil)
        else if (one.onInterrupt === 'close') expect(fate.at).toBe(lastUntil)
        else if (fate.reason === 'higher-level' && one.live?.length === 0)
          expect(fate.at).toBe(lastUntil + pauseMs(one) + 1)
      }
    }),
    RUNS,
  )
})

test('the time on air less the lead-ins is what the journal says that sounded; whole is whole', () => {
  fc.assert(
    fc.property(plan, (given) => {
      const air = airOfPlan(given)
      for (const fate of air.fates) {
        const one = found(byId(given.occurrences), fate.id)
        const sounded = segmentsOf(air, fate.id).reduce((sum, { from, until }, i) => {
          const late = from - dueAt(one, given.settings)
          const leadInMs = given.settings.leadInMs - (i === 0 && late <= JITTER_MS ? late : 0)
          return sum + Math.max(0, until - from - Math.max(0, leadInMs))
        }, 0)
        expect(fate.soundedMs).toBe(sounded)
        if (fate.state === 'played' || fate.state === 'late') expect(sounded).toBe(one.ms - unheardOf(one, air))
        else expect(sounded).toBeLessThan(one.ms)
        if (fate.state === 'skipped' || fate.state === 'refused') expect(sounded).toBe(0)
      }
    }),
    RUNS,
  )
})

/** What of its relays has run on while it did not sound. */
function unheardOf(one: AirOccurrence, air: Airtime): number {
  const [live] = one.live ?? []
  const parts = segmentsOf(air, one.id)
  if (!live || parts.length < 2) return 0
  const { soundedMs } = found(byId(air.fates), one.id)
  const missedMs = one.ms - soundedMs
  expect(missedMs).toBeGreaterThanOrEqual(0)
  expect(missedMs).toBeLessThanOrEqual(live.ms)
  return missedMs
}

test('a relay ends when it would have ended without an interruption, or not at all', () => {
  fc.assert(
    fc.property(plan, (given) => {
      const air = airOfPlan(given)
      for (const one of given.occurrences) {
        const [live] = one.live ?? []
        const [first, second] = segmentsOf(air, one.id)
        const fate = found(byId(air.fates), one.id)
        if (!live || !first || !second || (fate.state !== 'played' && fate.state !== 'late')) continue
        const late = Math.max(0, first.from - dueAt(one, given.settings))
        const leadInMs = given.settings.leadInMs - (late <= JITTER_MS ? late : 0)
        const relayFrom = first.from + leadInMs + live.fromMs
        const isWithin = first.until >= relayFrom && first.until < relayFrom + live.ms
        if (!isWithin || segmentsOf(air, one.id).length > 2) continue
        const endsAt = Math.max(relayFrom + live.ms, second.from + given.settings.leadInMs)
        expect(second.until - endsAt).toBe(one.ms - live.fromMs - live.ms)
      }
    }),
    RUNS,
  )
})

test('the ledger makes of the journal what the model says', () => {
  const inLedger = { played: 'played', late: 'late', interrupted: 'interrupted', skipped: 'missed', refused: 'refused' }
  fc.assert(
    fc.property(plan, (given) => {
      for (const fate of airOfPlan(given).fates) {
        const { ms, startAt } = found(byId(given.occurrences), fate.id)
        const outcome = reconcile({ startAt, ms }, journalOf(fate, startAt))
        // Not whole is what missed more of a relay than codecs round.
        const hasMissed = (fate.state === 'played' || fate.state === 'late') && fate.soundedMs < ms - 500
        expect(outcome.state).toBe(hasMissed ? 'partial' : inLedger[fate.state])
        expect(outcome.playedMs ?? 0).toBe(fate.soundedMs)
      }
    }),
    RUNS,
  )
})

/** What a cluster journals of it. */
function journalOf(fate: Fate, startAt: number): JournalEntry[] {
  const entry = { bootId: 'boot', at: fate.at }
  const hasEnded = fate.state === 'played' || fate.state === 'late'
  if (!hasEnded && fate.state !== 'interrupted') return [{ ...entry, seq: 1, kind: fate.state, reason: fate.reason }]
  const end = hasEnded ? { kind: 'finished' as const } : { kind: fate.state, reason: fate.reason }
  return [
    { ...entry, seq: 1, kind: 'started', at: startAt + fate.lateMs, offsetMs: fate.lateMs },
    { ...entry, seq: 2, ms: fate.soundedMs, ...end },
  ]
}

test('nothing but an emergency sounds in the quiet hours or in a silence, whatever the clock is set to', () => {
  fc.assert(
    fc.property(anyPlan, (given) => {
      const { quietHours, timeZone } = given.settings
      const states = given.circumstances.clock ?? []
      const { segments } = airtime(given.occurrences, airOf(given.settings, given.silences), given.circumstances)
      for (const { id, from, until } of segments) {
        if (found(byId(given.occurrences), id).level === 'emergency') continue
        // Where the clock is set in the middle, each part is read from the clock of its time.
        const cuts = [from, ...states.map((state) => state.from).filter((at) => from < at && at < until), until]
        for (const [i, at] of cuts.slice(0, -1).entries()) {
          const offset = states.findLast((state) => state.from <= at)?.offsetMs ?? 0
          const [own, ms] = [at + offset, (cuts[i + 1] ?? until) - at]
          expect(touchesQuiet(own, ms, quietHours, timeZone)).toBe(false)
          for (const silence of given.silences) expect(own < silence.until && own + ms > silence.from).toBe(false)
        }
      }
    }),
    RUNS,
  )
})

test('something lower never changes when a higher one sounds that waits for nobody', () => {
  fc.assert(
    fc.property(anyPlan, (given) => {
      const [lower, ...others] = given.occurrences
      if (!lower) return
      const isHigher = ({ level }: AirOccurrence): boolean => rankOf(level) > rankOf(lower.level)
      const rest = others.map((one) => (isHigher(one) ? { ...one, startPolicy: { kind: 'immediate' as const } } : one))
      const higher = new Set(rest.filter(isHigher).map(({ id }) => id))
      const under = airOf(given.settings, given.silences)
      const [without, withIt] = [rest, [lower, ...rest]].map((all) => airtime(all, under, given.circumstances).segments)
      expect(withIt?.filter(({ id }) => higher.has(id))).toEqual(without?.filter(({ id }) => higher.has(id)))
    }),
    RUNS,
  )
})

test('equals begin in the order of their starts, and the order of the list does not matter', () => {
  fc.assert(
    fc.property(plan, fc.infiniteStream(fc.nat()), (given, order) => {
      const air = airOfPlan(given)
      const begun = given.occurrences
        .flatMap((one) =>
          segmentsOf(air, one.id)
            .slice(0, 1)
            .map(({ from }) => ({ one, from })),
        )
        .sort((a, b) => a.from - b.from)
      for (const [i, { one }] of begun.entries())
        for (const { one: earlier } of begun.slice(0, i))
          if (earlier.level === one.level) expect(byTurn(earlier, one)).toBeLessThan(0)
      const shuffled = given.occurrences
        .map((one) => ({ one, key: order.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one)
      expect(airOfPlan({ ...given, occurrences: shuffled })).toEqual(air)
    }),
    RUNS,
  )
})

test('late is later than a second, and nothing begins before it is due or after its patience', () => {
  fc.assert(
    fc.property(plan, (given) => {
      const air = airOfPlan(given)
      for (const fate of air.fates) {
        const one = found(byId(given.occurrences), fate.id)
        const due = dueAt(one, given.settings)
        const first = segmentsOf(air, one.id)[0]
        if (!first) continue
        const waitMs = one.startPolicy.kind === 'wait' ? one.startPolicy.waitMs + ON_TIME_MS : 0
        expect(first.from).toBeGreaterThanOrEqual(due)
        expect(first.from - due).toBeLessThanOrEqual(Math.max(ON_TIME_MS, one.maxLateMs, waitMs))
        if (fate.state === 'late') expect(fate.lateMs).toBeGreaterThan(ON_TIME_MS)
        if (fate.state === 'played') expect(fate.lateMs).toBeLessThanOrEqual(ON_TIME_MS)
      }
    }),
    RUNS,
  )
})
