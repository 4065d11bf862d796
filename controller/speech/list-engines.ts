import type { SpeechEngine } from '#protocol/http/speech.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { chainFor } from './chain-for.ts'
import { engineNames } from './engine-name.ts'

/** What a station can choose from, in the order in which scripts are tried unless it chooses. */
export function listEngines(ctx: Pick<Context, 'speech'>, input: { actor: Actor }): SpeechEngine[] {
  requirePermission(input.actor, 'stations.write')
  return engineNames(ctx.speech).map((name) => ({
    name,
    isPaid: chainFor(ctx.speech, [name]).some(({ meter }) => meter !== undefined),
  }))
}
