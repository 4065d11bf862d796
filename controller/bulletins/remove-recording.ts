import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict } from '../errors.ts'
import { forgetRecording, forgetReplacements } from './attach-recording.ts'
import { getBulletin } from './get.ts'
import { requireReach } from './reach.ts'
import * as recordingStore from './recordings.store.ts'

/**
 * Takes the recording in one language, if there is one, off a bulletin that has not been handed in, and what was to take
 * its place with it; or that alone.
 */
export async function removeRecording(
  ctx: Pick<Context, 'db' | 'bus' | 'clock'>,
  input: { actor: Actor; id: BulletinId; language: string; what: 'all' | 'replacement' },
): Promise<Bulletin> {
  requirePermission(input.actor, 'bulletins.write')
  const bulletin = await getBulletin(ctx, input)
  await requireReach(ctx.db, input.actor, bulletin)
  await transact(ctx, async (tx) => {
    const version = await recordingStore.openVersion(tx.db, input.id, ctx.clock.now())
    if (!version) throw conflict('recording.locked')
    const hadNew = await forgetReplacements(tx, input.id, ({ language }) => language === input.language)
    const uploadId = input.what === 'all' && (await recordingStore.unsetRecording(tx.db, version.id, input.language))
    if (uploadId) await forgetRecording(tx, uploadId)
    if (uploadId || hadNew) await tx.event('bulletin.changed', input.id)
  })
  return getBulletin(ctx, input)
}
