import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import * as journalStore from '../clusters/journal.store.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { countSession } from '../reports/count-session.ts'
import { enqueueReport } from '../sources/enqueue-report.ts'
import * as broadcastStore from './broadcasts.store.ts'
import { closeIfComplete } from './close.ts'
import * as deliveryStore from './deliveries.store.ts'
import { correct, reconcile } from './reconcile.ts'
import { airtimeOf } from './session.ts'

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
  const broadcast = await broadcastStore.findBroadcast(tx.db, input.broadcastId)
  if (!broadcast) return
  const changes: Change[] = []
  for (const clusterId of input.clusterIds) changes.push(await enterOne(ctx, tx, broadcast, clusterId))
  if (changes.every((change) => change === 'none')) return
  await tx.event('broadcast.changed', broadcast.id)
  if (broadcast.status === 'planned') return closeIfComplete(ctx, tx, broadcast)
  await countSession(tx.db, broadcast)
  // A report counts states: a detail that comes later is no news to the source.
  if (changes.includes('state')) await enqueueReport(ctx, tx, broadcast.id)
}

type Change = 'none' | 'detail' | 'state'

async function enterOne(
  ctx: Needs,
  tx: Tx,
  broadcast: broadcastStore.StoredBroadcast,
  clusterId: ClusterId,
): Promise<Change> {
  const before = await deliveryStore.findOutcome(tx.db, broadcast.id, clusterId)
  if (!before) return 'none'
  const entries = await journalStore.entriesOf(tx.db, broadcast.id, clusterId)
  const outcome = correct(before, reconcile(airtimeOf(broadcast), entries))
  if (!outcome) return 'none'
  await deliveryStore.saveOutcome(tx.db, broadcast.id, clusterId, outcome, ctx.clock.now())
  return before.state === outcome.state ? 'detail' : 'state'
}
