import fc from 'fast-check'
import type { AirOccurrence, Circumstances } from '#protocol/rules/airtime.ts'
import { LADDER } from '#protocol/rules/ladder.ts'
import type { LivePart } from '#protocol/rules/relay.ts'

const SECOND = 1_000
/** Monday 23 November 2026, 08:10 in Việt Nam. */
export const START = Date.UTC(2026, 10, 23, 1, 10)

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((s) => s * SECOND)

/** Each kind of change at its own fraction of a second: no two things that have no order happen at the same instant. */
const moment = (fraction: number) => seconds(-20, 90).map((ms) => START + ms + fraction)

const startPolicy = fc.oneof(
  fc.constant({ kind: 'immediate' as const }),
  fc.constant({ kind: 'next' as const }),
  fc.record({ kind: fc.constant('wait' as const), waitMs: seconds(0, 20) }),
)

/** In seconds; what of it lies within a session is a relay, but for its first second. */
const relay = fc.option(fc.record({ from: fc.integer({ min: 1, max: 20 }), for: fc.integer({ min: 1, max: 20 }) }), {
  freq: 2,
  nil: null,
})

function livePart(ms: number, part: { readonly from: number; readonly for: number } | null): LivePart[] {
  const fromMs = (part?.from ?? 0) * SECOND
  return part && fromMs < ms ? [{ fromMs, ms: Math.min(ms - fromMs, part.for * SECOND) }] : []
}

const ids = 'abcdefgh'
const occurrence = fc.record({
  startAt: seconds(0, 60).map((ms) => START + ms),
  level: fc.constantFrom(...LADDER),
  startPolicy,
  maxLateMs: fc.constantFrom(0, 5 * SECOND, 20 * SECOND, 60 * SECOND),
  onInterrupt: fc.constantFrom('resume' as const, 'close' as const),
  ms: seconds(1, 25),
  live: relay,
})

/** Sessions that fall over each other. */
export const occurrences = fc
  .array(occurrence, { minLength: 2, maxLength: ids.length })
  .map((all) => all.map((one, i): AirOccurrence => ({ ...one, live: livePart(one.ms, one.live), id: `brd_${ids[i]}` })))

export const settings = fc.record({
  timeZone: fc.constant('Asia/Ho_Chi_Minh'),
  leadInMs: fc.constantFrom(0, 1_000, 2_000),
  delayMs: fc.constantFrom(0, 3_000),
  quietHours: fc.constantFrom(
    { from: '22:00', to: '05:00' },
    { from: '08:11', to: '08:12' },
    { from: '08:10', to: '08:11' },
  ),
})

/** At most one, at whatever moment. */
export const silences = fc
  .record({ at: seconds(-20, 90), ms: seconds(1, 60) })
  .map(({ at, ms }) => [{ from: START + at, until: START + at + ms }])
  .chain((one) => fc.constantFrom([], one))

const clock = fc
  .uniqueArray(
    fc.record({ from: moment(700), offsetMs: fc.oneof(seconds(-60, 60), fc.constant(0)), isGood: fc.boolean() }),
    { maxLength: 2, selector: ({ from }) => from },
  )
  .map((states) => states.sort((a, b) => a.from - b.from))

const power = fc.record({ at: moment(500), ms: seconds(5, 60) }).map(({ at, ms }) => [
  { from: START - 60 * SECOND, until: at },
  { from: at + ms, until: Number.POSITIVE_INFINITY },
])

const audioFrom = fc
  .dictionary(fc.constantFrom('brd_a', 'brd_b', 'brd_c'), moment(300))
  .map((arrivals) => new Map(Object.entries(arrivals)))

/** Power, clock, audio and plan fail, or do not. */
export const circumstances: fc.Arbitrary<Circumstances> = fc.record(
  { clock, power, audioFrom, validUntil: moment(0) },
  { requiredKeys: [] },
)
