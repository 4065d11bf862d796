import { z } from '@hono/zod-openapi'
import * as schema from '#protocol/http/exemptions.ts'
import { ExemptionId } from '#protocol/ids.ts'
import type { Context } from '../../context.ts'
import { askExemption, decideExemption, listExemptions, revokeExemption } from '../../programmes/exemptions.ts'
import { endpoint, idParam, jsonBody, router } from '../route.ts'

const params = idParam(ExemptionId)
const answer = schema.Exemption

const list = endpoint('get', '/', {
  summary: 'Exemptions of a station, the latest dates first',
  request: { query: schema.ExemptionQuery },
  status: 200,
  answer: z.object({ items: z.array(answer) }),
})
const ask = endpoint('post', '/', {
  summary: 'Ask that sessions may break limits of their station',
  request: jsonBody(schema.AskExemption),
  status: 201,
  answer,
})
const grant = endpoint('post', '/{id}/grant', {
  summary: 'Grant what somebody else has asked for',
  request: { params },
  status: 200,
  answer,
})
const refuse = endpoint('post', '/{id}/refuse', {
  summary: 'Refuse what somebody else has asked for',
  request: { params },
  status: 200,
  answer,
})
const revoke = endpoint('post', '/{id}/revoke', {
  summary: 'Take an exemption back',
  request: { params },
  status: 200,
  answer,
})

export const exemptionRoutes = (ctx: Context) =>
  router()
    .openapi(list, async (c) =>
      c.json({ items: await listExemptions(ctx, { actor: c.get('actor'), ...c.req.valid('query') }) }, 200),
    )
    .openapi(ask, async (c) =>
      c.json(await askExemption(ctx, { actor: c.get('actor'), exemption: c.req.valid('json') }), 201),
    )
    .openapi(grant, async (c) =>
      c.json(await decideExemption(ctx, { actor: c.get('actor'), ...c.req.valid('param'), state: 'granted' }), 200),
    )
    .openapi(refuse, async (c) =>
      c.json(await decideExemption(ctx, { actor: c.get('actor'), ...c.req.valid('param'), state: 'refused' }), 200),
    )
    .openapi(revoke, async (c) =>
      c.json(await revokeExemption(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
