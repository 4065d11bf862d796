import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import * as renditionStore from './renditions.store.ts'

const EVERY_MS = 500

/**
 * A function that stores how far a step is, at most twice a second and never two writes at once. Progress is for the
 * eye: a write that fails is logged and the work goes on.
 */
export function progressReporter(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'log'>,
  of: { bulletinId: BulletinId; versionId: BulletinVersionId; step: 'speaking' | 'mixing' },
): (fraction: number) => void {
  let lastAt = Number.NEGATIVE_INFINITY
  let isWriting = false
  return (fraction) => {
    const at = ctx.clock.now()
    if (isWriting || at - lastAt < EVERY_MS) return
    lastAt = at
    isWriting = true
    const progress = Math.min(1, Math.max(0, fraction))
    transact(ctx, async (tx) => {
      await renditionStore.setProgress(tx.db, of.versionId, { step: of.step, progress, at })
      await tx.event('bulletin.progress', of.bulletinId)
    })
      .catch((err: unknown) => ctx.log.warn({ err, versionId: of.versionId }, 'progress not stored'))
      .finally(() => {
        isWriting = false
      })
  }
}
