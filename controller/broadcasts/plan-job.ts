import { z } from 'zod'
import { AreaCode } from '#protocol/ids.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import { enqueueReviews } from '../programmes/inbox/enqueue-reviews.ts'
import * as placementStore from '../programmes/placements.store.ts'
import { MINUTE, SECOND } from '../units.ts'
import { type PlanNeeds, planStation } from './plan-station.ts'

export const planJob = defineJob<{ areaCode: string }, PlanNeeds>({
  kind: 'plan-station',
  payload: z.object({ areaCode: AreaCode }),
  timeoutMs: 2 * MINUTE,
  // Planning needs nothing but the database: it is tried until it works.
  attempts: 1_000,
  backoff: exponential({ firstMs: SECOND, maxMs: MINUTE }),
  run: async (job, ctx) => {
    const { areaCode } = job.payload
    await planStation(ctx, job.payload)
    return {
      kind: 'done',
      commit: async (tx) => {
        const now = ctx.clock.now()
        const { date: today } = civilTime(now, DEFAULT_STATION.timeZone)
        // Not before: a session that loses all it had remembers that it was withdrawn, or has expired.
        await placementStore.clearVoid(tx.db, areaCode, { now, today })
        await enqueueReviews(ctx, tx, areaCode)
      },
    }
  },
})
