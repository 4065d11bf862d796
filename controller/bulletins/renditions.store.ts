import type { Selectable } from 'kysely'
import type { SpokenMark } from '#protocol/http/bulletins.ts'
import type { BulletinVersionId } from '#protocol/ids.ts'
import * as assetStore from '../audio/assets.store.ts'
import type { ProducedAudio } from '../audio/produce.ts'
import type { Db } from '../db/open.ts'
import type { RenditionTable } from '../db/schema.ts'
import type { SpokenScript } from '../speech/speak-script.ts'

/** All but what only a listener needs, which is long. */
const COLUMNS = [
  'versionId',
  'bulletinId',
  'step',
  'progress',
  'voice',
  'soundProfile',
  'sha256',
  'failureKey',
  'spokenEngine',
  'spokenVoice',
  'spokenSecond',
  'skippedJson',
  'sentCharacters',
  'sentences',
  'updatedAt',
] as const

export interface RenditionRow extends Pick<Selectable<RenditionTable>, (typeof COLUMNS)[number]> {
  bytes: number | null
  ms: number | null
  loudnessLufs: number | null
  truePeakDbtp: number | null
}

export async function insertRendition(
  db: Db,
  row: Pick<RenditionTable, 'versionId' | 'bulletinId' | 'voice' | 'soundProfile'> & { at: number },
): Promise<void> {
  await db
    .insertInto('rendition')
    .values({
      versionId: row.versionId,
      bulletinId: row.bulletinId,
      voice: row.voice,
      soundProfile: row.soundProfile,
      step: 'queued',
      progress: 0,
      sha256: null,
      failureKey: null,
      updatedAt: row.at,
    })
    .execute()
}

export async function findRendition(db: Db, versionId: BulletinVersionId): Promise<RenditionRow | null> {
  const row = await db
    .selectFrom('rendition')
    .leftJoin('audioAsset', 'audioAsset.sha256', 'rendition.sha256')
    .select(COLUMNS.map((column) => `rendition.${column}` as const))
    .select(['audioAsset.bytes', 'audioAsset.ms', 'audioAsset.loudnessLufs', 'audioAsset.truePeakDbtp'])
    .where('rendition.versionId', '=', versionId)
    .executeTakeFirst()
  return row ?? null
}

/** The bulletins that have this sound. */
export async function bulletinsThatSound(db: Db, sha256: string): Promise<string[]> {
  const rows = await db.selectFrom('rendition').select('bulletinId').distinct().where('sha256', '=', sha256).execute()
  return rows.map((row) => row.bulletinId)
}

export interface AudioRow {
  readonly sha256: string
  readonly ms: number
  readonly peaks: string | null
  readonly marksJson: string | null
}

/** What a listener sees of a version's sound; null before it is ready. */
export async function findAudio(db: Db, versionId: BulletinVersionId): Promise<AudioRow | null> {
  const row = await db
    .selectFrom('rendition')
    .innerJoin('audioAsset', 'audioAsset.sha256', 'rendition.sha256')
    .select(['audioAsset.sha256', 'audioAsset.ms', 'audioAsset.peaks', 'rendition.marksJson'])
    .where('rendition.versionId', '=', versionId)
    .executeTakeFirst()
  return row ?? null
}

/** Forgets what was produced, so that it is produced anew; false: it is not at the step any more at which it was seen. */
export async function startOver(
  db: Db,
  versionId: BulletinVersionId,
  at: number,
  seen?: RenditionTable['step'],
): Promise<boolean> {
  let update = db
    .updateTable('rendition')
    .set({ step: 'queued', progress: 0, sha256: null, failureKey: null, ...UNSPOKEN, updatedAt: at })
    .where('versionId', '=', versionId)
  if (seen) update = update.where('step', '=', seen)
  const { numUpdatedRows } = await update.executeTakeFirst()
  return numUpdatedRows > 0n
}

const UNSPOKEN = {
  spokenEngine: null,
  spokenVoice: null,
  spokenSecond: null,
  skippedJson: null,
  sentences: null,
  marksJson: null,
}

/** Who spoke it and why not somebody else. */
export async function setSpoken(db: Db, versionId: BulletinVersionId, spoken: SpokenScript): Promise<void> {
  await db
    .updateTable('rendition')
    .set({
      spokenEngine: spoken.engine,
      spokenVoice: spoken.voice,
      spokenSecond: spoken.second,
      skippedJson: JSON.stringify(spoken.skipped),
    })
    .where('versionId', '=', versionId)
    .execute()
}

export async function setSentences(db: Db, versionId: BulletinVersionId, sentences: number): Promise<void> {
  await db.updateTable('rendition').set({ sentences }).where('versionId', '=', versionId).execute()
}

/**
 * What was spoken where. It belongs to the version, not to the sound: two scripts may sound the same, and the dictionary
 * may be another by tomorrow.
 */
export async function setMarks(db: Db, versionId: BulletinVersionId, marks: readonly SpokenMark[]): Promise<void> {
  await db
    .updateTable('rendition')
    .set({ marksJson: JSON.stringify(marks) })
    .where('versionId', '=', versionId)
    .execute()
}

/** What its productions have cost adds up. */
export async function addSent(db: Db, versionId: BulletinVersionId, characters: number): Promise<void> {
  await db
    .updateTable('rendition')
    .set((eb) => ({ sentCharacters: eb('sentCharacters', '+', characters) }))
    .where('versionId', '=', versionId)
    .execute()
}

/** Progress never goes back over what has ended: a second run of the same job, or a late report, may still come. */
export async function setProgress(
  db: Db,
  versionId: BulletinVersionId,
  set: { step: 'queued' | 'speaking' | 'mixing'; progress: number; at: number },
): Promise<void> {
  await db
    .updateTable('rendition')
    .set({ step: set.step, progress: set.progress, failureKey: null, updatedAt: set.at })
    .where('versionId', '=', versionId)
    .where('step', 'not in', ['ready', 'failed'])
    .execute()
}

export async function setReady(db: Db, versionId: BulletinVersionId, audio: ProducedAudio, at: number): Promise<void> {
  await assetStore.keepAsset(db, audio, { origin: 'production', at })
  await db
    .updateTable('rendition')
    .set({ step: 'ready', progress: 1, sha256: audio.sha256, failureKey: null, updatedAt: at })
    .where('versionId', '=', versionId)
    .execute()
}

export async function setFailed(db: Db, versionId: BulletinVersionId, failureKey: string, at: number): Promise<void> {
  await db
    .updateTable('rendition')
    .set({ step: 'failed', failureKey, updatedAt: at })
    .where('versionId', '=', versionId)
    .where('step', '!=', 'ready')
    .execute()
}
