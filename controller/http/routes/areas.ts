import { createRoute, z } from '@hono/zod-openapi'
import * as schema from '#protocol/http/areas.ts'
import { CalendarLinkAnswer, NewCalendarLink } from '#protocol/http/calendar-links.ts'
import { DaysQuery, StationDays } from '#protocol/http/days.ts'
import { AreaCode } from '#protocol/ids.ts'
import * as areaStore from '../../areas/areas.store.ts'
import { getCalendarLink, makeCalendarLink, removeCalendarLink } from '../../areas/calendar-links.ts'
import { searchable } from '../../areas/searchable.ts'
import { getStation, listStations, putStation } from '../../areas/stations.ts'
import { listStationDays } from '../../broadcasts/station-days.ts'
import type { Context } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { exportFile } from '../../programmes/file/export.ts'
import { endpoint, jsonBody, router } from '../route.ts'

const params = z.object({ code: AreaCode })

const list = endpoint('get', '/', {
  summary: 'Provinces and communes, by province or by name',
  request: { query: schema.AreaQuery },
  status: 200,
  answer: z.object({ items: z.array(schema.Area) }),
})
const get = endpoint('get', '/{code}', { summary: 'One area', request: { params }, status: 200, answer: schema.Area })

export const areaRoutes = (ctx: Context) =>
  router()
    .openapi(list, async (c) => {
      const { q, parent, limit } = c.req.valid('query')
      return c.json({ items: await areaStore.listAreas(ctx.db, { parent, search: q && searchable(q), limit }) }, 200)
    })
    .openapi(get, async (c) => {
      const { code } = c.req.valid('param')
      const area = await areaStore.findArea(ctx.db, code)
      if (!area) throw notFound('area', code)
      return c.json(area, 200)
    })

const stations = endpoint('get', '/', {
  summary: 'Stations',
  request: {},
  status: 200,
  answer: z.object({ items: z.array(schema.Station) }),
})
const station = endpoint('get', '/{code}', {
  summary: 'Settings of one station',
  request: { params },
  status: 200,
  answer: schema.Station,
})
const save = endpoint('put', '/{code}', {
  summary: 'Create or replace the settings of a station',
  request: { params, ...jsonBody(schema.PutStation) },
  status: 200,
  answer: schema.Station,
})

const days = endpoint('get', '/{code}/days', {
  summary: 'Days of a station as they were, are planned and are foreseen',
  request: { params, query: DaysQuery },
  status: 200,
  answer: StationDays,
})

const file = createRoute({
  method: 'get',
  path: '/{code}/programmes.yaml',
  summary: 'Programmes of a station as a file for the command line',
  request: { params },
  responses: { 200: { description: 'YAML', content: { 'application/yaml': { schema: z.string() } } } },
})
const link = endpoint('get', '/{code}/calendar-link', {
  summary: 'Whether programs that cannot sign in may read the calendars of a station',
  request: { params },
  status: 200,
  answer: CalendarLinkAnswer,
})
const makeLink = endpoint('post', '/{code}/calendar-link', {
  summary: 'Make a secret link to the calendars of a station; the one before ends',
  request: { params },
  status: 201,
  answer: NewCalendarLink,
})
const removeLink = endpoint('post', '/{code}/calendar-link/remove', {
  summary: 'End the link to the calendars of a station',
  request: { params },
  status: 200,
  answer: CalendarLinkAnswer,
})

export const stationRoutes = (ctx: Context) =>
  router()
    .openapi(stations, async (c) => c.json({ items: await listStations(ctx, { actor: c.get('actor') }) }, 200))
    .openapi(station, async (c) =>
      c.json(await getStation(ctx, { actor: c.get('actor'), areaCode: c.req.valid('param').code }), 200),
    )
    .openapi(days, async (c) =>
      c.json(
        await listStationDays(ctx, {
          actor: c.get('actor'),
          areaCode: c.req.valid('param').code,
          ...c.req.valid('query'),
        }),
        200,
      ),
    )
    .openapi(save, async (c) =>
      c.json(
        await putStation(ctx, {
          actor: c.get('actor'),
          areaCode: c.req.valid('param').code,
          settings: c.req.valid('json'),
        }),
        200,
      ),
    )
    .openapi(link, async (c) =>
      c.json({ link: await getCalendarLink(ctx, { actor: c.get('actor'), areaCode: c.req.valid('param').code }) }, 200),
    )
    .openapi(makeLink, async (c) =>
      c.json(await makeCalendarLink(ctx, { actor: c.get('actor'), areaCode: c.req.valid('param').code }), 201),
    )
    .openapi(removeLink, async (c) => {
      await removeCalendarLink(ctx, { actor: c.get('actor'), areaCode: c.req.valid('param').code })
      return c.json({ link: null }, 200)
    })
    .openapi(file, async (c) => {
      const { code: areaCode } = c.req.valid('param')
      c.header('content-type', 'application/yaml; charset=utf-8')
      c.header('content-disposition', `attachment; filename="lich-phat-${areaCode}.yaml"`)
      return c.body(await exportFile(ctx, { actor: c.get('actor'), areaCode }), 200)
    })
