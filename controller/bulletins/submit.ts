import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { moveBulletin } from './move.ts'
import { recordingProblem } from './recording-problem.ts'

/** Asks for approval. */
export async function submitBulletin(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; id: BulletinId },
): Promise<Bulletin> {
  return moveBulletin(ctx, input, {
    action: 'submit',
    permission: 'bulletins.write',
    refuse: (bulletin) => recordingProblem(bulletin, 'submit'),
    set: () => ({ returnReason: null }),
  })
}
