import { z } from 'zod'
import { AreaCode, BulletinId } from '#protocol/ids.ts'
import type { Context } from '../../context.ts'
import { defineJob, exponential } from '../../jobs/job.ts'
import { MINUTE, SECOND } from '../../units.ts'
import { reviewItem } from './review.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>

export const reviewJob = defineJob<{ areaCode: string; bulletinId: BulletinId }, Needs>({
  kind: 'review-inbox',
  payload: z.object({ areaCode: AreaCode, bulletinId: BulletinId }),
  timeoutMs: MINUTE,
  // It needs nothing but the database, and a priority bulletin must not be forgotten.
  attempts: 1_000,
  backoff: exponential({ firstMs: SECOND, maxMs: MINUTE }),
  run: async (job, ctx) => {
    await reviewItem(ctx, job.payload)
    return { kind: 'done' }
  },
})
