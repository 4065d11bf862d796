import { z } from 'zod'
import { AreaCode, BroadcastId, BulletinId } from '../ids.ts'
import { VIETNAMESE } from '../languages.ts'
import { DeliveryState } from './broadcasts.ts'
import { IsoInstant } from './common.ts'

/**
 * What a provincial source receives for each closed broadcast. A neutral schema: the text of the exchange standard is
 * not public, so connectors translate from this.
 */
export const SourceReport = z.object({
  schema: z.literal('loa-xa/broadcast-report/1'),
  broadcastId: BroadcastId,
  /** 1 for the first report; a late journal that corrects the ledger sends the next. */
  revision: z.int().positive(),
  areaCode: AreaCode,
  programmeName: z.string(),
  startAt: IsoInstant,
  endAt: IsoInstant,
  closedAt: IsoInstant,
  bulletins: z.array(
    z.object({
      id: BulletinId,
      title: z.string(),
      versionNumber: z.int(),
      /** In which it was aired, as BCP 47 codes: items in minority languages are counted by them. */
      languages: z.array(z.string()).default([VIETNAMESE]),
    }),
  ),
  clustersPlanned: z.int(),
  clustersPlayed: z.int(),
  tally: z.partialRecord(DeliveryState, z.int()),
})
export type SourceReport = z.infer<typeof SourceReport>
