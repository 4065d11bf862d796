import type { Pronunciation, PutPronunciation } from '#protocol/http/speech.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isoOf } from '../iso.ts'
import * as pronunciationStore from './pronunciations.store.ts'

/** Every script is looked up against all of them: more would be a mistake, and slow. */
const MAX_ENTRIES = 2_000

/** Says how a word is to be read in an area. It wins over everything built in, from the next production on. */
export async function setPronunciation(
  ctx: Pick<Context, 'db' | 'clock'>,
  input: { actor: Actor; areaCode: string; entry: PutPronunciation },
): Promise<Pronunciation> {
  const { actor, areaCode } = input
  requirePermission(actor, 'bulletins.write')
  await requireCoverage(ctx.db, actor, [areaCode], 'areaCode')
  const entry = { written: input.entry.written.normalize('NFC'), spoken: input.entry.spoken.normalize('NFC') }
  if ((await pronunciationStore.countOtherPronunciations(ctx.db, areaCode, entry.written)) >= MAX_ENTRIES) {
    throw new DomainError('limit', { field: 'written', key: 'pronunciation.tooMany', values: { limit: MAX_ENTRIES } })
  }
  const row = { areaCode, ...entry, updatedByName: actor.name, updatedAt: ctx.clock.now() }
  await pronunciationStore.savePronunciation(ctx.db, row)
  return { ...row, updatedAt: isoOf(row.updatedAt) }
}
