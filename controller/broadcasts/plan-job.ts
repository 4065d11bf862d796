import { z } from 'zod'
import { AreaCode } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import { MINUTE, SECOND } from '../units.ts'
import { planStation } from './plan-station.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'signingKey' | 'publicUrl' | 'ffmpeg' | 'config'>

export const planJob = defineJob<{ areaCode: string }, Needs>({
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
