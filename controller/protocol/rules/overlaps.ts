import type { JournalReason } from '../messages.ts'
import { type AirOccurrence, type AirSettings, airOf, airtime, type Fate, type Hold, type Segment } from './airtime.ts'
import type { Window } from './civil-time.ts'

/** What one of two that collide has to put up with because of the other. */
export type Effect = { readonly id: string } & (
  | { readonly kind: 'waits'; readonly ms: number }
  | { readonly kind: 'pauses'; readonly afterMs: number; readonly ms: number }
  /** Broken off for good. */
  | { readonly kind: 'cut'; readonly afterMs: number; readonly reason: JournalReason }
  /** Not heard at all. */
  | { readonly kind: 'skipped' | 'refused'; readonly reason: JournalReason }
)

export interface Overlap {
  /** In order of their starts, then of their ids. */
  readonly ids: readonly [string, string]
  readonly effects: readonly Effect[]
}

/**
 * Which occurrences get in each other's way where nothing fails, and what becomes of each. Two that meet only because a
 * third delays one of them are among them; two that both give way to others are not.
 */
export function overlapsOf(
  occurrences: readonly AirOccurrence[],
  settings: AirSettings,
  silences: readonly Window[] = [],
): Overlap[] {
  const { segments, fates } = airtime(occurrences, airOf(settings, silences))
  const place = new Map([...occurrences].sort(byStart).map(({ id }, i) => [id, i]))
  const overlaps = new Map<string, { ids: [string, string]; effects: Effect[] }>()
  for (const fate of fates) {
    const own = segments.filter(({ id }) => id === fate.id)
    for (const { by, effects } of effectsOf(fate, own, settings.leadInMs)) {
      const ids: [string, string] = (place.get(by) ?? 0) < (place.get(fate.id) ?? 0) ? [by, fate.id] : [fate.id, by]
      const overlap = overlaps.get(ids.join()) ?? { ids, effects: [] }
      overlaps.set(ids.join(), overlap)
      overlap.effects.push(...effects)
    }
  }
  const placeOf = ({ ids: [first, second] }: Overlap): number =>
    (place.get(first) ?? 0) * place.size + (place.get(second) ?? 0)
  return [...overlaps.values()].sort((a, b) => placeOf(a) - placeOf(b))
}

const byStart = (a: AirOccurrence, b: AirOccurrence): number => a.startAt - b.startAt || (a.id < b.id ? -1 : 1)

/** For everybody in its way; what ends it says more than what held it up until then. */
function effectsOf(fate: Fate, segments: readonly Segment[], leadInMs: number): { by: string; effects: Effect[] }[] {
  const end = endOf(fate)
  const others = new Set([...fate.held.map(({ by }) => by), ...(end ? [end.by] : [])])
  return [...others].map((by) => {
    if (by === end?.by) return { by, effects: [end.effect] }
    const holds = fate.held.filter((hold) => hold.by === by)
    return { by, effects: [...waits(fate.id, holds), ...pauses(fate.id, holds, segments, leadInMs)] }
  })
}

function endOf(fate: Fate): { by: string; effect: Effect } | null {
  if (fate.state === 'played' || fate.state === 'late' || fate.by === null) return null
  const { id, by, reason, soundedMs } = fate
  if (fate.state === 'interrupted') return { by, effect: { id, kind: 'cut', afterMs: soundedMs, reason } }
  return { by, effect: { id, kind: fate.state, reason } }
}

function waits(id: string, holds: readonly Hold[]): Effect[] {
  const ms = holds.filter(({ kind }) => kind === 'waiting').reduce((sum, { from, until }) => sum + until - from, 0)
  return ms > 0 ? [{ id, kind: 'waits', ms }] : []
}

function pauses(id: string, holds: readonly Hold[], segments: readonly Segment[], leadInMs: number): Effect[] {
  const soundedBefore = (at: number): number =>
    segments
      .filter(({ until }) => until <= at)
      .reduce((sum, { from, until }) => sum + Math.max(0, until - from - leadInMs), 0)
  return holds
    .filter(({ kind }) => kind === 'paused')
    .map(({ from, until }) => ({ id, kind: 'pauses', afterMs: soundedBefore(from), ms: until - from }))
}
