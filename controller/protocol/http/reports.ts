import { z } from 'zod'
import { CalendarDate } from '../calendar.ts'
import { AreaCode, BroadcastId } from '../ids.ts'
import { BULLETIN_CLASSES } from './bulletins.ts'
import { IsoInstant, PageQuery } from './common.ts'

/** Planned versus played. What was called off in time is not planned, and `unknown` is never heard. */
export const PlayedFigures = z.object({
  sessions: z.int(),
  /** Of all its clusters together. */
  plannedMs: z.int(),
  heardMs: z.int(),
  /** Deliveries; the others add up to it. */
  planned: z.int(),
  /** Whole, on time or late. */
  heard: z.int(),
  late: z.int(),
  partial: z.int(),
  interrupted: z.int(),
  missed: z.int(),
  refused: z.int(),
  unknown: z.int(),
  /** Still to come, or not told of yet. */
  open: z.int(),
})
export type PlayedFigures = z.infer<typeof PlayedFigures>

/** One session, one commune or one day. */
export const PlayedRow = PlayedFigures.extend({
  /** Id of the session, code of the commune, or local date. */
  key: z.string(),
  name: z.string(),
  session: z.object({ id: BroadcastId, areaCode: AreaCode, startAt: IsoInstant }).nullable(),
})
export type PlayedRow = z.infer<typeof PlayedRow>

/** Bulletins that were heard whole on at least one cluster, once for each session and language. */
export const HeardBulletins = z.object({
  airings: z.int(),
  /** Each bulletin once. */
  bulletins: z.int(),
  byClass: z.partialRecord(z.enum(BULLETIN_CLASSES), z.int()),
  /** By BCP 47 codes. */
  byLanguage: z.record(z.string(), z.int()),
})
export type HeardBulletins = z.infer<typeof HeardBulletins>

export const PlayedReport = z.object({
  total: PlayedFigures,
  bulletins: HeardBulletins,
  items: z.array(PlayedRow),
  next: z.string().nullable(),
})
export type PlayedReport = z.infer<typeof PlayedReport>

export const PlayedQuery = PageQuery.extend({
  from: CalendarDate,
  /** Included. */
  to: CalendarDate,
  /** Sessions come in pages, communes and days all at once. */
  by: z.enum(['session', 'commune', 'day']),
  /** A commune, or a province with all its communes. */
  areaCode: AreaCode.optional(),
})
export type PlayedQuery = z.infer<typeof PlayedQuery>
