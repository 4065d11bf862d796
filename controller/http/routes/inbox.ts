import { z } from 'zod'
import { pageOf } from '#protocol/http/common.ts'
import * as schema from '#protocol/http/inbox.ts'
import type { Context } from '../../context.ts'
import { declineItem } from '../../programmes/inbox/decline.ts'
import { countInbox, listInbox } from '../../programmes/inbox/get.ts'
import { moveInSession } from '../../programmes/inbox/move.ts'
import { placeBulletin } from '../../programmes/inbox/place.ts'
import { postponeItem } from '../../programmes/inbox/postpone.ts'
import { sessionsFor } from '../../programmes/inbox/sessions.ts'
import { unplaceBulletin } from '../../programmes/inbox/unplace.ts'
import { endpoint, jsonBody, router } from '../route.ts'

const params = schema.InboxParams
const answer = schema.InboxItem

const list = endpoint('get', '/', {
  summary: 'Bulletins that have come to communes, the nearest deadline first',
  request: { query: schema.InboxQuery },
  status: 200,
  answer: pageOf(answer),
})
const counts = endpoint('get', '/counts', {
  summary: 'How many of them wait for a decision',
  request: {},
  status: 200,
  answer: schema.InboxCounts,
})
const sessions = endpoint('get', '/{areaCode}/{bulletinId}/sessions', {
  summary: 'The sessions of the coming days, without the bulletin and with it',
  request: { params },
  status: 200,
  answer: z.object({ items: z.array(schema.SessionChoice) }),
})
const place = endpoint('post', '/{areaCode}/{bulletinId}/place', {
  summary: 'Put it into sessions; the commune’s own bulletins too',
  request: { params, ...jsonBody(schema.PlaceBulletin) },
  status: 200,
  answer,
})
const unplace = endpoint('post', '/{areaCode}/{bulletinId}/unplace', {
  summary: 'Take it out of a session; null when the inbox has nothing of it any more',
  request: { params, ...jsonBody(schema.SessionRef) },
  status: 200,
  answer: answer.nullable(),
})
const move = endpoint('post', '/{areaCode}/{bulletinId}/move', {
  summary: 'Put it to another place among those of its class in a session',
  request: { params, ...jsonBody(schema.MoveBulletin) },
  status: 200,
  answer: schema.SessionOrder,
})
const postpone = endpoint('post', '/{areaCode}/{bulletinId}/postpone', {
  summary: 'Put an ordinary bulletin off to a day, with a reason',
  request: { params, ...jsonBody(schema.PostponeBulletin) },
  status: 200,
  answer,
})
const decline = endpoint('post', '/{areaCode}/{bulletinId}/decline', {
  summary: 'Do not air an ordinary bulletin, with a reason',
  request: { params, ...jsonBody(schema.DeclineBulletin) },
  status: 200,
  answer,
})

export const inboxRoutes = (ctx: Context) =>
  router()
    .openapi(list, async (c) => c.json(await listInbox(ctx, { actor: c.get('actor'), ...c.req.valid('query') }), 200))
    .openapi(counts, async (c) => c.json(await countInbox(ctx, { actor: c.get('actor') }), 200))
    .openapi(sessions, async (c) =>
      c.json(await sessionsFor(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
    .openapi(place, async (c) =>
      c.json(
        await placeBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param'), placing: c.req.valid('json') }),
        200,
      ),
    )
    .openapi(unplace, async (c) =>
      c.json(
        await unplaceBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param'), session: c.req.valid('json') }),
        200,
      ),
    )
    .openapi(move, async (c) => {
      const { position, ...session } = c.req.valid('json')
      return c.json(
        await moveInSession(ctx, { actor: c.get('actor'), ...c.req.valid('param'), session, position }),
        200,
      )
    })
    .openapi(postpone, async (c) =>
      c.json(await postponeItem(ctx, { actor: c.get('actor'), ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(decline, async (c) =>
      c.json(await declineItem(ctx, { actor: c.get('actor'), ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
