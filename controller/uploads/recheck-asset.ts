import type { Asset } from '#protocol/http/uploads.ts'
import type { UploadId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { listAssets } from './list-assets.ts'
import { recheckUpload } from './recheck.ts'
import * as uploadStore from './uploads.store.ts'

/** Has a chime or music checked again that a fault of the server has kept from it. Answers the library. */
export async function recheckAsset(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; id: UploadId },
): Promise<Asset[]> {
  const { actor, id } = input
  requirePermission(actor, 'stations.write')
  const asset = await uploadStore.findUpload(ctx.db, id)
  if (!asset?.areaCode) throw notFound('asset', id)
  await requireCoverage(ctx.db, actor, [asset.areaCode], 'areaCode')
  await recheckUpload(ctx, asset)
  return listAssets(ctx, { actor, areaCode: asset.areaCode })
}
