import type { ClusterSettings, JournalReason, PlanOccurrence } from '#protocol/messages.ts'
import { forbiddenBy, forbiddenFrom, forbiddenOf } from '#protocol/rules/forbidden.ts'
import { interrupts, type Level } from '#protocol/rules/ladder.ts'
import { dueAt, type LastMoment, lastStart, takesOverAt } from '#protocol/rules/turn.ts'

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
  /** The highest that stands before it in line, or will when it is due. */
  readonly ahead: Level | null
  /** Why it was held back when last judged. */
  readonly heldFor: Settlement | null
  readonly prepareAheadMs: number
  readonly claimAheadMs: number
}

/** How long a session takes from its opening to its last sample. */
export const lengthOf = (occurrence: PlanOccurrence, settings: ClusterSettings): number =>
  settings.leadInMs + occurrence.items.reduce((sum, item) => sum + item.ms, 0)

/**
 * What to do now about one occurrence that has not begun. A hindrance that may pass (clock, audio, something before it)
 * holds it back until it is too late; then the hindrance is the reason that goes into the journal.
 */
export function judge(occurrence: PlanOccurrence, view: PlayView): Verdict {
  const { now, settings } = view
  const due = dueAt(occurrence, settings)
  if (now < due - view.prepareAheadMs) return { kind: 'wait', until: due - view.prepareAheadMs }
  const last = lastMomentOf(occurrence, view, due)
  if (now >= due && now > last.at) return { kind: 'settle', ...settlementAt(last, occurrence, view) }

  const until = now < due ? due : last.at + 1
  const lack = lacks(occurrence, view)
  if (lack) return { kind: 'wait', until, heldFor: lack }
  // While it waits for its turn, so that nothing comes between when that comes.
  if (view.preparation === 'none' && view.ahead === null) return { kind: 'prepare' }
  const obstacle = obstructs(occurrence, view)
  if (obstacle) return { kind: 'wait', until, heldFor: obstacle }

  const startsAt = sounds(view.occupant) ? takesOverAt(occurrence, due, last) : due
  if (now < startsAt - view.claimAheadMs)
    return { kind: 'wait', until: Math.min(until, startsAt - view.claimAheadMs), heldFor: TOO_LATE }
  if (view.preparation === 'opening') return { kind: 'wait', until }
  if (view.preparation === 'failed')
    return now < due ? { kind: 'wait', until } : { kind: 'settle', as: 'skipped', reason: 'decode-failed' }
  if (!view.isClaimed) return { kind: 'claim' }
  return now < startsAt ? { kind: 'wait', until: startsAt } : { kind: 'sound' }
}

const TOO_LATE = { as: 'skipped', reason: 'too-late' } as const

const sounds = (occupant: PlayView['occupant']): boolean => occupant !== null && !occupant.isSuspended

function lastMomentOf(occurrence: PlanOccurrence, { settings, validUntil }: PlayView, due: number): LastMoment {
  const quietFrom = forbiddenFrom(occurrence.level, forbiddenOf(settings), due)
  return lastStart(occurrence, { due, lengthMs: lengthOf(occurrence, settings), quietFrom, validUntil })
}

function settlementAt({ reason }: LastMoment, occurrence: PlanOccurrence, { settings, heldFor }: PlayView): Settlement {
  if (reason === 'too-late') return heldFor ?? TOO_LATE
  if (reason === 'expired') return { as: 'refused', reason }
  const forbidden = forbiddenOf(settings)
  const at = forbiddenFrom(occurrence.level, forbidden, dueAt(occurrence, settings))
  return { as: 'refused', reason: forbiddenBy(forbidden, at) }
}

/** What it needs for itself, whatever sounds: without it, it stands in nobody's way. */
export function lacks(
  { level }: PlanOccurrence,
  view: Pick<PlayView, 'isClockGood' | 'missing'>,
): Settlement | undefined {
  const { missing } = view
  if (!view.isClockGood && level !== 'emergency') return { as: 'refused', reason: 'clock-bad' }
  return missing ? { as: missing === 'wrong-hash' ? 'refused' : 'skipped', reason: missing } : undefined
}

/** Whether somebody comes first who does not give way to it. */
function obstructs({ level }: PlanOccurrence, { occupant, ahead }: PlayView): Settlement | undefined {
  const inItsWay = [occupant?.level, ahead].filter((other) => other != null)
  if (inItsWay.some((other) => interrupts(other, level))) return { as: 'skipped', reason: 'higher-level' }
  const givesWay = ahead === null && (!occupant || interrupts(level, occupant.level))
  return givesWay ? undefined : TOO_LATE
}
