import type { Asset } from '#protocol/http/uploads.ts'
import type { UploadId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict, notFound } from '../errors.ts'
import { listAssets } from './list-assets.ts'
import * as uploadStore from './uploads.store.ts'

/** Takes a chime or music out of a station's library; one that the station has chosen stays. Answers what is left. */
export async function removeAsset(
  ctx: Pick<Context, 'db' | 'bus' | 'clock'>,
  input: { actor: Actor; id: UploadId },
): Promise<Asset[]> {
  const { actor, id } = input
  requirePermission(actor, 'stations.write')
  const areaCode = (await uploadStore.findUpload(ctx.db, id))?.areaCode
  if (!areaCode) throw notFound('asset', id)
  await requireCoverage(ctx.db, actor, [areaCode], 'areaCode')
  await transact(ctx, async (tx) => {
    if (!(await uploadStore.removeAsset(tx.db, id))) throw conflict('asset.inUse')
    await tx.event('asset.changed', areaCode)
    tx.tell('upload.settled', { uploadId: id })
  })
  return listAssets(ctx, { actor, areaCode })
}
