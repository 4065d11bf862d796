import type { Relay } from '#protocol/http/relays.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import * as relayStore from './relays.store.ts'

/** The streams that a rundown may name. Where they come from is nobody's choice but the administrator's. */
export async function listRelays(ctx: Pick<Context, 'db'>, input: { actor: Actor }): Promise<Relay[]> {
  requirePermission(input.actor, 'programmes.read')
  return (await relayStore.listRelays(ctx.db)).map(({ name, title }) => ({ name, title }))
}
