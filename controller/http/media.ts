import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { byteRange } from './byte-range.ts'
import type { AppEnv } from './env.ts'

const TYPES: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  opus: 'audio/ogg',
  aac: 'audio/aac',
  wav: 'audio/wav',
}

/**
 * Audio by the hash of its content. The name is 256 bits that only signed plans and the API tell, so clusters need no
 * cookie and any cache in between may keep it for ever.
 */
export const mediaRoutes = (ctx: Pick<Context, 'store'>) =>
  new Hono<AppEnv>().on(['GET', 'HEAD'], '/:name', async (c) => {
    const [sha256 = '', extension = '', ...more] = c.req.param('name').split('.')
    const file = await ctx.store.stat(sha256)
    if (!file || file.extension !== extension || more.length > 0) throw notFound('media', sha256)
    const range = byteRange(c.req.header('range'), file.bytes)
    c.header('accept-ranges', 'bytes')
    c.header('cache-control', 'public, max-age=31536000, immutable')
    c.header('etag', `"${sha256}"`)
    if (c.req.header('if-none-match') === `"${sha256}"`) return c.body(null, 304)
    if (range === 'unsatisfiable') {
      c.header('content-range', `bytes */${file.bytes}`)
      return c.body(null, 416)
    }
    c.header('content-type', TYPES[extension] ?? 'application/octet-stream')
    c.header('content-length', String(range ? range.end - range.start + 1 : file.bytes))
    if (range) c.header('content-range', `bytes ${range.start}-${range.end}/${file.bytes}`)
    const status = range ? 206 : 200
    if (c.req.method === 'HEAD') return c.body(null, status)
    const stream = await ctx.store.open(sha256, range ?? undefined)
    if (!stream) throw notFound('media', sha256)
    return c.body(Readable.toWeb(stream) as ReadableStream, status)
  })
