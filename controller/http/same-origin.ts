import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a browser's request comes from one of our own pages, by whatever name it reached us: the address that we were
 * given, or the host that the request itself names. A page elsewhere can choose neither its origin nor our host.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const origin = headers.get('origin')
  if (origin === null || origin === publicUrl) return true
  return URL.canParse(origin) && new URL(origin).host === headers.get('host')
}

/** Refuses changes that a page of another origin asks for, whatever their content type; programs send no origin. */
export const sameOrigin = (publicUrl: string) =>
  createMiddleware(async (c, next) => {
    if (!SAFE.has(c.req.method) && !isSameOrigin(c.req.raw.headers, publicUrl)) throw new HTTPException(403)
    await next()
  })
