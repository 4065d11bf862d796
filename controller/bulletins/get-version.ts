import type { BulletinVersion } from '#protocol/http/bulletins.ts'
import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import * as bulletinStore from './bulletins.store.ts'
import { contentOf } from './content.ts'
import * as decisionStore from './decisions.store.ts'
import { requireVisible, toRendition } from './get.ts'
import { versionOf } from './history.ts'
import * as renditionStore from './renditions.store.ts'

/** One version as it was written, and what was decided on it; whoever sees the bulletin sees all its versions. */
export async function getVersion(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; id: BulletinId; versionId: BulletinVersionId },
): Promise<BulletinVersion> {
  await requireVisible(ctx.db, input.actor, input.id)
  const row = await bulletinStore.findVersion(ctx.db, input.versionId)
  if (row?.bulletinId !== input.id) throw notFound('version', input.versionId)
  const rendition = await renditionStore.findRendition(ctx.db, row.id)
  return {
    ...versionOf(row, await decisionStore.decisionsOf(ctx.db, input.id)),
    bulletinId: input.id,
    ...contentOf(row),
    rendition: rendition && toRendition(rendition),
  }
}
