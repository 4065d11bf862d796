import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext } from 'hono'

const LOOPBACK = /^(::1|(::ffff:)?127\.)/

/**
 * Whose request it is, for counting sign-ins. What a client writes about itself is worth nothing, so the socket decides;
 * only a reverse proxy on this machine is believed, in what it added last.
 */
export function clientAddress(c: HonoContext): string {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  const peer = incoming?.socket.remoteAddress ?? ''
  if (!LOOPBACK.test(peer)) return peer
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || peer
}
