import { z } from '@hono/zod-openapi'
import * as schema from '#protocol/http/uploads.ts'
import { UploadId } from '#protocol/ids.ts'
import type { Context } from '../../context.ts'
import { listAssets } from '../../uploads/list-assets.ts'
import { recheckAsset } from '../../uploads/recheck-asset.ts'
import { removeAsset } from '../../uploads/remove-asset.ts'
import { endpoint, idParam, router } from '../route.ts'

const Assets = z.object({ items: z.array(schema.Asset) })

const list = endpoint('get', '/', {
  summary: 'Chimes and music of a station',
  request: { query: schema.AssetQuery },
  status: 200,
  answer: Assets,
})

const remove = endpoint('post', '/{id}/remove', {
  summary: 'Take a sound that no station has chosen out of the library; answers what is left',
  request: { params: idParam(UploadId) },
  status: 200,
  answer: Assets,
})

const check = endpoint('post', '/{id}/check', {
  summary: 'Check a sound again that a fault of the server has kept from being checked; answers the library',
  request: { params: idParam(UploadId) },
  status: 200,
  answer: Assets,
})

export const assetRoutes = (ctx: Context) =>
  router()
    .openapi(list, async (c) =>
      c.json({ items: await listAssets(ctx, { actor: c.get('actor'), ...c.req.valid('query') }) }, 200),
    )
    .openapi(remove, async (c) =>
      c.json({ items: await removeAsset(ctx, { actor: c.get('actor'), ...c.req.valid('param') }) }, 200),
    )
    .openapi(check, async (c) =>
      c.json({ items: await recheckAsset(ctx, { actor: c.get('actor'), ...c.req.valid('param') }) }, 200),
    )
