import type { ClusterSettings, JournalReason, PlanOccurrence } from '#protocol/messages.ts'
import { interrupts, type Level } from '#protocol/rules/ladder.ts'
import { lateStart, ON_TIME_MS } from '#protocol/rules/lateness.ts'
import { mayBreakQuiet, touchesQuiet } from '#protocol/rules/quiet-hours.ts'

/** How an occurrence ends without having sounded. */
export interface Settlement {
  readonly as: 'skipped' | 'refused'
  readonly reason: JournalReason
}

export type Verdict =
  | { readonly kind: 'wait'; readonly until: number; readonly heldFor?: Settlement }
  | { readonly kind: 'prepare' }
  | { readonly kind: 'claim' }
  | { readonly kind: 'sound' }
  | ({ readonly kind: 'settle' } & Settlement)

export interface PlayView {
  readonly now: number
  readonly validUntil: number
  readonly settings: ClusterSettings
  readonly isClockGood: boolean
  /** Null when every item is in the cache. */
  readonly missing: JournalReason | null
  readonly preparation: 'none' | 'opening' | 'ready' | 'failed'
  readonly isClaimed: boolean
  /** What sounds now, or waits to go on after an interruption. */
  readonly occupant: { readonly level: Level; readonly isSuspended: boolean } | null
  /** Why it was held back when last judged. */
  readonly heldFor: Settlement | null
  readonly prepareAheadMs: number
  readonly claimAheadMs: number
}

/** When the amplifier opens; the first item follows after the lead-in. */
export const dueAt = (occurrence: PlanOccurrence, settings: ClusterSettings): number =>
  occurrence.startAt + settings.delayMs

/** A few milliseconds late is on time: the lead-in makes up for them, so that the speech begins when planned. */
export const opensAt = (now: number, due: number): number => (now - due <= ON_TIME_MS ? due : now)

/** How long a session takes from its opening to its last sample. */
export const lengthOf = (occurrence: PlanOccurrence, settings: ClusterSettings): number =>
  settings.leadInMs + occurrence.items.reduce((sum, item) => sum + item.ms, 0)

/**
 * What to do now about one occurrence that has not begun. A hindrance that may pass (clock, audio, something higher)
 * holds it back until it is too late; then the hindrance is the reason that goes into the journal.
 */
export function judge(occurrence: PlanOccurrence, view: PlayView): Verdict {
  const { now, settings } = view
  const due = dueAt(occurrence, settings)
  if (now < due - view.prepareAheadMs) return { kind: 'wait', until: due - view.prepareAheadMs }
  if (now > due && lateStart(now, due, patienceMs(occurrence)) === 'skip')
    return { kind: 'settle', ...(view.heldFor ?? { as: 'skipped', reason: 'too-late' }) }

  const forbidden = forbids(occurrence, view, opensAt(now, due))
  if (forbidden) return now < due ? { kind: 'wait', until: due } : { kind: 'settle', ...forbidden }

  const hindrance = hinders(occurrence, view, due)
  if (hindrance) return { kind: 'wait', until: Math.max(hindrance.until, now + 1), heldFor: hindrance }

  if (view.preparation === 'none') return { kind: 'prepare' }
  if (view.preparation === 'opening') return { kind: 'wait', until: tooLateAt(occurrence, due) }
  if (now < due - view.claimAheadMs) return { kind: 'wait', until: due - view.claimAheadMs }
  if (view.preparation === 'failed')
    return now < due ? { kind: 'wait', until: due } : { kind: 'settle', as: 'skipped', reason: 'decode-failed' }
  if (!view.isClaimed) return { kind: 'claim' }
  return now < due ? { kind: 'wait', until: due } : { kind: 'sound' }
}

/** One millisecond after the last moment that is not too late. */
const tooLateAt = (occurrence: PlanOccurrence, due: number): number =>
  due + Math.max(ON_TIME_MS, patienceMs(occurrence)) + 1

/** A start policy that waits is not late before it has waited. */
const patienceMs = ({ maxLateMs, startPolicy }: PlanOccurrence): number =>
  startPolicy.kind === 'wait' ? Math.max(maxLateMs, startPolicy.waitMs) : maxLateMs

/** What no waiting cures. */
function forbids(occurrence: PlanOccurrence, view: PlayView, startAt: number): Settlement | null {
  const { settings } = view
  if (startAt > view.validUntil) return { as: 'refused', reason: 'expired' }
  if (mayBreakQuiet(occurrence.level)) return null
  const isQuiet = touchesQuiet(startAt, lengthOf(occurrence, settings), settings.quietHours, settings.timeZone)
  return isQuiet ? { as: 'refused', reason: 'quiet-hours' } : null
}

function hinders(occurrence: PlanOccurrence, view: PlayView, due: number): (Settlement & { until: number }) | null {
  const until = tooLateAt(occurrence, due)
  if (!view.isClockGood && occurrence.level !== 'emergency') return { as: 'refused', reason: 'clock-bad', until }
  if (view.missing) return { as: view.missing === 'wrong-hash' ? 'refused' : 'skipped', reason: view.missing, until }
  const { occupant } = view
  if (!occupant) return null
  const reason = interrupts(occupant.level, occurrence.level) ? 'higher-level' : 'too-late'
  if (!interrupts(occurrence.level, occupant.level)) return { as: 'skipped', reason, until }
  if (occupant.isSuspended) return null
  const { startPolicy } = occurrence
  if (startPolicy.kind === 'immediate') return null
  if (startPolicy.kind === 'next') return { as: 'skipped', reason, until }
  const takesOverAt = due + startPolicy.waitMs
  // Claimed and opened in time, so that it takes over on the dot.
  return view.now >= takesOverAt ? null : { as: 'skipped', reason, until: Math.min(until, takesOverAt) }
}
