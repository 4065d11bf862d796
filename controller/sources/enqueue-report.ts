import type { BroadcastId } from '#protocol/ids.ts'
import * as broadcastStore from '../broadcasts/broadcasts.store.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { enqueueJob } from '../jobs/enqueue.ts'

/** Has the next revision of a broadcast's report written and delivered, where the province has a source. */
export async function enqueueReport(
  ctx: Pick<Context, 'clock' | 'newId' | 'source'>,
  tx: Tx,
  broadcastId: BroadcastId,
): Promise<void> {
  if (!ctx.source) return
  const revision = await broadcastStore.nextRevision(tx.db, broadcastId)
  const payload = { broadcastId, revision }
  await enqueueJob(ctx, tx, { kind: 'report-source', key: `${broadcastId}:${revision}`, payload })
}
