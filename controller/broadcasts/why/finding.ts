import type { Delivery } from '#protocol/http/broadcasts.ts'
import type { ArmedState, JournalReason } from '#protocol/messages.ts'
import type { DateExplanation } from '#protocol/rules/explain-date.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import type { StoredProgramme } from '../../programmes/programmes.store.ts'
import type { Fallen, SessionFacts, SetBy } from './facts.ts'

/** What a finding is about. */
interface About {
  readonly programme: Pick<StoredProgramme, 'id' | 'name'>
  readonly originalDate: string
  /** When it begins, or would have begun. */
  readonly startAt: number
  readonly setBy: SetBy | null
}

/** About a session that stands in the ledger of this cluster. */
type OfSession = About & { readonly session: SessionFacts } & (
    | { readonly kind: 'played' | 'late' | 'partial' | 'unknown' | 'playing' | 'unreported' }
    | {
        readonly kind: 'interrupted' | 'missed' | 'refused'
        readonly reason: Delivery['reason']
        /** The programme that was in its way. */
        readonly by: string | null
      }
    | { readonly kind: 'no-sound-yet' | 'plan-not-held' | 'plan-full' }
    /** Nothing of it is anything that the cluster can play. */
    | { readonly kind: 'cannot-play'; readonly reason: 'cannot-relay' | 'no-codec' }
    /** Each of its items is longer than its programme. */
    | { readonly kind: 'no-room'; readonly minutes: number }
    | { readonly kind: 'offline'; readonly lastSeenAt: number | null }
    | { readonly kind: 'paused' | 'waiting' | 'will-pause'; readonly by: string }
    | { readonly kind: 'will-wait'; readonly by: string; readonly ms: number }
    | { readonly kind: 'will-be-cut' | 'will-not-sound'; readonly reason: JournalReason; readonly by: string | null }
    | { readonly kind: 'will-play'; readonly armed: ArmedState | null; readonly isOffline: boolean }
  )

/** Why a session does not sound there, whether or not it was ever planned. */
type Unheard = About & { readonly session: SessionFacts | null } & (
    | { readonly kind: 'called-off' | 'replanned' | 'nothing-accepted' | 'limits' | 'programme-ended' }
    | { readonly kind: 'withdrawn' | 'expired'; readonly fallen: readonly Fallen[] }
    | { readonly kind: 'not-targeted' | 'excluded' }
    | { readonly kind: 'not-enrolled'; readonly enrolledAt: number }
    | { readonly kind: 'quiet-hours'; readonly quietHours: QuietHours }
    | { readonly kind: 'silence'; readonly reason: string | null }
    | { readonly kind: 'over'; readonly endedAt: number }
    | { readonly kind: 'beyond-plan'; readonly plannedFrom: number }
    | { readonly kind: 'within-lead'; readonly leadMs: number; readonly changedAt: number }
    /** It is in a calendar that is newer than its time, and was in no plan. */
    | { readonly kind: 'changed-since'; readonly changedAt: number }
    | { readonly kind: 'not-planned'; readonly isPast: boolean }
  )

/** Why a date of the series is without a session, as the calendar says. */
export type DateAbsence = Exclude<DateExplanation, { kind: 'plays' | 'moved-here' | 'silence' }>
type NotOnDate = About & { readonly session: null } & DateAbsence

export type Finding =
  | OfSession
  | Unheard
  | NotOnDate
  | {
      readonly kind: 'no-programme'
      readonly isQuiet: boolean
      readonly next: { readonly name: string; readonly startAt: number } | null
    }
