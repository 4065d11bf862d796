import type { Pronunciation } from '#protocol/http/speech.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import * as pronunciationStore from './pronunciations.store.ts'

/** An area's own words, in alphabetical order. */
export async function listPronunciations(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; areaCode: string },
): Promise<Pronunciation[]> {
  requirePermission(input.actor, 'bulletins.read')
  await requireCoverage(ctx.db, input.actor, [input.areaCode], 'areaCode')
  return pronunciationStore.listPronunciations(ctx.db, input.areaCode)
}
