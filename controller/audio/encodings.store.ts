import type { Codec } from '#protocol/messages.ts'
import type { Db } from '../db/open.ts'
import * as assetStore from './assets.store.ts'
import type { LevelledAudio } from './keep-levelled.ts'

/** A file of the media store in one codec. */
export interface Encoding {
  /** The file that it was made from, which is in the default codec. */
  readonly source: string
  readonly codec: Codec
  readonly sha256: string
  readonly bytes: number
  readonly ms: number
}

export async function insertEncoding(db: Db, source: string, audio: LevelledAudio, at: number): Promise<void> {
  await assetStore.keepAsset(db, { ...audio, marks: [] }, { origin: 'production', at })
  await db
    .insertInto('audioEncoding')
    .values({ sourceSha256: source, codec: audio.codec, sha256: audio.sha256 })
    .onConflict((oc) => oc.columns(['sourceSha256', 'codec']).doUpdateSet({ sha256: audio.sha256 }))
    .execute()
}

/** All that has been made of these files in codecs other than the default. */
export async function encodingsOf(db: Db, sources: readonly string[]): Promise<Encoding[]> {
  if (sources.length === 0) return []
  return db
    .selectFrom('audioEncoding')
    .innerJoin('audioAsset', 'audioAsset.sha256', 'audioEncoding.sha256')
    .select([
      'audioEncoding.sourceSha256 as source',
      'audioEncoding.codec',
      'audioEncoding.sha256',
      'audioAsset.bytes',
      'audioAsset.ms',
    ])
    .where('audioEncoding.sourceSha256', 'in', [...new Set(sources)])
    .execute()
}
