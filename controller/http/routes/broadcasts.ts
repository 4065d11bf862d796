import * as schema from '#protocol/http/broadcasts.ts'
import { pageOf } from '#protocol/http/common.ts'
import { BroadcastId } from '#protocol/ids.ts'
import { cancelBroadcast } from '../../broadcasts/cancel.ts'
import { getBroadcast, listBroadcasts } from '../../broadcasts/get.ts'
import type { Context } from '../../context.ts'
import { endpoint, idParam, router } from '../route.ts'

const params = idParam(BroadcastId)
const answer = schema.Broadcast

const list = endpoint('get', '/', {
  summary: 'Sessions by start, with how many clusters are in each state',
  request: { query: schema.BroadcastQuery },
  status: 200,
  answer: pageOf(schema.BroadcastSummary),
})
const get = endpoint('get', '/{id}', {
  summary: 'One session with its ledger and its reports to the source',
  request: { params },
  status: 200,
  answer,
})
const cancel = endpoint('post', '/{id}/cancel', {
  summary: 'Call a session off before it airs',
  request: { params },
  status: 200,
  answer,
})

export const broadcastRoutes = (ctx: Context) =>
  router()
    .openapi(list, async (c) =>
      c.json(await listBroadcasts(ctx, { actor: c.get('actor'), ...c.req.valid('query') }), 200),
    )
    .openapi(get, async (c) => c.json(await getBroadcast(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200))
    .openapi(cancel, async (c) =>
      c.json(await cancelBroadcast(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
