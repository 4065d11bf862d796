import { UploadId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { DAY, HOUR } from '../units.ts'
import { cancelUpload } from './cancel.ts'
import { idleFiles, removeUploadFile, touchedAt } from './folder.ts'
import { tellOf } from './settle.ts'
import * as uploadStore from './uploads.store.ts'

/** How long an unfinished upload may be resumed, from when something of it came last. */
const EXPIRES_MS = DAY
/** How long a file is kept that a fault of the server has kept from being checked. */
const UNCHECKED_MS = 7 * DAY
/** A file without an upload in flight is left from a process that died; one so young may be about to get its row. */
const ORPHAN_AFTER_MS = HOUR

/** Whether nothing of an unfinished upload has come for a day. */
export async function hasExpired(
  ctx: Pick<Context, 'clock' | 'dataDir'>,
  { id, state, createdAt }: Pick<uploadStore.UploadRow, 'id' | 'state' | 'createdAt'>,
): Promise<boolean> {
  const before = ctx.clock.now() - EXPIRES_MS
  if (state !== 'receiving' || createdAt >= before) return false
  return ((await touchedAt(ctx.dataDir, id)) ?? createdAt) < before
}

/** Forgets uploads of which nothing has come for a day, files that nobody had checked again, and those that belong to none. */
export async function expireUploads(ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'dataDir'>): Promise<void> {
  const now = ctx.clock.now()
  for (const upload of await uploadStore.listReceiving(ctx.db, now - EXPIRES_MS)) {
    if (await hasExpired(ctx, upload)) await cancelUpload(ctx, upload)
  }
  for (const upload of await uploadStore.listUnchecked(ctx.db, now - UNCHECKED_MS)) await giveUp(ctx, upload)
  const idle = await idleFiles(ctx.dataDir, now - ORPHAN_AFTER_MS)
  const known = await uploadStore.knownInFlight(ctx.db, idle)
  for (const name of idle) {
    const id = UploadId.safeParse(name)
    if (id.success && !known.has(name)) await removeUploadFile(ctx.dataDir, id.data)
  }
}

async function giveUp(
  ctx: Pick<Context, 'db' | 'bus' | 'clock'>,
  upload: Pick<uploadStore.UploadRow, 'id' | 'bulletinId' | 'areaCode'>,
): Promise<void> {
  const findingsJson = JSON.stringify([{ key: 'upload.notKept', values: { days: UNCHECKED_MS / DAY } }])
  await transact(ctx, async (tx) => {
    const end = { state: 'refused', findingsJson, updatedAt: ctx.clock.now() } as const
    if (!(await uploadStore.transitionUpload(tx.db, upload.id, 'unchecked', end))) return
    await tellOf(tx, upload, 'bulletin.changed')
    tx.tell('upload.settled', { uploadId: upload.id })
  })
}
