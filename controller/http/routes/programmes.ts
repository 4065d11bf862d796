import { pageOf } from '#protocol/http/common.ts'
import * as schema from '#protocol/http/programmes.ts'
import { ProgrammeId } from '#protocol/ids.ts'
import type { Context } from '../../context.ts'
import { createProgramme } from '../../programmes/create.ts'
import { endProgramme } from '../../programmes/end.ts'
import { putException, removeException } from '../../programmes/exceptions.ts'
import { getProgramme, listProgrammes } from '../../programmes/get.ts'
import { updateProgramme } from '../../programmes/update.ts'
import { endpoint, idParam, jsonBody, router } from '../route.ts'

const params = idParam(ProgrammeId)
const answer = schema.Programme

const list = endpoint('get', '/', {
  summary: 'Programmes, newest first',
  request: { query: schema.ProgrammeQuery },
  status: 200,
  answer: pageOf(answer),
})
const create = endpoint('post', '/', {
  summary: 'Put bulletins into the schedule of a commune',
  request: jsonBody(schema.CreateProgramme),
  status: 201,
  answer,
})
const get = endpoint('get', '/{id}', { summary: 'One programme', request: { params }, status: 200, answer })
const put = endpoint('put', '/{id}', {
  summary: 'Change a programme; days that are different stay so',
  request: { params, ...jsonBody(schema.PutProgramme) },
  status: 200,
  answer,
})
const putDay = endpoint('put', '/{id}/exceptions/{date}', {
  summary: 'Skip, move or replace the session that the series has on a date',
  request: { params: schema.ExceptionParams, ...jsonBody(schema.PutException) },
  status: 200,
  answer,
})
const removeDay = endpoint('post', '/{id}/exceptions/{date}/remove', {
  summary: 'Make a day of the series like the others again',
  request: { params: schema.ExceptionParams },
  status: 200,
  answer,
})
const end = endpoint('post', '/{id}/end', {
  summary: 'Take a programme out of the schedule',
  request: { params },
  status: 200,
  answer,
})

export const programmeRoutes = (ctx: Context) =>
  router()
    .openapi(list, async (c) =>
      c.json(await listProgrammes(ctx, { actor: c.get('actor'), ...c.req.valid('query') }), 200),
    )
    .openapi(create, async (c) =>
      c.json(await createProgramme(ctx, { actor: c.get('actor'), programme: c.req.valid('json') }), 201),
    )
    .openapi(get, async (c) => c.json(await getProgramme(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200))
    .openapi(put, async (c) =>
      c.json(
        await updateProgramme(ctx, { actor: c.get('actor'), ...c.req.valid('param'), programme: c.req.valid('json') }),
        200,
      ),
    )
    .openapi(putDay, async (c) =>
      c.json(await putException(ctx, { actor: c.get('actor'), ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(removeDay, async (c) =>
      c.json(await removeException(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
    .openapi(end, async (c) => c.json(await endProgramme(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200))
