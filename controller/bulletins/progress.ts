import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { progressWriter } from '../jobs/progress.ts'
import * as renditionStore from './renditions.store.ts'

/** A function that stores how far a step of the production is. */
export const progressReporter = (
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'log'>,
  {
    bulletinId,
    versionId,
    step,
  }: { bulletinId: BulletinId; versionId: BulletinVersionId; step: 'speaking' | 'mixing' },
): ((fraction: number) => void) =>
  progressWriter(
    ctx,
    async (tx, progress, at) => {
      await renditionStore.setProgress(tx.db, versionId, { step, progress, at })
      await tx.event('bulletin.progress', bulletinId)
    },
    { versionId },
  )
