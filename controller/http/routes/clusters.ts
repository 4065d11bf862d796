import { z } from '@hono/zod-openapi'
import * as schema from '#protocol/http/clusters.ts'
import { pageOf } from '#protocol/http/common.ts'
import { Why, WhyQuery } from '#protocol/http/why.ts'
import { ClusterId } from '#protocol/ids.ts'
import { JournalEntry } from '#protocol/messages.ts'
import { explainWhy } from '../../broadcasts/why/why.ts'
import { enrolCluster } from '../../clusters/enrol.ts'
import { getCluster, getClusterJournal, listClusters } from '../../clusters/get.ts'
import type { Context } from '../../context.ts'
import { endpoint, idParam, jsonBody, router } from '../route.ts'

const params = idParam(ClusterId)

const list = endpoint('get', '/', {
  summary: 'Clusters by enrolment',
  request: { query: schema.ClusterQuery },
  status: 200,
  answer: pageOf(schema.Cluster),
})
const enrol = endpoint('post', '/', {
  summary: 'Enrol a cluster; the answer shows its password this once',
  request: jsonBody(schema.EnrolCluster),
  status: 201,
  answer: schema.EnrolledCluster,
})
const get = endpoint('get', '/{id}', {
  summary: 'One cluster',
  request: { params },
  status: 200,
  answer: schema.Cluster,
})
const journal = endpoint('get', '/{id}/journal', {
  summary: 'What a cluster has journalled lately, newest first',
  request: { params, query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }) },
  status: 200,
  answer: z.object({ items: z.array(JournalEntry) }),
})

const why = endpoint('get', '/{id}/why', {
  summary: 'In one sentence, why it plays, played, will not play or did not play at an instant',
  request: { params, query: WhyQuery },
  status: 200,
  answer: Why,
})

export const clusterRoutes = (ctx: Context) =>
  router()
    .openapi(list, async (c) =>
      c.json(await listClusters(ctx, { actor: c.get('actor'), ...c.req.valid('query') }), 200),
    )
    .openapi(enrol, async (c) =>
      c.json(await enrolCluster(ctx, { actor: c.get('actor'), cluster: c.req.valid('json') }), 201),
    )
    .openapi(get, async (c) => c.json(await getCluster(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200))
    .openapi(journal, async (c) =>
      c.json(
        await getClusterJournal(ctx, { actor: c.get('actor'), ...c.req.valid('param'), ...c.req.valid('query') }),
        200,
      ),
    )
    .openapi(why, async (c) =>
      c.json(await explainWhy(ctx, { actor: c.get('actor'), ...c.req.valid('param'), ...c.req.valid('query') }), 200),
    )
