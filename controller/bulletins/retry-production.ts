import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict } from '../errors.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import { getBulletin } from './get.ts'
import { requireReach } from './reach.ts'
import * as renditionStore from './renditions.store.ts'

/**
 * Sets production going again: after a failure, or for a version that is not approved yet, so that it is read by the
 * dictionary as it now stands. What has been approved keeps the sound that was approved.
 */
export async function retryProduction(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; id: BulletinId },
): Promise<Bulletin> {
  requirePermission(input.actor, 'bulletins.write')
  const bulletin = await getBulletin(ctx, input)
  await requireReach(ctx.db, input.actor, bulletin)
  const wasApproved = bulletin.status === 'approved' || bulletin.status === 'withdrawn'
  const isOpen = bulletin.rendition.step === 'ready' && !wasApproved
  if (bulletin.rendition.step !== 'failed' && !isOpen) throw conflict('bulletin.cannotProduce')
  await transact(ctx, async (tx) => {
    const { versionId } = bulletin
    await renditionStore.startOver(tx.db, versionId, ctx.clock.now())
    await enqueueJob(ctx, tx, { kind: 'speak', key: versionId, payload: { versionId } })
    await tx.event('bulletin.changed', input.id)
  })
  return getBulletin(ctx, input)
}
