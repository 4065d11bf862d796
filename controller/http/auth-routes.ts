import { Hono } from 'hono'
import { CLIENT_ADDRESS_HEADER } from '../accounts/auth.ts'
import type { Context } from '../context.ts'
import { clientAddress } from './client-address.ts'
import type { AppEnv } from './env.ts'

/** Of the library's many endpoints, the ones that the product uses; all others stay closed. */
const OPEN = [
  '/sign-in/username',
  '/sign-out',
  '/get-session',
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
] as const

export const authRoutes = (ctx: Pick<Context, 'auth' | 'publicUrl'>) => {
  const routes = new Hono<AppEnv>()
  for (const path of OPEN) {
    routes.on(['GET', 'POST'], path, (c) => {
      const headers = new Headers(c.req.raw.headers)
      headers.set(CLIENT_ADDRESS_HEADER, clientAddress(c))
      // That it is one of our pages has been checked; the library knows us by one name only.
      headers.set('origin', ctx.publicUrl)
      return ctx.auth.handler(new Request(c.req.raw, { headers }))
    })
  }
  return routes
}
