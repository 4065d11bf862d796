import type { Bulletin, CreateBulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict } from '../errors.ts'
import * as bulletinStore from './bulletins.store.ts'
import { tidyContent, writeVersion } from './draft.ts'
import { getBulletin } from './get.ts'
import { requireReach } from './reach.ts'
import * as recordingStore from './recordings.store.ts'
import { statusesBefore } from './status.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>

/** Adds a version and makes the bulletin a draft again; an approved version stays on air until the next is approved. */
export async function editBulletin(
  ctx: Needs,
  input: { actor: Actor; id: BulletinId; content: CreateBulletin },
): Promise<Bulletin> {
  const { actor, id } = input
  requirePermission(actor, 'bulletins.write')
  const content = tidyContent(input.content)
  const before = await getBulletin(ctx, { actor, id })
  await requireCoverage(ctx.db, actor, content.targets)
  await requireReach(ctx.db, actor, before)
  const versionId = ctx.newId('ver')
  await transact(ctx, async (tx) => {
    const { versionId: seenId, approvedVersionId } = before
    const seen = { status: statusesBefore('edit'), versionId: seenId, approvedVersionId }
    const moved = await bulletinStore.transitionBulletin(tx.db, id, seen, {
      status: 'draft',
      currentVersionId: versionId,
      returnReason: null,
      updatedAt: ctx.clock.now(),
    })
    if (!moved) throw conflict('bulletin.editedMeanwhile')
    await writeVersion(ctx, tx, { id: versionId, bulletinId: id, number: before.versionNumber + 1, content, actor })
    await recordingStore.carryRecordings(tx.db, { from: before.versionId, to: versionId })
  })
  return getBulletin(ctx, { actor, id })
}
