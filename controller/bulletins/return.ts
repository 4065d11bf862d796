import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { moveBulletin } from './move.ts'

/** Sends a bulletin back to its writer with the reason. */
export async function returnBulletin(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; id: BulletinId; reason: string },
): Promise<Bulletin> {
  return moveBulletin(ctx, input, {
    action: 'return',
    permission: 'bulletins.approve',
    reason: input.reason,
    set: () => ({ returnReason: input.reason }),
  })
}
