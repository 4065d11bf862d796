import { createHash } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { createMiddleware } from 'hono/factory'
import { CalendarQuery } from '#protocol/http/calendar-links.ts'
import { AreaCode, ClusterId } from '#protocol/ids.ts'
import { type CalendarReader, getClusterCalendar, getStationCalendar } from '../../broadcasts/get-calendar.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../errors.ts'
import { MINUTE } from '../../units.ts'
import { createAllowance } from '../allowance.ts'
import { clientAddress } from '../client-address.ts'
import type { AppEnv } from '../env.ts'
import { idParam, router } from '../route.ts'
import { requireActor } from '../sign-in.ts'

/** Calendar programs ask a few times an hour, and many may share an address. */
const ASKS_A_MINUTE = 30

const MAX_AGE_S = 300

const feed = <P extends string, S extends z.ZodObject>(path: P, summary: string, params: S) =>
  createRoute({
    method: 'get',
    path,
    summary,
    request: { params, query: CalendarQuery },
    responses: {
      200: { description: 'iCalendar, RFC 5545', content: { 'text/calendar': { schema: z.string() } } },
      304: { description: 'Nothing has changed' },
    },
  })

const ofStation = feed(
  '/stations/{code}/calendar.ics',
  'Sessions of a station as a calendar',
  z.object({ code: AreaCode }),
)
const ofCluster = feed('/clusters/{id}/calendar.ics', 'Sessions of a cluster as a calendar', idParam(ClusterId))

/** For who is signed in, and for programs that cannot sign in and bring the secret of the station's link instead. */
export const calendarRoutes = (ctx: Context) => {
  const routes = router()
  const mustSignIn = requireActor(ctx)
  const allowance = createAllowance({ times: ASKS_A_MINUTE, withinMs: MINUTE }, ctx.clock)
  const mayRead = createMiddleware<AppEnv>(async (c, next) => {
    if (c.req.query('token') === undefined) return mustSignIn(c, next)
    if (!allowance.take(clientAddress(c))) throw new DomainError('limit', { field: '', key: 'calendarLink.tooOften' })
    return next()
  })
  for (const { path } of [ofStation, ofCluster]) routes.use(path.replace(/\{(\w+)\}/, ':$1'), mayRead)
  return routes
    .openapi(ofStation, async (c) => {
      const { code } = c.req.valid('param')
      return answer(c, await getStationCalendar(ctx, { reader: readerOf(c, c.req.valid('query')), areaCode: code }))
    })
    .openapi(ofCluster, async (c) => {
      const { id } = c.req.valid('param')
      return answer(c, await getClusterCalendar(ctx, { reader: readerOf(c, c.req.valid('query')), id }))
    })
}

const readerOf = (c: HonoContext<AppEnv>, { token }: CalendarQuery): CalendarReader =>
  token === undefined ? { actor: c.get('actor') } : { token }

function answer(c: HonoContext<AppEnv>, calendar: string): Response {
  const etag = `"${createHash('sha256').update(calendar).digest('base64url')}"`
  c.header('cache-control', `private, max-age=${MAX_AGE_S}`)
  c.header('etag', etag)
  if (c.req.header('if-none-match') === etag) return c.body(null, 304)
  c.header('content-type', 'text/calendar; charset=utf-8')
  c.header('content-disposition', 'inline; filename="lich-phat.ics"')
  return c.body(calendar, 200)
}
