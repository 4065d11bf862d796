import * as schema from '#protocol/http/reports.ts'
import type { Context } from '../../context.ts'
import { playedReport } from '../../reports/played.ts'
import { endpoint, router } from '../route.ts'

const played = endpoint('get', '/played', {
  summary: 'Planned versus played by session, commune or day',
  request: { query: schema.PlayedQuery },
  status: 200,
  answer: schema.PlayedReport,
})

export const reportRoutes = (ctx: Context) =>
  router().openapi(played, async (c) =>
    c.json(await playedReport(ctx, { actor: c.get('actor'), ...c.req.valid('query') }), 200),
  )
