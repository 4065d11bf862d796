import { z } from 'zod'
import { AreaCode, BroadcastId, ProgrammeId } from '../ids.ts'
import { IsoInstant } from './common.ts'

/** Where a bulletin airs, within the areas of whoever asks. Lists are cut; numbers count everything. */
export const BulletinUses = z.object({
  /** Communes whose programmes name it. */
  communes: z.int(),
  /** Programmes that may still air, the next start first. */
  programmes: z.object({
    total: z.int(),
    items: z.array(
      z.object({
        id: ProgrammeId,
        name: z.string(),
        areaCode: AreaCode,
        areaName: z.string(),
        nextStartAt: IsoInstant.nullable(),
      }),
    ),
  }),
  /** Planned sessions that have it in them. */
  sessions: z.object({
    total: z.int(),
    /** True: there are more than were counted. */
    isMore: z.boolean(),
    /** Of these, the ones that have nothing else in them. */
    emptied: z.int(),
    next: z.array(
      z.object({
        id: BroadcastId,
        programmeName: z.string(),
        areaName: z.string(),
        startAt: IsoInstant,
        isEmptied: z.boolean(),
      }),
    ),
  }),
  /** Sessions with it that sound at this moment. */
  airing: z.int(),
  /** Sessions with it that at least one cluster has played whole. */
  aired: z.object({ total: z.int(), lastAt: IsoInstant.nullable() }),
  /** Clusters that hold it in their plans; those offline keep what they hold until they come back. */
  clusters: z.object({ total: z.int(), offline: z.int() }),
  /** Communes in whose inbox it is, by what they have made of it; some that wait are urgent, overdue, or both. */
  inbox: z.object({
    total: z.int(),
    waiting: z.int(),
    placed: z.int(),
    postponed: z.int(),
    declined: z.int(),
    aired: z.int(),
    urgent: z.int(),
    overdue: z.int(),
  }),
})
export type BulletinUses = z.infer<typeof BulletinUses>
