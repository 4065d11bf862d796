import type { BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict, forbidden } from '../errors.ts'
import * as jobStore from '../jobs/jobs.store.ts'
import { cancelUpload } from '../uploads/cancel.ts'
import * as uploadStore from '../uploads/uploads.store.ts'
import { forgetRecording, forgetReplacements } from './attach-recording.ts'
import * as bulletinStore from './bulletins.store.ts'
import * as decisionStore from './decisions.store.ts'
import { getBulletin } from './get.ts'
import { recordDecision } from './record-decision.ts'
import * as recordingStore from './recordings.store.ts'
import * as renditionStore from './renditions.store.ts'

/**
 * Takes a bulletin that was never approved out of sight, for good, and lets its sound go, recordings on their way
 * included. The text stays in the database with who has deleted it. What was ever approved can only be withdrawn.
 */
export async function deleteBulletin(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'dataDir'>,
  input: { actor: Actor; id: BulletinId },
): Promise<{ id: BulletinId }> {
  const { actor, id } = input
  requirePermission(actor, 'bulletins.write')
  const { status, versionId, approvedVersionId, targets, versions, may } = await getBulletin(ctx, input)
  await requireCoverage(ctx.db, actor, targets)
  if (await decisionStore.wasEverApproved(ctx.db, id)) throw conflict('bulletin.deleteApproved')
  if (status === 'pending') throw conflict('bulletin.deletePending')
  if (!may.delete) throw forbidden('bulletin.notYoursToDelete')
  await transact(ctx, async (tx) => {
    const at = ctx.clock.now()
    const seen = { status: [status], versionId, approvedVersionId }
    const isGone = await bulletinStore.transitionBulletin(tx.db, id, seen, { deletedAt: at, updatedAt: at })
    if (!isGone) throw conflict('bulletin.editedMeanwhile')
    const versionIds = versions.map((version) => version.id)
    await jobStore.drop(tx.db, { kinds: ['speak', 'mix'], dedupeKeys: versionIds })
    for (const each of versionIds) await renditionStore.startOver(tx.db, each, at)
    for (const uploadId of await recordingStore.unsetAll(tx.db, versionIds)) await forgetRecording(tx, uploadId)
    await forgetReplacements(tx, id)
    await recordDecision(ctx, tx, { bulletinId: id, versionId, kind: 'delete', actor, reason: null })
    await tx.event('bulletin.changed', id)
  })
  // What comes whole from now on finds nothing to belong to; what is left by a kill expires as any unfinished upload.
  for (const uploadId of await uploadStore.listReceivingFor(ctx.db, id)) await cancelUpload(ctx, { id: uploadId })
  return { id }
}
