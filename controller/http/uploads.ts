import { Server } from '@tus/server'
import { Hono } from 'hono'
import { UploadMetadata } from '#protocol/http/uploads.ts'
import { UploadId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { DomainError, notFound } from '../errors.ts'
import { beginUpload, requireUploadPermission } from '../uploads/begin.ts'
import { finishUpload } from '../uploads/finish.ts'
import * as uploadStore from '../uploads/uploads.store.ts'
import type { AppEnv } from './env.ts'
import { problemsOf } from './errors.ts'
import { UploadFiles } from './upload-files.ts'

/** Also where clients find it: the answer to a creation names `<path>/<id>`. */
export const UPLOADS_PATH = '/api/uploads'

/** A request on its way through the protocol: who asks, and what went wrong on our side of it. */
interface Call {
  readonly actor: Actor
  failure?: unknown
}

/**
 * Resumable uploads by the tus protocol, version 1.0 (https://tus.io/protocols/resumable-upload). The library speaks it;
 * who may bring what is decided here.
 */
export const uploadRoutes = (ctx: Context) => {
  const calls = new WeakMap<Request, Call>()
  const callOf = (request: Request): Call => {
    const call = calls.get(request)
    if (!call) throw new Error('a request that did not come through our routes')
    return call
  }
  const tus = new Server({
    path: UPLOADS_PATH,
    relativeLocation: true,
    // Only our own pages: no answer allows another origin.
    allowedOrigins: [],
    datastore: new UploadFiles(ctx),
    namingFunction: () => ctx.newId('upl'),
    onUploadCreate: async (request, { id, size, metadata }) => {
      const { actor } = callOf(request)
      await beginUpload(ctx, { actor, id: UploadId.parse(id), bytes: size ?? 0, metadata: parseMetadata(metadata) })
      return {}
    },
    onIncomingRequest: async (request, id) => {
      if (request.method === 'POST') return
      const upload = await ownUpload(ctx, callOf(request).actor, id)
      // All may have come while nobody was there to say so.
      if (request.method === 'HEAD') await finishUpload(ctx, upload)
      else if (upload.state !== 'receiving') throw notFound('upload', id)
    },
    onUploadFinish: async (_request, { id }) => {
      await finishUpload(ctx, { id: UploadId.parse(id) })
      return {}
    },
    onResponseError: (request, error) => {
      callOf(request).failure = error
      return undefined
    },
  })
  // A HEAD finds its handler among those of GET.
  return new Hono<AppEnv>().on(['GET', 'OPTIONS', 'POST', 'PATCH', 'DELETE'], ['/', '/:id'], async (c) => {
    if (c.req.method === 'GET') return c.notFound()
    const request = withoutProxyHeaders(c.req.raw)
    const call: Call = { actor: c.get('actor') }
    calls.set(request, call)
    const answer = await tus.handleWeb(request)
    // What the protocol itself refuses is answered by the library; our own refusals and faults as on any other route.
    if (call.failure instanceof Error && !('status_code' in call.failure)) throw call.failure
    return answer
  })
}

/** The upload, if this account may go on with it; those of others do not exist. */
async function ownUpload(ctx: Pick<Context, 'db'>, actor: Actor, id: string): Promise<uploadStore.UploadRow> {
  const known = UploadId.safeParse(id)
  const upload = known.success ? await uploadStore.findUpload(ctx.db, known.data) : null
  if (upload?.broughtBy !== actor.userId) throw notFound('upload', id)
  requireUploadPermission(actor, upload.purpose)
  return upload
}

function parseMetadata(metadata: Record<string, string | null> | undefined): UploadMetadata {
  const parsed = UploadMetadata.safeParse(metadata ?? {})
  if (!parsed.success) throw new DomainError('invalid', problemsOf(parsed.error))
  return parsed.data
}

/** The library refuses forms of them that a row of proxies may well write, and has no use for any. */
function withoutProxyHeaders(request: Request): Request {
  const headers = new Headers(request.headers)
  for (const name of ['forwarded', 'x-forwarded-host', 'x-forwarded-proto']) headers.delete(name)
  return new Request(request, { headers })
}
