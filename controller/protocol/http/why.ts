import { z } from 'zod'
import { BroadcastId, ClusterId, ProgrammeId } from '../ids.ts'
import { Delivery } from './broadcasts.ts'
import { IsoInstant, LocalDate } from './common.ts'

/** What explains a moment on a cluster; each has its own sentence. */
export const WHY_KINDS = [
  // As the ledger says of a session that has ended there.
  'played',
  'late',
  'partial',
  'interrupted',
  'missed',
  'refused',
  'unknown',
  // While its time runs.
  'playing',
  'paused',
  'waiting',
  'unreported',
  // Before it.
  'will-play',
  'will-wait',
  'will-pause',
  'will-be-cut',
  'will-not-sound',
  'no-sound-yet',
  'no-room',
  'cannot-play',
  'plan-not-held',
  'plan-full',
  'offline',
  // Not on this cluster, or not at all.
  'called-off',
  'replanned',
  'withdrawn',
  'expired',
  'nothing-accepted',
  'limits',
  'not-targeted',
  'excluded',
  'not-enrolled',
  'quiet-hours',
  'silence',
  'programme-ended',
  'over',
  'beyond-plan',
  'within-lead',
  'changed-since',
  'not-planned',
  // Not on this day.
  'skipped',
  'moved-away',
  'before-start',
  'after-end',
  'not-in-rule',
  'out-of-season',
  'holiday',
  'not-a-holiday',
  'no-such-date',
  'no-programme',
] as const

/** Why something plays, played, will not play or did not play on a cluster at a moment. */
export const Why = z.object({
  clusterId: ClusterId,
  at: IsoInstant,
  kind: z.enum(WHY_KINDS),
  /** The whole answer in Vietnamese. */
  sentence: z.string(),
  programme: z.object({ id: ProgrammeId, name: z.string() }).nullable(),
  /** Of its series, with the programme the session's name. */
  originalDate: LocalDate.nullable(),
  broadcast: z.object({ id: BroadcastId, startAt: IsoInstant, endAt: IsoInstant }).nullable(),
  delivery: Delivery.pick({
    state: true,
    reason: true,
    startedAt: true,
    startErrorMs: true,
    playedMs: true,
  }).nullable(),
  /** Who has decided what explains it, where a person has and it is known. */
  setBy: z.object({ name: z.string(), at: IsoInstant }).nullable(),
})
export type Why = z.infer<typeof Why>

export const WhyQuery = z.object({
  at: IsoInstant,
  /** Of several sessions about that time, the one that is meant. */
  broadcastId: BroadcastId.optional(),
})
