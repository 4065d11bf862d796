import type { BulletinId, UploadId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { conflict, type DomainError, notFound } from '../errors.ts'
import * as bulletinStore from './bulletins.store.ts'
import * as recordingStore from './recordings.store.ts'

/**
 * Makes an upload the recording of a bulletin in one language. One that is fit to air stays in its place until the new one
 * has been found so too (`replaceRecording`); others, in use or waiting, are forgotten unless a version keeps them.
 */
export async function attachRecording(
  ctx: Pick<Context, 'clock'>,
  tx: Tx,
  recording: { bulletinId: BulletinId; language: string; uploadId: UploadId },
): Promise<void> {
  const { bulletinId, language, uploadId } = recording
  const version = await recordingStore.openVersion(tx.db, bulletinId, ctx.clock.now())
  if (!version) throw await refusalOf(tx, bulletinId)
  await forgetReplacements(tx, bulletinId, (waiting) => waiting.language === language && waiting.id !== uploadId)
  const { id: versionId, number: recordedFor } = version
  const inUse = await recordingStore.findRecording(tx.db, versionId, language)
  if (inUse?.state === 'ready') return
  await recordingStore.setRecording(tx.db, { versionId, language, uploadId, recordedFor })
  if (inUse) await forgetRecording(tx, inUse.id)
}

/** Puts a recording that was found fit to air where the one before still is; that one is forgotten unless a version keeps it. */
export async function replaceRecording(
  ctx: Pick<Context, 'clock'>,
  tx: Tx,
  recording: { bulletinId: BulletinId; language: string; uploadId: UploadId; broughtAt: number },
): Promise<void> {
  const { bulletinId, language, uploadId, broughtAt } = recording
  if (await recordingStore.isLinked(tx.db, uploadId)) return
  // Nobody approves while it is being checked; who managed to, has approved what was in use then.
  const version = await recordingStore.openVersion(tx.db, bulletinId, ctx.clock.now(), { evenPending: true })
  if (!version) return forgetRecording(tx, uploadId)
  const recordedFor = await recordingStore.versionNumberAt(tx.db, bulletinId, broughtAt)
  const before = await recordingStore.setRecording(tx.db, { versionId: version.id, language, uploadId, recordedFor })
  if (before) await forgetRecording(tx, before)
}

/** Forgets what waits to take the place of recordings of a bulletin; says whether there was any. */
export async function forgetReplacements(
  tx: Tx,
  bulletinId: BulletinId,
  which: (replacement: { readonly id: UploadId; readonly language: string }) => boolean = () => true,
): Promise<boolean> {
  const waiting = (await recordingStore.listReplacements(tx.db, bulletinId)).filter(which)
  for (const { id } of waiting) await forgetRecording(tx, id)
  return waiting.length > 0
}

async function refusalOf(tx: Tx, bulletinId: BulletinId): Promise<DomainError> {
  const bulletin = await bulletinStore.findBulletin(tx.db, bulletinId)
  return bulletin?.deletedAt === null ? conflict('recording.locked') : notFound('bulletin', bulletinId)
}

/** An upload that no version names any more goes, and its file with it if it is still being checked. */
export async function forgetRecording(tx: Tx, uploadId: UploadId): Promise<void> {
  if (await recordingStore.forgetUnlinked(tx.db, uploadId)) tx.tell('upload.settled', { uploadId })
}
