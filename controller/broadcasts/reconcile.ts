import { isDeepStrictEqual } from 'node:util'
import type { Delivery, DeliveryState } from '#protocol/http/broadcasts.ts'
import { type JournalEntry, reasonOf } from '#protocol/messages.ts'
import { ON_TIME_MS } from '#protocol/rules/lateness.ts'

/** What the journal proves of one delivery. */
export interface DeliveryOutcome {
  readonly state: DeliveryState
  readonly reason: Delivery['reason']
  readonly startedAt: number | null
  readonly startErrorMs: number | null
  readonly playedMs: number | null
  readonly audible: boolean | null
}

/** Played shorter than planned by more than this is partial: codecs round to frames of some 50 ms. */
const PARTIAL_TOLERANCE_MS = 500

/** Lead-ins and delays between neighbours move a start by less. */
const SAME_START_MS = 60_000

const OPEN: readonly DeliveryState[] = ['planned', 'armed', 'playing']

/** Whether a delivery has ended, in whatever way. */
export const isFinal = (state: DeliveryState): boolean => !OPEN.includes(state)

/** States in which people have heard some of it. */
const SOUNDED: readonly DeliveryState[] = ['played', 'late', 'partial', 'interrupted']

/** What was planned of a session: when it starts and how long it sounds. */
export interface PlannedAirtime {
  readonly startAt: number
  readonly ms: number
}

/**
 * Where a delivery stands by all that its cluster has journalled of it, in any order of arrival. Later
 * facts weigh more than earlier ones: what finished had been interrupted before, what was skipped never sounded.
 */
export function reconcile(planned: PlannedAirtime, journal: readonly JournalEntry[]): DeliveryOutcome {
  const entries = [...journal].sort(byHappening)
  const of = (kind: JournalEntry['kind']) => entries.findLast((entry) => entry.kind === kind)
  const started = entries.find((entry) => entry.kind === 'started')
  const end = of('finished') ?? of('interrupted')
  const start = {
    startedAt: started?.at ?? null,
    startErrorMs: started ? startError(planned.startAt, started) : null,
    playedMs: end?.ms ?? null,
    audible: end?.audible ?? null,
  }
  if (end?.kind === 'finished') return { ...finishedAs(planned.ms, end, start.startErrorMs), ...start }
  if (end) return { state: 'interrupted', reason: reasonOf(end), ...start }
  const refused = of('refused')
  if (refused) return { state: 'refused', reason: reasonOf(refused), ...start }
  const skipped = of('skipped')
  if (skipped) return { state: 'missed', reason: reasonOf(skipped), ...start }
  if (started) return { state: 'playing', reason: null, ...start }
  return { state: of('armed') ? 'armed' : 'planned', reason: null, ...start }
}

const byHappening = (a: JournalEntry, b: JournalEntry): number =>
  a.at - b.at || a.seq - b.seq || (a.bootId < b.bootId ? -1 : 1)

/**
 * How far from its time it began. A cluster measures against the plan that it holds; where that is an older one, from
 * before the session was moved, the start that people heard is compared with the start that was meant.
 */
function startError(startAt: number, started: JournalEntry): number | null {
  const heldStartAt = started.at - (started.offsetMs ?? 0)
  return Math.abs(heldStartAt - startAt) > SAME_START_MS ? started.at - startAt : (started.offsetMs ?? null)
}

function finishedAs(
  plannedMs: number,
  finished: JournalEntry,
  startErrorMs: number | null,
): Pick<DeliveryOutcome, 'state' | 'reason'> {
  // Decoding proves nothing: where the amplifier says that nothing sounded, nobody has heard it.
  if (finished.audible === false) return { state: 'missed', reason: 'inaudible' }
  // A relay whose stream never came: nobody has heard anything.
  if (finished.ms === 0 && plannedMs > 0) return { state: 'missed', reason: reasonOf(finished) }
  if ((finished.ms ?? 0) < plannedMs - PARTIAL_TOLERANCE_MS) return { state: 'partial', reason: reasonOf(finished) }
  if ((startErrorMs ?? 0) > ON_TIME_MS) return { state: 'late', reason: null }
  return { state: 'played', reason: null }
}

/**
 * What a ledger row says once more of its journal is known; null: what it says already. Half a story does not reopen a row
 * that has ended, and of what was called off on a cluster only what people have heard there all the same is news.
 */
export function correct(before: DeliveryOutcome, told: DeliveryOutcome): DeliveryOutcome | null {
  if (isFinal(before.state) && !isFinal(told.state)) return null
  if (before.reason === 'cancelled-here' && !SOUNDED.includes(told.state)) return null
  return isDeepStrictEqual(before, told) ? null : told
}

/** An open delivery whose time is over: nobody knows, and it is never counted as played. */
export const unheardOf = (outcome: DeliveryOutcome): DeliveryOutcome => ({
  ...outcome,
  state: 'unknown',
  reason: 'no-journal',
})
