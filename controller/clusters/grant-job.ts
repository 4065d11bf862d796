import { z } from 'zod'
import { ClusterId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { defineJob, exponential } from '../jobs/job.ts'
import { MINUTE, SECOND } from '../units.ts'
import * as clusterStore from './clusters.store.ts'

/** Lets an enrolled cluster in at the broker; a broker that is down is asked until it answers. */
export const grantJob = defineJob<{ clusterId: ClusterId }, Pick<Context, 'db' | 'broker'>>({
  kind: 'grant-cluster',
  payload: z.object({ clusterId: ClusterId }),
  timeoutMs: MINUTE,
  attempts: 1_000,
  backoff: exponential({ firstMs: SECOND, maxMs: MINUTE }),
  run: async (job, ctx) => {
    const access = await clusterStore.findAccess(ctx.db, job.payload.clusterId)
    if (access) await ctx.broker.grant(access)
    return { kind: 'done' }
  },
})
