import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict } from '../errors.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import { tellOf } from './settle.ts'
import * as uploadStore from './uploads.store.ts'

/** Sets the checking of an upload going again that a fault of the server has stopped. */
export async function recheckUpload(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  upload: Pick<uploadStore.UploadRow, 'id' | 'bulletinId' | 'areaCode'>,
): Promise<void> {
  const { id } = upload
  await transact(ctx, async (tx) => {
    const again = { state: 'checking', progress: 0, findingsJson: '[]', updatedAt: ctx.clock.now() } as const
    if (!(await uploadStore.transitionUpload(tx.db, id, 'unchecked', again))) throw conflict('upload.cannotRecheck')
    await enqueueJob(ctx, tx, { kind: 'ingest', key: id, payload: { uploadId: id } })
    await tellOf(tx, upload, 'bulletin.changed')
  })
}
