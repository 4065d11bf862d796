import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import * as accountStore from './accounts.store.ts'
import { type Actor, requirePermission } from './actor.ts'

type Needs = Pick<Context, 'db' | 'auth'>
interface Input {
  readonly actor: Actor
  readonly username: string
}

/** Ends all sessions of an account: whoever holds one is asked for the password at their next request. */
export async function signOutAccount(ctx: Needs, input: Input): Promise<void> {
  const { internalAdapter } = await ctx.auth.$context
  await internalAdapter.deleteUserSessions(await requireAccount(ctx, input))
}

/** Ends all sessions of an account and lets nobody sign in to it until it is enabled again; what it did stays its own. */
export async function disableAccount(ctx: Needs, input: Input): Promise<void> {
  const userId = await requireAccount(ctx, input)
  const { internalAdapter } = await ctx.auth.$context
  // First the bar: a session that is just being made would outlive the others.
  await internalAdapter.updateUser(userId, { banned: true })
  await internalAdapter.deleteUserSessions(userId)
}

/** Lets an account sign in again, with the password that it had. */
export async function enableAccount(ctx: Needs, input: Input): Promise<void> {
  const userId = await requireAccount(ctx, input)
  const { internalAdapter } = await ctx.auth.$context
  await internalAdapter.updateUser(userId, { banned: false })
}

async function requireAccount(ctx: Needs, { actor, username }: Input): Promise<string> {
  requirePermission(actor, 'accounts.write')
  const userId = await accountStore.findUserId(ctx.db, username)
  if (userId === null) throw notFound('account', username)
  return userId
}
