import { ClusterId } from '#protocol/ids.ts'
import { topics } from '#protocol/topics.ts'
import * as planStore from '../broadcasts/plans.store.ts'
import type { Context } from '../context.ts'
import type { Recall } from './broker-memory.ts'

/** Plans are stored before they are published: a broker in this process need not hold thousands of them a second time. */
export const recallPlans = (ctx: Pick<Context, 'db' | 'log'>): Recall => ({
  keeps: (topic) => topics.plan.match(topic) !== null,
  read: async (topic) => {
    const clusterId = ClusterId.safeParse(topics.plan.match(topic)?.clusterId)
    if (!clusterId.success) return null
    try {
      return (await planStore.findPlan(ctx.db, clusterId.data))?.jws ?? null
    } catch (err) {
      // The cluster keeps the plan that it has, and asks again when it connects anew.
      ctx.log.warn({ err, topic }, 'plan not read for the broker')
      return null
    }
  },
})
