import type { BulletinId, BulletinVersionId, UploadId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
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

/**
 * The version whose recordings may still be changed, or null when the bulletin has been handed in or deleted. It stays so
 * until the transaction ends: whoever hands it in meanwhile waits.
 */
export async function openVersion(
  db: Db,
  bulletinId: BulletinId,
  at: number,
): Promise<{ id: BulletinVersionId; number: number } | null> {
  const open = await db
    .updateTable('bulletin')
    .set({ updatedAt: at })
    .where('id', '=', bulletinId)
    .where('status', 'in', ['draft', 'returned'])
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
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('recording').select('recording.uploadId').whereRef('recording.uploadId', '=', 'upload.id'),
        ),
      ),
    )
    .executeTakeFirst()
  return numDeletedRows > 0n
}
