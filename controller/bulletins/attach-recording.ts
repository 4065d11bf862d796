import type { BulletinId, UploadId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { conflict, type DomainError, notFound } from '../errors.ts'
import * as bulletinStore from './bulletins.store.ts'
import * as recordingStore from './recordings.store.ts'

/** Makes an upload the recording of a bulletin in one language; the one before is forgotten unless a version keeps it. */
export async function attachRecording(
  ctx: Pick<Context, 'clock'>,
  tx: Tx,
  recording: { bulletinId: BulletinId; language: string; uploadId: UploadId },
): Promise<void> {
  const { bulletinId, language, uploadId } = recording
  const version = await recordingStore.openVersion(tx.db, bulletinId, ctx.clock.now())
  if (!version) throw await refusalOf(tx, bulletinId)
  const { id: versionId, number: recordedFor } = version
  const before = await recordingStore.setRecording(tx.db, { versionId, language, uploadId, recordedFor })
  if (before) await forgetRecording(tx, before)
}

async function refusalOf(tx: Tx, bulletinId: BulletinId): Promise<DomainError> {
  const bulletin = await bulletinStore.findBulletin(tx.db, bulletinId)
  return bulletin?.deletedAt === null ? conflict('recording.locked') : notFound('bulletin', bulletinId)
}

/** An upload that no version names any more goes, and its file with it if it is still being checked. */
export async function forgetRecording(tx: Tx, uploadId: UploadId): Promise<void> {
  if (await recordingStore.forgetUnlinked(tx.db, uploadId)) tx.tell('upload.settled', { uploadId })
}
