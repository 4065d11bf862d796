import * as schema from '#protocol/http/airing-rules.ts'
import { getAiringRules } from '../../areas/get-airing-rules.ts'
import { putAiringRules, putSilences } from '../../areas/put-airing-rules.ts'
import type { Context } from '../../context.ts'
import { endpoint, jsonBody, router } from '../route.ts'

const params = schema.RuleParams
const answer = schema.AiringRules

const get = endpoint('get', '/{scope}', {
  summary: 'Quiet hours, limits, silences and days off of a province, a commune or a cluster, and whose word each is',
  request: { params },
  status: 200,
  answer,
})
const put = endpoint('put', '/{scope}', {
  summary: 'Say quiet hours, limits and days off',
  request: { params, ...jsonBody(schema.PutAiringRules) },
  status: 200,
  answer,
})
const silence = endpoint('put', '/{scope}/silences', {
  summary: 'Say when nothing but an emergency sounds',
  request: { params, ...jsonBody(schema.PutSilences) },
  status: 200,
  answer,
})

export const airingRulesRoutes = (ctx: Context) =>
  router()
    .openapi(get, async (c) =>
      c.json(await getAiringRules(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
    .openapi(put, async (c) =>
      c.json(
        await putAiringRules(ctx, { actor: c.get('actor'), ...c.req.valid('param'), rules: c.req.valid('json') }),
        200,
      ),
    )
    .openapi(silence, async (c) =>
      c.json(
        await putSilences(ctx, { actor: c.get('actor'), ...c.req.valid('param'), silences: c.req.valid('json') }),
        200,
      ),
    )
