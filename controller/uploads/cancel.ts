import type { UploadId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { removeUploadFile } from './folder.ts'
import * as uploadStore from './uploads.store.ts'

/** Forgets a file that is still on its way; what has come whole is left alone. */
export async function cancelUpload(ctx: Pick<Context, 'db' | 'dataDir'>, { id }: { id: UploadId }): Promise<void> {
  if (await uploadStore.abandonUpload(ctx.db, id)) await removeUploadFile(ctx.dataDir, id)
}
