import { z } from 'zod'
import { type BulletinAudio, SpokenMark } from '#protocol/http/bulletins.ts'
import type { BulletinId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { conflict } from '../errors.ts'
import { getBulletin } from './get.ts'
import * as renditionStore from './renditions.store.ts'

const Marks = z.array(SpokenMark)

/** The picture of the current version's sound, and what was spoken where. Throws until it has been produced. */
export async function getBulletinAudio(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; id: BulletinId },
): Promise<BulletinAudio> {
  const { versionId } = await getBulletin(ctx, input)
  const audio = await renditionStore.findAudio(ctx.db, versionId)
  if (!audio) throw conflict('bulletin.notProduced')
  const { sha256, ms, peaks, marksJson } = audio
  return { versionId, sha256, ms, peaks, marks: marksJson === null ? [] : Marks.parse(JSON.parse(marksJson)) }
}
