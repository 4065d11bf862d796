import { z } from '@hono/zod-openapi'
import { Relay } from '#protocol/http/relays.ts'
import type { Context } from '../../context.ts'
import { listRelays } from '../../relays/list.ts'
import { endpoint, router } from '../route.ts'

const list = endpoint('get', '/', {
  summary: 'Streams that a rundown may relay, by title',
  request: {},
  status: 200,
  answer: z.object({ items: z.array(Relay) }),
})

export const relayRoutes = (ctx: Context) =>
  router().openapi(list, async (c) => c.json({ items: await listRelays(ctx, { actor: c.get('actor') }) }, 200))
