import type { ChimeKind } from '#protocol/http/programmes.ts'
import { Codec } from '#protocol/messages.ts'
import type { Db } from '../db/open.ts'
import * as assetStore from './assets.store.ts'
import type { LevelledAudio } from './keep-levelled.ts'

/** A file of the media store, as far as a plan names it. */
export type StoredSound = Pick<LevelledAudio, 'sha256' | 'bytes' | 'codec' | 'ms'>

const COLUMNS = ['audioAsset.sha256', 'audioAsset.bytes', 'audioAsset.codec', 'audioAsset.ms'] as const

const toSound = <T extends { codec: string }>(row: T): Omit<T, 'codec'> & { codec: Codec } => ({
  ...row,
  codec: Codec.parse(row.codec),
})

/** Our own chimes, those of them that have been made. */
export async function builtInChimes(db: Db): Promise<Map<ChimeKind, StoredSound>> {
  const rows = await db
    .selectFrom('builtInChime')
    .innerJoin('audioAsset', 'audioAsset.sha256', 'builtInChime.sha256')
    .select(COLUMNS)
    .select('builtInChime.kind')
    .execute()
  return new Map(rows.map(({ kind, ...row }) => [kind, toSound(row)]))
}

export async function saveBuiltInChime(db: Db, kind: ChimeKind, audio: LevelledAudio, at: number): Promise<void> {
  await assetStore.keepAsset(db, { ...audio, marks: [] }, { origin: 'production', at })
  const { sha256 } = audio
  await db
    .insertInto('builtInChime')
    .values({ kind, sha256 })
    .onConflict((oc) => oc.column('kind').doUpdateSet({ sha256 }))
    .execute()
}

/** By file, its speech without chimes; null: as it is. Of files that are not here it has still to be cut. */
export type SpeechCuts = ReadonlyMap<string, StoredSound | null>

export async function speechCuts(db: Db, sources: readonly string[]): Promise<SpeechCuts> {
  if (sources.length === 0) return new Map()
  const rows = await db
    .selectFrom('speechCut')
    .leftJoin('audioAsset', 'audioAsset.sha256', 'speechCut.sha256')
    .select(COLUMNS)
    .select('speechCut.sourceSha256 as source')
    .where('speechCut.sourceSha256', 'in', [...new Set(sources)])
    .execute()
  return new Map(
    rows.map(({ source, sha256, bytes, codec, ms }) => [
      source,
      sha256 === null || bytes === null || codec === null || ms === null ? null : toSound({ sha256, bytes, codec, ms }),
    ]),
  )
}

export async function saveSpeechCut(db: Db, source: string, audio: LevelledAudio | null, at: number): Promise<void> {
  if (audio) await assetStore.keepAsset(db, { ...audio, marks: [] }, { origin: 'production', at })
  const sha256 = audio?.sha256 ?? null
  await db
    .insertInto('speechCut')
    .values({ sourceSha256: source, sha256 })
    .onConflict((oc) => oc.column('sourceSha256').doUpdateSet({ sha256 }))
    .execute()
}
