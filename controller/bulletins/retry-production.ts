import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict } from '../errors.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import * as bulletinStore from './bulletins.store.ts'
import { getBulletin } from './get.ts'
import { requireReach } from './reach.ts'
import * as renditionStore from './renditions.store.ts'

/**
 * Sets production going again: after a failure, or for a version that is in work, so that it is read by the dictionary as
 * it now stands. What has been handed in keeps the sound that its judge hears, and what was approved the one approved.
 */
export async function retryProduction(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; id: BulletinId },
): Promise<Bulletin> {
  requirePermission(input.actor, 'bulletins.write')
  const bulletin = await getBulletin(ctx, input)
  await requireReach(ctx.db, input.actor, bulletin)
  const { status, versionId, approvedVersionId } = bulletin
  const { step } = bulletin.rendition
  if (step === 'ready' && status === 'pending') throw conflict('bulletin.producePending')
  const isOpen = step === 'ready' && (status === 'draft' || status === 'returned')
  if (step !== 'failed' && !isOpen) throw conflict('bulletin.cannotProduce')
  await transact(ctx, async (tx) => {
    const at = ctx.clock.now()
    const seen = { status: [status], versionId, approvedVersionId }
    const stands =
      (await bulletinStore.transitionBulletin(tx.db, input.id, seen, { updatedAt: at })) &&
      (await renditionStore.startOver(tx.db, versionId, at, step))
    if (!stands) throw conflict('bulletin.editedMeanwhile')
    await enqueueJob(ctx, tx, { kind: 'speak', key: versionId, payload: { versionId } })
    await tx.event('bulletin.changed', input.id)
  })
  return getBulletin(ctx, input)
}
