import { z } from '@hono/zod-openapi'
import * as schema from '#protocol/http/uploads.ts'
import type { Context } from '../../context.ts'
import { listAssets } from '../../uploads/list-assets.ts'
import { endpoint, router } from '../route.ts'

const Assets = z.object({ items: z.array(schema.Asset) })

const list = endpoint('get', '/', {
  summary: 'Chimes and music of a station',
  request: { query: schema.AssetQuery },
  status: 200,
  answer: Assets,
})

export const assetRoutes = (ctx: Context) =>
  router().openapi(list, async (c) =>
    c.json({ items: await listAssets(ctx, { actor: c.get('actor'), ...c.req.valid('query') }) }, 200),
  )
