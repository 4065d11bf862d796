import type { Bulletin, CreateBulletin } from '#protocol/http/bulletins.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import * as bulletinStore from './bulletins.store.ts'
import { tidyContent, writeVersion } from './draft.ts'
import { getBulletin } from './get.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>

/** A new bulletin as a draft; its production starts at once. */
export async function createBulletin(ctx: Needs, input: { actor: Actor; content: CreateBulletin }): Promise<Bulletin> {
  const { actor } = input
  requirePermission(actor, 'bulletins.write')
  const content = tidyContent(input.content)
  await requireCoverage(ctx.db, actor, content.targets)
  const id = ctx.newId('bul')
  const versionId = ctx.newId('ver')
  const at = ctx.clock.now()
  await transact(ctx, async (tx) => {
    await bulletinStore.insertBulletin(tx.db, {
      id,
      status: 'draft',
      currentVersionId: versionId,
      approvedVersionId: null,
      returnReason: null,
      approvedBy: null,
      approvedByName: null,
      approvedAt: null,
      createdBy: actor.userId,
      createdByName: actor.name,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    })
    await writeVersion(ctx, tx, { id: versionId, bulletinId: id, number: 1, content, actor })
  })
  return getBulletin(ctx, { actor, id })
}
