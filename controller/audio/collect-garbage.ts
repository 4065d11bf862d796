import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { DAY } from '../units.ts'
import * as assetStore from './assets.store.ts'

/** A file is put before its row is written; a job that takes longer has long been given up. */
const ROW_FOLLOWS_WITHIN_MS = DAY
const BATCH = 500

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'config' | 'store'>

/**
 * Removes audio that nothing has named for the days that the settings say: first it is marked, then its row goes if still
 * nothing names it, then its file as one that has no row. Those days are more than a plan is valid, so that what a
 * broadcast has dropped outlives every plan that may still name it.
 */
export async function collectGarbage(ctx: Needs): Promise<{ removed: number; files: number }> {
  const now = ctx.clock.now()
  await assetStore.markUnused(ctx.db, now)
  const removed = await transact(ctx, (tx) => assetStore.removeUnused(tx.db, now - ctx.config.keepUnusedAudioMs))
  return { removed: removed.length, files: await sweepFiles(ctx, now - ROW_FOLLOWS_WITHIN_MS) }
}

/** Removes files without a row that were put before an instant, whatever left them behind. */
export async function sweepFiles({ db, store }: Pick<Needs, 'db' | 'store'>, before: number): Promise<number> {
  let removed = 0
  let batch: string[] = []
  const flush = async (): Promise<void> => {
    const known = await assetStore.knownAssets(db, batch)
    for (const sha256 of batch) if (!known.has(sha256) && (await store.remove(sha256, before))) removed += 1
    batch = []
  }
  for await (const sha256 of store.idle(before)) {
    batch.push(sha256)
    if (batch.length === BATCH) await flush()
  }
  await flush()
  return removed
}
