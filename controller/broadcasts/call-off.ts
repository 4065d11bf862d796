import type { BroadcastId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import { countSession } from '../reports/count-session.ts'
import * as broadcastStore from './broadcasts.store.ts'
import * as deliveryStore from './deliveries.store.ts'

/**
 * Calls a session off with every delivery of it that is still open, so that none stays open for ever; false when it is not
 * planned any more, or has begun. What a cluster had begun by an older plan is unknown until its journal tells.
 */
export async function callOff(db: Db, id: BroadcastId, cancellation: broadcastStore.Cancellation): Promise<boolean> {
  if (!(await broadcastStore.cancelPlanned(db, id, cancellation))) return false
  await deliveryStore.withdraw(db, id, cancellation.at)
  await deliveryStore.giveUpPlaying(db, id, cancellation.at)
  const broadcast = await broadcastStore.findBroadcast(db, id)
  if (broadcast) await countSession(db, broadcast)
  return true
}
