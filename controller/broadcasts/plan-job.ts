import { z } from 'zod'
import { AreaCode } from '#protocol/ids.ts'
import { defineJob, exponential } from '../jobs/job.ts'
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
    await planStation(ctx, job.payload)
    return { kind: 'done' }
  },
})
