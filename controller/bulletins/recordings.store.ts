import type { ExpressionBuilder, NotNull } from 'kysely'
import type { BulletinId, BulletinVersionId, UploadId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { Tables } from '../db/schema.ts'
import type { SoundRow } from '../uploads/uploads.store.ts'

export type RecordingRow = SoundRow & { readonly language: string; readonly recordedFor: number }

/** The recordings of a version, in no order that means anything. */
export async function listRecordings(db: Db, versionId: BulletinVersionId): Promise<RecordingRow[]> {
  return db
    .selectFrom('recording')
    .innerJoin('upload', 'upload.id', 'recording.uploadId')
    .leftJoin('audioAsset', 'audioAsset.sha256', 'upload.sha256')
    .selectAll('upload')
    .select(['recording.language', 'recording.recordedFor'])
    .select(['audioAsset.bytes', 'audioAsset.ms', 'audioAsset.loudnessLufs', 'audioAsset.truePeakDbtp'])
    .where('recording.versionId', '=', versionId)
    .execute()
}

/** What is fit to air takes its place at once. */
const WAITING = ['checking', 'unchecked', 'refused'] as const

/** What was brought of a bulletin and no version names: it waits to take the place of what is in use, or cannot. */
export async function listReplacements(
  db: Db,
  bulletinId: BulletinId,
): Promise<(SoundRow & { readonly language: string })[]> {
  return db
    .selectFrom('upload')
    .leftJoin('audioAsset', 'audioAsset.sha256', 'upload.sha256')
    .selectAll('upload')
    .$narrowType<{ language: NotNull }>()
    .select(['audioAsset.bytes', 'audioAsset.ms', 'audioAsset.loudnessLufs', 'audioAsset.truePeakDbtp'])
    .where('upload.bulletinId', '=', bulletinId)
    .where('upload.state', 'in', WAITING)
    .where((eb) => eb.not(eb.exists(isNamed(eb))))
    .execute()
}

/** Which upload is in use in one language of a version, and how its checking went. */
export async function findRecording(
  db: Db,
  versionId: BulletinVersionId,
  language: string,
): Promise<Pick<RecordingRow, 'id' | 'state'> | null> {
  const found = await db
    .selectFrom('recording')
    .innerJoin('upload', 'upload.id', 'recording.uploadId')
    .select(['upload.id', 'upload.state'])
    .where('recording.versionId', '=', versionId)
    .where('recording.language', '=', language)
    .executeTakeFirst()
  return found ?? null
}

/** Whether some version names an upload as its recording. */
export async function isLinked(db: Db, uploadId: UploadId): Promise<boolean> {
  const found = await db
    .selectFrom('recording')
    .select('versionId')
    .where('uploadId', '=', uploadId)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** The version of a bulletin that stood at a moment, by its number. */
export async function versionNumberAt(db: Db, bulletinId: BulletinId, at: number): Promise<number> {
  const { number } = await db
    .selectFrom('bulletinVersion')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('bulletinId', '=', bulletinId)
    .where('createdAt', '<=', at)
    .executeTakeFirstOrThrow()
  return Number(number)
}

/**
 * The version whose recordings may still be changed, or null when the bulletin has been decided on or deleted; or handed
 * in, unless what was handed in was to change yet. It stays so until the transaction ends: whoever decides meanwhile
 * waits.
 */
export async function openVersion(
  db: Db,
  bulletinId: BulletinId,
  at: number,
  options: { readonly evenPending?: boolean } = {},
): Promise<{ id: BulletinVersionId; number: number } | null> {
  const open = await db
    .updateTable('bulletin')
    .set({ updatedAt: at })
    .where('id', '=', bulletinId)
    .where('status', 'in', ['draft', 'returned', ...(options.evenPending ? (['pending'] as const) : [])])
    .where('deletedAt', 'is', null)
    .returning('currentVersionId')
    .executeTakeFirst()
  if (!open) return null
  return db
    .selectFrom('bulletinVersion')
    .select(['id', 'number'])
    .where('id', '=', open.currentVersionId)
    .executeTakeFirstOrThrow()
}

/** Links an upload to a version in place of the one in that language before, which is answered. */
export async function setRecording(
  db: Db,
  recording: { versionId: BulletinVersionId; language: string; uploadId: UploadId; recordedFor: number },
): Promise<UploadId | null> {
  const { versionId, language, uploadId, recordedFor } = recording
  const before = await db
    .selectFrom('recording')
    .select('uploadId')
    .where('versionId', '=', versionId)
    .where('language', '=', language)
    .executeTakeFirst()
  await db
    .insertInto('recording')
    .values(recording)
    .onConflict((oc) => oc.columns(['versionId', 'language']).doUpdateSet({ uploadId, recordedFor }))
    .execute()
  return before && before.uploadId !== uploadId ? before.uploadId : null
}

/** Takes a recording away from a version and answers whose upload it was. */
export async function unsetRecording(db: Db, versionId: BulletinVersionId, language: string): Promise<UploadId | null> {
  const removed = await db
    .deleteFrom('recording')
    .where('versionId', '=', versionId)
    .where('language', '=', language)
    .returning('uploadId')
    .executeTakeFirst()
  return removed?.uploadId ?? null
}

/** Takes all recordings away from these versions and answers whose uploads they were. */
export async function unsetAll(db: Db, versionIds: readonly BulletinVersionId[]): Promise<UploadId[]> {
  const removed = await db
    .deleteFrom('recording')
    .where('versionId', 'in', [...versionIds])
    .returning('uploadId')
    .execute()
  return [...new Set(removed.map(({ uploadId }) => uploadId))]
}

/** A new version starts with the recordings of the one before; for which version they were read stays with them. */
export async function carryRecordings(
  db: Db,
  versions: { from: BulletinVersionId; to: BulletinVersionId },
): Promise<void> {
  await db
    .insertInto('recording')
    .columns(['versionId', 'language', 'uploadId', 'recordedFor'])
    .expression((eb) =>
      eb
        .selectFrom('recording')
        .select((on) => [on.val(versions.to).as('versionId'), 'language', 'uploadId', 'recordedFor'])
        .where('versionId', '=', versions.from),
    )
    .execute()
}

/** Forgets an upload that no version names any more; false: one does. */
export async function forgetUnlinked(db: Db, uploadId: UploadId): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('upload')
    .where('id', '=', uploadId)
    .where((eb) => eb.not(eb.exists(isNamed(eb))))
    .executeTakeFirst()
  return numDeletedRows > 0n
}

const isNamed = (eb: ExpressionBuilder<Tables, 'upload'>) =>
  eb.selectFrom('recording').select('recording.uploadId').whereRef('recording.uploadId', '=', 'upload.id')
