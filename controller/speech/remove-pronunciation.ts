import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import * as pronunciationStore from './pronunciations.store.ts'

/** Takes a word out of an area's dictionary; the built-in reading applies again. */
export async function removePronunciation(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; areaCode: string; written: string },
): Promise<void> {
  const { actor, areaCode, written } = input
  requirePermission(actor, 'bulletins.write')
  await requireCoverage(ctx.db, actor, [areaCode], 'areaCode')
  const removed = await pronunciationStore.deletePronunciation(ctx.db, areaCode, written.normalize('NFC'))
  if (!removed) throw notFound('pronunciation', written)
}
