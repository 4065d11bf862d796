import type { HolidayDecision } from '#protocol/calendar.ts'
import type { ClusterId } from '#protocol/ids.ts'
import type { ArmedState } from '#protocol/messages.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import type { SilentSpan } from '#protocol/rules/silences.ts'
import type { ProgrammeChange } from '../../programmes/changes.store.ts'
import type { StoredProgramme } from '../../programmes/programmes.store.ts'
import type { Bar } from '../../programmes/session/validity.ts'
import type { Abilities } from '../abilities.ts'
import type { StoredBroadcast } from '../broadcasts.store.ts'
import type { DeliveryOutcome } from '../reconcile.ts'
import type { Encodings } from '../suit-codec.ts'

/** Who has decided something, and when. */
export interface SetBy {
  readonly name: string
  readonly at: number
}

/** A silence with whoever has laid it down; it holds since then. */
export interface DeclaredSilence extends SilentSpan {
  readonly setBy: SetBy
}

/** A bulletin that nobody may hear any more. */
export interface Fallen {
  readonly title: string
  /** Null: it has expired by itself. */
  readonly withdrawnBy: SetBy | null
}

/** A session of the station as it is planned, and what this cluster has to do with it. */
export interface SessionFacts {
  readonly broadcast: StoredBroadcast
  readonly programme: StoredProgramme
  /** Null: it was never meant to sound there. */
  readonly delivery: DeliveryOutcome | null
  /** When the cluster has journalled that it fell silent; null: it has not, or found it cut off only later. */
  readonly endedAt: number | null
  /** Of its bulletins, the ones that were withdrawn or have expired. */
  readonly fallen: readonly Fallen[]
}

/** A session as its programme would have it now. */
export interface AskedSession {
  /** What keeps it from being planned. */
  readonly bar: Bar | null
  readonly endAt: number
}

export interface ClusterFacts {
  readonly id: ClusterId
  readonly name: string
  readonly abilities: Abilities
  readonly presence: 'never' | 'online' | 'offline'
  readonly lastSeenAt: number | null
  readonly enrolledAt: number
  /** Versions; `sessions` are those that the wanted one holds: the week of a station that airs much does not fit into it. */
  readonly plan: { readonly wanted: number; readonly held: number; readonly sessions: ReadonlySet<string> }
  /** How far it is with its next sessions, by their ids. */
  readonly armed: ReadonlyMap<string, ArmedState>
}

/** All that decides what is heard on one cluster about one moment. */
export interface WhyFacts {
  readonly at: number
  readonly now: number
  readonly timeZone: string
  readonly quietHours: QuietHours
  readonly holidays: readonly HolidayDecision[]
  readonly silences: readonly DeclaredSilence[]
  readonly leadMs: number
  readonly areaCode: string
  readonly cluster: ClusterFacts
  /** Stored sessions from some hours before to some days after. */
  readonly sessions: readonly SessionFacts[]
  /** Of the station, those that have ended included. */
  readonly programmes: readonly StoredProgramme[]
  /** What programmes ask for in that time, by `sessionKey`. */
  readonly asked: ReadonlyMap<string, AskedSession>
  readonly changes: readonly ProgrammeChange[]
  /** What has been made of the files of these sessions. */
  readonly encodings: Encodings
}
