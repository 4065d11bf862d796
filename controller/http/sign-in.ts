import { createMiddleware } from 'hono/factory'
import { Role } from '#protocol/http/accounts.ts'
import * as accountStore from '../accounts/accounts.store.ts'
import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import type { AppEnv } from './env.ts'
import { plainBody } from './errors.ts'

/** Lets only signed-in accounts through and says who they are. */
export const requireActor = (ctx: Pick<Context, 'auth' | 'db'>) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const signedIn = await signedInBy(ctx, c.req.raw.headers)
    if (!signedIn) return c.json(plainBody('unauthenticated', c.get('requestId')), 401)
    c.set('actor', signedIn.actor)
    c.set('sessionId', signedIn.sessionId)
    return next()
  })

async function signedInBy(
  ctx: Pick<Context, 'auth' | 'db'>,
  headers: Headers,
): Promise<{ actor: Actor; sessionId: string } | null> {
  const session = await ctx.auth.api.getSession({ headers })
  // A session that was made while its account was being disabled.
  if (!session || session.user.banned) return null
  const { id, name, username, role } = session.user
  const known = Role.safeParse(role)
  if (!known.success) return null
  const areaCodes = await accountStore.areaCodesOf(ctx.db, id)
  const actor = { userId: id, name, username: username ?? '', role: known.data, areaCodes }
  return { actor, sessionId: session.session.id }
}
