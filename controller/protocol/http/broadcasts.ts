import { z } from 'zod'
import { AreaCode, BroadcastId, BulletinId, ClusterId, ProgrammeId } from '../ids.ts'
import { JOURNAL_REASONS } from '../messages.ts'
import { LADDER } from '../rules/ladder.ts'
import { FILLS } from '../rules/rundown.ts'
import { IsoInstant, LocalDate, PageQuery } from './common.ts'
import { CHIME_KINDS } from './programmes.ts'

/** Where one planned delivery stands; the last seven are final, and every delivery ends in exactly one of them. */
export const DELIVERY_STATES = [
  'planned',
  'armed',
  'playing',
  'played',
  'partial',
  'interrupted',
  'late',
  'missed',
  'refused',
  'unknown',
] as const
export const DeliveryState = z.enum(DELIVERY_STATES)
export type DeliveryState = z.infer<typeof DeliveryState>

/** States in which people have heard the session whole: only these count as played, in reports and on screens. */
export const HEARD: readonly DeliveryState[] = ['played', 'late']

/** How many deliveries of a tally were heard whole. */
export const heardOf = (tally: Partial<Record<DeliveryState, number>>): number =>
  HEARD.reduce((sum, state) => sum + (tally[state] ?? 0), 0)

export const DELIVERY_REASONS = [
  ...JOURNAL_REASONS,
  'no-journal',
  'inaudible',
  'cancelled-here',
  'nothing-to-play',
  // The cluster can play nothing of the session: there are only streams that it cannot relay, or only files in codecs that
  // it does not play and none that it plays can be made.
  'cannot-relay',
  'no-codec',
] as const

export const Delivery = z.object({
  clusterId: ClusterId,
  clusterName: z.string(),
  state: DeliveryState,
  reason: z.enum(DELIVERY_REASONS).nullable(),
  startedAt: IsoInstant.nullable(),
  /** Actual minus planned start. */
  startErrorMs: z.number().nullable(),
  playedMs: z.int().nullable(),
  /** Null: the cluster cannot prove sound. */
  audible: z.boolean().nullable(),
})
export type Delivery = z.infer<typeof Delivery>

export const BROADCAST_STATUSES = ['planned', 'airing', 'closed', 'cancelled'] as const

/**
 * What a session was called off by: a person; the planner, because its programme no longer has it; because all that it
 * would have said was withdrawn, had expired by that day, or was taken out of it; because it would have touched the quiet
 * hours or a silence; or because of the station's limits.
 */
export const CANCELLERS = [
  'person',
  'planner',
  'withdrawal',
  'expiry',
  'emptiness',
  'quiet-hours',
  'silence',
  'limits',
] as const
export const CancelledBy = z.enum(CANCELLERS)
export type CancelledBy = z.infer<typeof CancelledBy>

export const BroadcastSummary = z.object({
  id: BroadcastId,
  programmeId: ProgrammeId,
  programmeName: z.string(),
  /** The local date on which its series puts it; with the programme its name for ever. */
  originalDate: LocalDate,
  areaCode: AreaCode,
  level: z.enum(LADDER),
  status: z.enum(BROADCAST_STATUSES),
  cancelledBy: CancelledBy.nullable(),
  startAt: IsoInstant,
  endAt: IsoInstant,
  /** With the languages in which each is heard, as BCP 47 codes. */
  bulletins: z.array(z.object({ id: BulletinId, title: z.string(), languages: z.array(z.string()) })),
  /** How much of the session is taken: nothing, some, all of it, or more than there is. */
  fill: z.enum(FILLS),
  /** What it had no room for; a relay is no bulletin. */
  dropped: z.array(z.object({ bulletinId: BulletinId.nullable(), title: z.string(), ms: z.int() })),
  /** How many deliveries are in each state. */
  tally: z.partialRecord(DeliveryState, z.int()),
})
export type BroadcastSummary = z.infer<typeof BroadcastSummary>

export const SourceReportSummary = z.object({
  sourceName: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  revision: z.int(),
  attempts: z.int(),
  deliveredAt: IsoInstant.nullable(),
  /** A sentence for people. */
  lastError: z.string().nullable(),
})
export type SourceReportSummary = z.infer<typeof SourceReportSummary>

/** A bulletin as it sounds in a session; `ms` is that of all its languages. */
export const BulletinPart = z.object({
  kind: z.literal('bulletin'),
  id: BulletinId,
  title: z.string(),
  languages: z.array(z.string()),
  ms: z.int(),
})
/** Title: as whoever brought it calls it; null: our own. */
export const ChimePart = z.object({ kind: z.enum(CHIME_KINDS), title: z.string().nullable(), ms: z.int() })
export const RelayedPart = z.object({ kind: z.literal('relay'), title: z.string(), ms: z.int() })

/** What sounds in a session, one after the other. */
export const SessionPart = z.discriminatedUnion('kind', [BulletinPart, ChimePart, RelayedPart])
export type SessionPart = z.infer<typeof SessionPart>

export const Broadcast = BroadcastSummary.extend({
  rundown: z.array(SessionPart),
  deliveries: z.array(Delivery),
  reports: z.array(SourceReportSummary),
})
export type Broadcast = z.infer<typeof Broadcast>

export const BroadcastQuery = PageQuery.extend({
  from: IsoInstant.optional(),
  to: IsoInstant.optional(),
  areaCode: AreaCode.optional(),
  bulletinId: BulletinId.optional(),
})
