import type { ClusterSettings, PlanOccurrence } from '../messages.ts'
import { rankOf } from './ladder.ts'
import { ON_TIME_MS } from './lateness.ts'

/** What decides about an occurrence's turn; the README of the protocol has the rules in words. */
export interface Turn extends Pick<PlanOccurrence, 'startAt' | 'level' | 'startPolicy' | 'maxLateMs'> {
  readonly id: string
}

/** Until when an occurrence may begin, and what is to blame once that is over. */
export interface LastMoment {
  readonly at: number
  readonly reason: 'too-late' | 'quiet-hours' | 'expired'
}

/** When the amplifier opens; the first item follows after the lead-in. */
export const dueAt = (occurrence: Pick<Turn, 'startAt'>, settings: Pick<ClusterSettings, 'delayMs'>): number =>
  occurrence.startAt + settings.delayMs

/** Who stands before whom: the higher level, then the earlier start, then the id. */
export function byTurn(a: Turn, b: Turn): number {
  return rankOf(b.level) - rankOf(a.level) || a.startAt - b.startAt || (a.id < b.id ? -1 : Number(a.id > b.id))
}

/** How long an interruption may last; less than a second matters to nobody. */
export const pauseMs = ({ maxLateMs }: Pick<Turn, 'maxLateMs'>): number => Math.max(ON_TIME_MS, maxLateMs)

/** How late it may begin: one that was told to wait is not late before it has waited. */
const patienceMs = (occurrence: Turn): number => {
  const { startPolicy } = occurrence
  const patience = pauseMs(occurrence)
  return startPolicy.kind === 'wait' ? Math.max(patience, startPolicy.waitMs + ON_TIME_MS) : patience
}

/**
 * The end of its patience, of the last gap before `quietFrom` that holds all of it, or of its plan. Before `due`: it cannot
 * begin at all.
 */
export function lastStart(
  occurrence: Turn,
  given: { readonly due: number; readonly lengthMs: number; readonly quietFrom: number; readonly validUntil: number },
): LastMoment {
  const patient = given.due + patienceMs(occurrence)
  const beforeQuiet = given.quietFrom - given.lengthMs
  if (beforeQuiet <= Math.min(patient, given.validUntil)) return { at: beforeQuiet, reason: 'quiet-hours' }
  if (given.validUntil <= patient) return { at: given.validUntil, reason: 'expired' }
  return { at: patient, reason: 'too-late' }
}

/** From when it interrupts something lower. Its politeness does not cost it its last moment. */
export function takesOverAt({ startPolicy }: Pick<Turn, 'startPolicy'>, due: number, last: LastMoment): number {
  if (startPolicy.kind === 'immediate') return due
  if (startPolicy.kind === 'next') return Number.POSITIVE_INFINITY
  return Math.max(due, Math.min(due + startPolicy.waitMs, last.at))
}
