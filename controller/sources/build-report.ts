import { heardOf } from '#protocol/http/broadcasts.ts'
import type { SourceReport } from '#protocol/http/sources.ts'
import type { BroadcastId } from '#protocol/ids.ts'
import * as broadcastStore from '../broadcasts/broadcasts.store.ts'
import * as deliveryStore from '../broadcasts/deliveries.store.ts'
import type { Db } from '../db/open.ts'
import { isoOf } from '../iso.ts'
import * as programmeStore from '../programmes/programmes.store.ts'
import { bulletinsOf } from '../programmes/session/airing-item.ts'

/** What the source is told of a closed broadcast, by the ledger as it stands. */
export async function buildReport(
  db: Db,
  { broadcastId, revision }: { broadcastId: BroadcastId; revision: number },
  now: number,
): Promise<SourceReport> {
  const broadcast = await broadcastStore.findBroadcast(db, broadcastId)
  const programme = broadcast && (await programmeStore.findProgramme(db, broadcast.programmeId))
  if (!broadcast || !programme) throw new Error(`broadcast ${broadcastId} has no programme to report on`)
  const { missed = 0, ...others } = await deliveryStore.tallyOf(db, broadcastId)
  const owed = missed - (await deliveryStore.countWithdrawn(db, broadcastId))
  // Where it was called off in time, nothing was owed.
  const tally: SourceReport['tally'] = owed > 0 ? { ...others, missed: owed } : others
  return {
    schema: 'loa-xa/broadcast-report/1',
    broadcastId,
    revision,
    areaCode: broadcast.areaCode,
    programmeName: programme.name,
    startAt: isoOf(broadcast.startAt),
    endAt: isoOf(broadcast.endAt),
    closedAt: isoOf(broadcast.closedAt ?? now),
    bulletins: bulletinsOf(broadcast.items),
    clustersPlanned: Object.values(tally).reduce((sum, n) => sum + n, 0),
    clustersPlayed: heardOf(tally),
    tally,
  }
}
