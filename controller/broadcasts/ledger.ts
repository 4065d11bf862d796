import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import * as journalStore from '../clusters/journal.store.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { countSession } from '../reports/count-session.ts'
import { enqueueReport } from '../sources/enqueue-report.ts'
import { airtimeOf } from './airing-item.ts'
import * as broadcastStore from './broadcasts.store.ts'
import { closeIfComplete } from './close.ts'
import * as deliveryStore from './deliveries.store.ts'
import { correct, type DeliveryOutcome, reconcile } from './reconcile.ts'

type Needs = Pick<Context, 'clock' | 'newId' | 'source'>

/**
 * Enters what clusters have just journalled of a broadcast into its ledger. A correction of a closed broadcast (a
 * cluster back after a week) sends the source the next revision of its report.
 */
export async function enterJournal(
  ctx: Needs,
  tx: Tx,
  input: { broadcastId: BroadcastId; clusterIds: readonly ClusterId[] },
): Promise<void> {
  const broadcast = await broadcastStore.lockBroadcast(tx.db, input.broadcastId)
  if (!broadcast) return
  const before = await deliveryStore.outcomesOf(tx.db, broadcast.id, input.clusterIds)
  const told = await journalStore.entriesOf(tx.db, broadcast.id, [...before.keys()])
  const changed = new Map<ClusterId, DeliveryOutcome>()
  for (const [clusterId, outcome] of before) {
    const corrected = correct(outcome, reconcile(airtimeOf(broadcast), told.get(clusterId) ?? []))
    if (corrected) changed.set(clusterId, corrected)
  }
  if (changed.size === 0) return
  await deliveryStore.saveOutcomes(tx.db, broadcast.id, changed, ctx.clock.now())
  await tx.event('broadcast.changed', broadcast.id)
  if (broadcast.status === 'planned') return closeIfComplete(ctx, tx, broadcast)
  await countSession(tx.db, broadcast)
  // A report counts states: a detail that comes later is no news to the source.
  const isNews = [...changed].some(([clusterId, { state }]) => before.get(clusterId)?.state !== state)
  if (isNews) await enqueueReport(ctx, tx, broadcast.id)
}
