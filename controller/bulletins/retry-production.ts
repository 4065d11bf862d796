import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict } from '../errors.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import { getBulletin } from './get.ts'
import * as renditionStore from './renditions.store.ts'

/** Sets a failed production going again. */
export async function retryProduction(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; id: BulletinId },
): Promise<Bulletin> {
  requirePermission(input.actor, 'bulletins.write')
  const bulletin = await getBulletin(ctx, input)
  await requireCoverage(ctx.db, input.actor, bulletin.targets)
  if (bulletin.rendition.step !== 'failed') throw conflict('bulletin.notFailed')
  await transact(ctx, async (tx) => {
    const { versionId } = bulletin
    await renditionStore.setProgress(tx.db, versionId, { step: 'queued', progress: 0, at: ctx.clock.now() })
    await enqueueJob(ctx, tx, { kind: 'speak', key: versionId, payload: { versionId } })
    await tx.event('bulletin.changed', input.id)
  })
  return getBulletin(ctx, input)
}
