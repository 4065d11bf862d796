import { replaceRecording } from '../bulletins/attach-recording.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { progressWriter } from '../jobs/progress.ts'
import type { Finding } from './findings.ts'
import * as uploadStore from './uploads.store.ts'

type Outcome =
  | { readonly state: 'ready'; readonly sha256: string; readonly notes: readonly Finding[] }
  | { readonly state: 'refused'; readonly notes: readonly Finding[] }

/** Ends the checking of an upload; the file that was brought goes once that is written. */
export function settleUpload(
  ctx: Pick<Context, 'clock'>,
  upload: uploadStore.UploadRow,
  outcome: Outcome,
  before: (tx: Tx, at: number) => Promise<void> = async () => {},
): { readonly kind: 'done'; readonly commit: (tx: Tx) => Promise<void> } {
  return {
    kind: 'done',
    commit: async (tx) => {
      const updatedAt = ctx.clock.now()
      await before(tx, updatedAt)
      const { id: uploadId, bulletinId, language, createdAt: broughtAt } = upload
      const isOurs = await uploadStore.transitionUpload(tx.db, uploadId, 'checking', {
        state: outcome.state,
        sha256: outcome.state === 'ready' ? outcome.sha256 : null,
        findingsJson: JSON.stringify(outcome.notes),
        progress: 1,
        updatedAt,
      })
      if (isOurs && outcome.state === 'ready' && bulletinId && language) {
        await replaceRecording(ctx, tx, { bulletinId, language, uploadId, broughtAt })
      }
      await tellOf(tx, upload, 'bulletin.changed')
      tx.tell('upload.settled', { uploadId })
    },
  }
}

/** Ends the checking of an upload of which nothing could be found out; its file is kept, so that it can be checked again. */
export async function leaveUnchecked(
  ctx: Pick<Context, 'clock'>,
  tx: Tx,
  upload: uploadStore.UploadRow,
  fault: Finding,
): Promise<void> {
  await uploadStore.transitionUpload(tx.db, upload.id, 'checking', {
    state: 'unchecked',
    findingsJson: JSON.stringify([fault]),
    updatedAt: ctx.clock.now(),
  })
  await tellOf(tx, upload, 'bulletin.changed')
}

/** A function that stores how far the checking is. */
export const checkingProgress = (
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'log'>,
  upload: uploadStore.UploadRow,
): ((fraction: number) => void) =>
  progressWriter(
    ctx,
    async (tx, progress, updatedAt) => {
      await uploadStore.transitionUpload(tx.db, upload.id, 'checking', { progress, updatedAt })
      await tellOf(tx, upload, 'bulletin.progress')
    },
    { uploadId: upload.id },
  )

/** The page that shows it is told: of the bulletin that it is a recording of, or of the station's library. */
export async function tellOf(
  tx: Tx,
  { bulletinId, areaCode }: Pick<uploadStore.UploadRow, 'bulletinId' | 'areaCode'>,
  ofBulletin: 'bulletin.changed' | 'bulletin.progress',
): Promise<void> {
  if (bulletinId) await tx.event(ofBulletin, bulletinId)
  if (areaCode) await tx.event('asset.changed', areaCode)
}
