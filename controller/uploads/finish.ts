import type { UploadId } from '#protocol/ids.ts'
import { attachRecording } from '../bulletins/attach-recording.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import { receivedBytes, syncUploadFile } from './folder.ts'
import { tellOf } from './settle.ts'
import * as uploadStore from './uploads.store.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'dataDir'>

/** Hands a file that has come whole over to its checking; may be called at any time, and twice. */
export async function finishUpload(ctx: Needs, { id }: { id: UploadId }): Promise<void> {
  const upload = await uploadStore.findUpload(ctx.db, id)
  if (upload?.state !== 'receiving' || (await receivedBytes(ctx.dataDir, id)) !== upload.announcedBytes) return
  await syncUploadFile(ctx.dataDir, id)
  await transact(ctx, async (tx) => {
    const updatedAt = ctx.clock.now()
    if (!(await uploadStore.transitionUpload(tx.db, id, 'receiving', { state: 'checking', updatedAt }))) return
    const { bulletinId, language } = upload
    if (bulletinId && language) await attachRecording(ctx, tx, { bulletinId, language, uploadId: id })
    await enqueueJob(ctx, tx, { kind: 'ingest', key: id, payload: { uploadId: id } })
    await tellOf(tx, upload, 'bulletin.changed')
  })
}

/** Files whose last byte came just before the process died; for the start of the process. */
export async function finishWhole(ctx: Needs & Pick<Context, 'log'>): Promise<void> {
  for (const { id } of await uploadStore.listReceiving(ctx.db)) {
    await finishUpload(ctx, { id }).catch((err: unknown) => ctx.log.warn({ err, uploadId: id }, 'upload not finished'))
  }
}
