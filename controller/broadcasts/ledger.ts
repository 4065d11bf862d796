import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import * as journalStore from '../clusters/journal.store.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { airtimeOf } from '../programmes/session/airing-item.ts'
import { countSession } from '../reports/count-session.ts'
import { enqueueReport } from '../sources/enqueue-report.ts'
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
  const changed = await reckon(ctx, tx, broadcast, input.clusterIds)
  if (changed.length === 0) return
  await tx.event('broadcast.changed', broadcast.id)
  if (broadcast.status === 'planned') return closeIfComplete(ctx, tx, broadcast)
  await countSession(tx.db, broadcast)
  // A report counts states: a detail that comes later is no news to the source.
  if (changed.some(({ before, after }) => before.state !== after.state)) await enqueueReport(ctx, tx, broadcast.id)
}

/**
 * Reckons anew what was heard of a session that has just been given another start or other content: a cluster that has
 * sounded it by an older plan has heard that, not what it says now.
 */
export async function reckonAnew(
  ctx: Pick<Needs, 'clock'>,
  tx: Tx,
  broadcast: broadcastStore.StoredBroadcast,
): Promise<void> {
  const heard = await deliveryStore.begunDeliveries(tx.db, broadcast.id)
  if (heard.length > 0) await reckon(ctx, tx, broadcast, heard)
}

interface Reckoned {
  readonly before: DeliveryOutcome
  readonly after: DeliveryOutcome
}

/** Brings rows of a session in line with all that their clusters have journalled of it; gives those that said otherwise. */
async function reckon(
  { clock }: Pick<Needs, 'clock'>,
  tx: Tx,
  broadcast: broadcastStore.StoredBroadcast,
  clusterIds: readonly ClusterId[],
): Promise<Reckoned[]> {
  const rows = await deliveryStore.outcomesOf(tx.db, broadcast.id, clusterIds)
  const told = await journalStore.entriesOf(tx.db, broadcast.id, [...rows.keys()])
  const reckoned = new Map<ClusterId, Reckoned>()
  for (const [clusterId, before] of rows) {
    const after = correct(before, reconcile(airtimeOf(broadcast), told.get(clusterId) ?? []))
    if (after) reckoned.set(clusterId, { before, after })
  }
  const outcomes = new Map([...reckoned].map(([clusterId, { after }]) => [clusterId, after]))
  await deliveryStore.saveOutcomes(tx.db, broadcast.id, outcomes, clock.now())
  return [...reckoned.values()]
}
