import type { ClusterId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import * as planStore from './plans.store.ts'

const BATCH = 500

type Needs = Pick<Context, 'db' | 'devices' | 'log'>

/** Hands one cluster's latest plan to the broker, which retains it. */
export async function publishPlan(ctx: Needs, clusterId: ClusterId): Promise<void> {
  const plan = await planStore.findPlan(ctx.db, clusterId)
  if (!plan) return
  await ctx.devices.publish('plan', { clusterId }, plan.jws)
  await planStore.setPublished(ctx.db, clusterId, plan.version)
}

/** Publishes whatever the broker has not taken yet: after a start, a lost connection or a full queue. */
export async function publishPending(ctx: Needs): Promise<void> {
  for (;;) {
    const clusterIds = await planStore.unpublished(ctx.db, BATCH)
    for (const clusterId of clusterIds) await publishPlan(ctx, clusterId)
    if (clusterIds.length < BATCH) return
  }
}
