import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { conflict } from '../errors.ts'
import { recheckUpload } from '../uploads/recheck.ts'
import { getBulletin } from './get.ts'
import { requireReach } from './reach.ts'

/**
 * Has the recording in one language, or what is to take its place, checked again that a fault of the server has kept from it; also of a bulletin that was
 * handed in meanwhile, which could not be approved otherwise.
 */
export async function recheckRecording(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; id: BulletinId; language: string },
): Promise<Bulletin> {
  requirePermission(input.actor, 'bulletins.write')
  const bulletin = await getBulletin(ctx, input)
  await requireReach(ctx.db, input.actor, bulletin)
  const recording = bulletin.recordings.find(({ language }) => language === input.language)
  const unchecked = [recording, recording?.replacement].find((sound) => sound?.state === 'unchecked')
  if (!unchecked) throw conflict('upload.cannotRecheck')
  await recheckUpload(ctx, { id: unchecked.id, bulletinId: input.id, areaCode: null })
  return getBulletin(ctx, input)
}
