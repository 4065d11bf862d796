import type { BulletinVersionId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import * as bulletinStore from './bulletins.store.ts'
import * as renditionStore from './renditions.store.ts'

/** Shows a given-up production where its writer sees it and can set it going again. */
export async function failProduction(
  tx: Tx,
  { versionId }: { versionId: BulletinVersionId },
  _reason: string,
  ctx: Pick<Context, 'clock'>,
): Promise<void> {
  const version = await bulletinStore.findVersion(tx.db, versionId)
  if (!version) return
  const rendition = await renditionStore.findRendition(tx.db, versionId)
  const key = rendition?.step === 'mixing' ? 'production.mixFailed' : 'production.speakFailed'
  await renditionStore.setFailed(tx.db, versionId, key, ctx.clock.now())
  await tx.event('bulletin.changed', version.bulletinId)
}
