import * as journalStore from '../clusters/journal.store.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import { enqueueReport } from '../sources/enqueue-report.ts'
import * as broadcastStore from './broadcasts.store.ts'
import { MAX_LATE_MS } from './compile-plan.ts'
import * as deliveryStore from './deliveries.store.ts'
import { reconcile, unheardOf } from './reconcile.ts'
import { lengthOf } from './session.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config' | 'source'>

/**
 * Closes a session that has begun once every delivery has ended; its report goes to the source in the same transaction.
 * One that is still to come stays open: a cluster that has refused it may yet be let off, or another be added.
 */
export async function closeIfComplete(
  ctx: Pick<Needs, 'clock' | 'newId' | 'source'>,
  tx: Tx,
  broadcast: broadcastStore.StoredBroadcast,
): Promise<void> {
  if (ctx.clock.now() < broadcast.startAt) return
  if ((await deliveryStore.openDeliveries(tx.db, broadcast.id)).length > 0) return
  if (!(await broadcastStore.closePlanned(tx.db, broadcast.id, ctx.clock.now()))) return
  await enqueueReport(ctx, tx, broadcast.id)
}

/**
 * Closes sessions whose last cluster should long have answered. What no journal tells of is `unknown`; a journal that
 * arrives later still corrects it.
 */
export async function closeOverdue(ctx: Needs): Promise<void> {
  const endedBefore = ctx.clock.now() - MAX_LATE_MS - ctx.config.ledgerGraceMs
  for (const broadcast of await broadcastStore.overdue(ctx.db, endedBefore)) {
    await transact(ctx, async (tx) => {
      const at = ctx.clock.now()
      for (const clusterId of await deliveryStore.openDeliveries(tx.db, broadcast.id)) {
        const entries = await journalStore.entriesOf(tx.db, broadcast.id, clusterId)
        const outcome = unheardOf(reconcile(lengthOf(broadcast.items), entries))
        const nothingToPlay = { ...outcome, state: 'missed', reason: 'nothing-to-play' } as const
        await deliveryStore.saveOutcome(
          tx.db,
          broadcast.id,
          clusterId,
          broadcast.items.length > 0 ? outcome : nothingToPlay,
          at,
        )
      }
      await closeIfComplete(ctx, tx, broadcast)
      await tx.event('broadcast.changed', broadcast.id)
    })
  }
}
