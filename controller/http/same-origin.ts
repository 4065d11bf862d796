import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses changes that a page of another origin asks for, whatever their content type; programs send no origin. */
export const sameOrigin = (publicUrl: string) =>
  createMiddleware(async (c, next) => {
    const origin = c.req.header('origin')
    if (!SAFE.has(c.req.method) && origin !== undefined && origin !== publicUrl) throw new HTTPException(403)
    await next()
  })
