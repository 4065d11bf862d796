import type { ClusterSettings, JournalReason, PlanOccurrence } from '../messages.ts'
import { AirRun } from './air-run.ts'
import type { Window } from './civil-time.ts'
import { type Forbidden, forbiddenOf } from './forbidden.ts'
import type { LivePart } from './relay.ts'
import type { Turn } from './turn.ts'

/** What of an occurrence decides when it sounds. */
export interface AirOccurrence extends Turn, Pick<PlanOccurrence, 'onInterrupt'> {
  /** How long it sounds, without its lead-in. */
  readonly ms: number
  /** Relays in it, in order. */
  readonly live?: readonly LivePart[]
}

/** What a cluster's settings allow; one serves all clusters that share them. */
export interface Air extends Forbidden {
  readonly leadInMs: number
  readonly delayMs: number
}

/** How a cluster fares; absent: always on, its clock right, its audio there, its plan valid. */
export interface Circumstances {
  /** When it has power, in order. */
  readonly power?: readonly Window[]
  /** How its clock stands from each instant on, in order. */
  readonly clock?: readonly ClockState[]
  /** When the last of an occurrence's audio arrives, for those that lack some. */
  readonly audioFrom?: ReadonlyMap<string, number>
  /** By the cluster's own clock. */
  readonly validUntil?: number
}

export interface ClockState {
  readonly from: number
  /** Its own time minus true time. */
  readonly offsetMs: number
  /** Whether the cluster trusts it: synchronised since boot, and not known to be wrong by more than 2 s. */
  readonly isGood: boolean
}

/** The amplifier is open for one occurrence, its lead-in included; true time. */
export interface Segment extends Window {
  readonly id: string
}

/** Somebody was in its way for a while. */
export interface Hold extends Window {
  readonly kind: 'waiting' | 'paused'
  readonly by: string
}

interface Unheard {
  readonly reason: JournalReason
  /** Who was in its way. */
  readonly by: string | null
}

export type Outcome =
  | { readonly state: 'played'; readonly lateMs: number }
  /** Whole, but begun more than a second after it was due. */
  | { readonly state: 'late'; readonly lateMs: number }
  | ({ readonly state: 'interrupted'; readonly lateMs: number } & Unheard)
  /** Not a sample of it sounded, because something was in its way … */
  | ({ readonly state: 'skipped' } & Unheard)
  /** … or because it must not sound. */
  | ({ readonly state: 'refused' } & Unheard)

export type Fate = Outcome & {
  readonly id: string
  /** When this was settled, true time. */
  readonly at: number
  /** Without lead-ins, and without what of a relay has run on unheard. */
  readonly soundedMs: number
  readonly held: readonly Hold[]
}

export interface Airtime {
  /** What sounds when, in order. */
  readonly segments: readonly Segment[]
  /** One for each occurrence, in order of their ends. */
  readonly fates: readonly Fate[]
}

/** What of a cluster's settings decides when something sounds. */
export type AirSettings = Pick<ClusterSettings, 'leadInMs' | 'delayMs' | 'quietHours' | 'timeZone' | 'silences'>

/** `silences`: more than the settings have yet. */
export const airOf = (settings: AirSettings, silences: readonly Window[] = []): Air => ({
  leadInMs: settings.leadInMs,
  delayMs: settings.delayMs,
  ...forbiddenOf(settings, silences),
})

/**
 * What a cluster sounds when, and how each occurrence ends, as its own player decides it. Ids must differ. The rules in
 * words are in the README of the protocol.
 */
export function airtime(occurrences: readonly AirOccurrence[], air: Air, circumstances: Circumstances = {}): Airtime {
  return new AirRun(occurrences, air, circumstances).toEnd()
}
