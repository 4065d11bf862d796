import { z } from 'zod'
import { type BulletinAudio, SpokenMark } from '#protocol/http/bulletins.ts'
import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { conflict, notFound } from '../errors.ts'
import * as bulletinStore from './bulletins.store.ts'
import { requireVisible } from './get.ts'
import * as renditionStore from './renditions.store.ts'

const Marks = z.array(SpokenMark)

/**
 * The picture of a version's sound, and what was spoken where; of the current version unless another is named. Throws
 * until it has been produced.
 */
export async function getBulletinAudio(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; id: BulletinId; versionId?: BulletinVersionId | undefined },
): Promise<BulletinAudio> {
  await requireVisible(ctx.db, input.actor, input.id)
  const versionId = input.versionId ?? (await bulletinStore.findBulletin(ctx.db, input.id))?.currentVersionId
  const version = versionId && (await bulletinStore.findVersion(ctx.db, versionId))
  if (!version || version.bulletinId !== input.id) throw notFound('version', versionId ?? '')
  const audio = await renditionStore.findAudio(ctx.db, versionId)
  if (!audio) throw conflict('bulletin.notProduced')
  const { sha256, ms, peaks, marksJson } = audio
  return { versionId, sha256, ms, peaks, marks: marksJson === null ? [] : Marks.parse(JSON.parse(marksJson)) }
}
