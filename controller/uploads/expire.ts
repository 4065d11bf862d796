import { UploadId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { DAY, HOUR } from '../units.ts'
import { cancelUpload } from './cancel.ts'
import { idleFiles, removeUploadFile } from './folder.ts'
import * as uploadStore from './uploads.store.ts'

/** How long an unfinished upload may be resumed. */
const EXPIRES_MS = DAY
/** A file without an upload in flight is left from a process that died; one so young may be about to get its row. */
const ORPHAN_AFTER_MS = HOUR

export const hasExpired = ({ state, createdAt }: uploadStore.UploadRow, now: number): boolean =>
  state === 'receiving' && now - createdAt > EXPIRES_MS

/** Forgets unfinished uploads that nobody has resumed within a day, and files that belong to none. */
export async function expireUploads(ctx: Pick<Context, 'db' | 'clock' | 'dataDir'>): Promise<void> {
  const now = ctx.clock.now()
  for (const { id } of await uploadStore.listReceiving(ctx.db, now - EXPIRES_MS)) await cancelUpload(ctx, { id })
  const idle = await idleFiles(ctx.dataDir, now - ORPHAN_AFTER_MS)
  const known = await uploadStore.knownInFlight(ctx.db, idle)
  for (const name of idle) {
    const id = UploadId.safeParse(name)
    if (id.success && !known.has(name)) await removeUploadFile(ctx.dataDir, id.data)
  }
}
