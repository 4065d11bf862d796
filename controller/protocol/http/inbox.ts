import { z } from 'zod'
import { AreaCode, BulletinId, BulletinVersionId, ProgrammeId, Sha256 } from '../ids.ts'
import { FILLS } from '../rules/rundown.ts'
import { BulletinClass, ReturnBulletin } from './bulletins.ts'
import { IsoInstant, LocalDate, PageQuery } from './common.ts'

/**
 * What became of a bulletin that has come to a commune. `aired`: a session with it is over; `withdrawn` and `expired`
 * are what became of the bulletin, not what the commune has decided.
 */
export const INBOX_STATES = ['waiting', 'placed', 'postponed', 'declined', 'aired', 'withdrawn', 'expired'] as const
export const InboxState = z.enum(INBOX_STATES)
export type InboxState = z.infer<typeof InboxState>

/** By state, or by what somebody should look at: `overdue` nobody has acted in time, `urgent` no session can take it. */
export const InboxFilter = z.enum([...INBOX_STATES, 'overdue', 'urgent'])
export type InboxFilter = z.infer<typeof InboxFilter>

/** One session of a programme, by the local date on which its series puts it. */
export const SessionRef = z.object({ programmeId: ProgrammeId, originalDate: LocalDate })
export type SessionRef = z.infer<typeof SessionRef>

export const InboxSession = SessionRef.extend({
  programmeName: z.string(),
  /** Null until it is planned, a moment later. */
  startAt: IsoInstant.nullable(),
  /** Whoever put it there; null: it stands in the programme's own rundown. */
  placedByName: z.string().nullable(),
  /** `dropped`: the session has no room for it. */
  fate: z.enum(['planned', 'dropped', 'begun', 'over']),
})
export type InboxSession = z.infer<typeof InboxSession>

export const InboxItem = z.object({
  areaCode: AreaCode,
  areaName: z.string(),
  bulletinId: BulletinId,
  title: z.string(),
  class: BulletinClass,
  /** Who wrote it, and who let it on air. */
  fromName: z.string(),
  approvedByName: z.string().nullable(),
  /** The commune's own, which its officer has put into a session. */
  isOwn: z.boolean(),
  expiresOn: LocalDate.nullable(),
  /** The approved version; null once withdrawn. */
  versionId: BulletinVersionId.nullable(),
  /** What is heard first, and how long it takes in all its languages; null until its sound is ready. */
  sound: z.object({ sha256: Sha256, url: z.string(), ms: z.int() }).nullable(),
  ms: z.int().nullable(),
  state: InboxState,
  isUrgent: z.boolean(),
  isOverdue: z.boolean(),
  arrivedAt: IsoInstant,
  deadlineAt: IsoInstant,
  /** Postponed: the day on which it comes back. */
  returnsOn: LocalDate.nullable(),
  /** Null: nobody has decided, or the system has. */
  decidedByName: z.string().nullable(),
  decidedAt: IsoInstant.nullable(),
  reason: z.string().nullable(),
  /** Where it stands, nearest first. */
  sessions: z.array(InboxSession),
})
export type InboxItem = z.infer<typeof InboxItem>

export const InboxQuery = PageQuery.extend({
  areaCode: AreaCode.optional(),
  bulletinId: BulletinId.optional(),
  state: InboxFilter.optional(),
})

/** How many there are of each, within the areas of whoever asks. */
export const InboxCounts = z.object({
  waiting: z.int(),
  urgent: z.int(),
  overdue: z.int(),
  postponed: z.int(),
})
export type InboxCounts = z.infer<typeof InboxCounts>

export const InboxParams = z.object({ areaCode: AreaCode, bulletinId: BulletinId })

const MAX_SESSIONS = 20
/** Counted among those of its class in the session, 0 is the first; at the end when left out. */
const Position = z.int().min(0).max(100)

export const PlaceBulletin = z.object({
  sessions: z
    .array(SessionRef.extend({ position: Position.optional() }))
    .min(1)
    .max(MAX_SESSIONS),
  /** The officer has seen what a full session gives up for it. */
  insist: z.boolean().default(false),
})
export type PlaceBulletin = z.infer<typeof PlaceBulletin>

export const PostponeBulletin = ReturnBulletin.extend({ until: LocalDate })
export const DeclineBulletin = ReturnBulletin
export const MoveBulletin = SessionRef.extend({ position: Position })

/** The bulletins of one class in a session, first to last. */
export const SessionOrder = z.object({ bulletinIds: z.array(BulletinId) })
export type SessionOrder = z.infer<typeof SessionOrder>

const SessionBulletin = z.object({
  bulletinId: BulletinId,
  title: z.string(),
  class: BulletinClass,
  ms: z.int(),
})

const SessionFill = z.object({ usedMs: z.int(), fill: z.enum(FILLS) })

/** A session of the coming days, without the bulletin and with it. */
export const SessionChoice = SessionRef.extend({
  programmeName: z.string(),
  startAt: IsoInstant,
  maxMs: z.int(),
  /** What airs in it as it is planned now, in order. */
  items: z.array(SessionBulletin),
  /** Whether the bulletin is among them already. */
  has: z.boolean(),
  before: SessionFill,
  after: SessionFill,
  /** What gives way to the bulletin if the officer insists; a relay is no bulletin. */
  drops: z.array(SessionBulletin.omit({ class: true }).extend({ bulletinId: BulletinId.nullable() })),
  /** Why it cannot go there, in a sentence; null: it can. */
  obstacle: z.string().nullable(),
  isSuggested: z.boolean(),
})
export type SessionChoice = z.infer<typeof SessionChoice>
