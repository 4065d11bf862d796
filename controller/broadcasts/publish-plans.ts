import type { ClusterId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { groupBy } from '../group-by.ts'
import * as planStore from './plans.store.ts'

type Needs = Pick<Context, 'db' | 'devices' | 'log'>

/** Plans that are under way to the broker together, and noted as taken in one transaction. */
const TOGETHER = 100

/**
 * Hands plans to the broker, which retains them. Whoever changes while others are under way shares the next round; what the
 * broker does not take stays unpublished in the database, and is asked for again.
 */
export class PlanPublisher {
  readonly #ctx: Needs
  readonly #waiting = new Set<ClusterId>()
  #publishing: Promise<void> | null = null

  constructor(ctx: Needs) {
    this.#ctx = ctx
  }

  publish(clusterId: ClusterId): void {
    this.#waiting.add(clusterId)
    this.#publishing ??= this.#publishAll().finally(() => {
      this.#publishing = null
    })
  }

  /** Resolves when the broker has taken, or refused, all that was unpublished: after a start or a lost connection. */
  async publishPending(): Promise<void> {
    for (const clusterId of await planStore.unpublished(this.#ctx.db)) this.publish(clusterId)
    await this.#publishing
  }

  async #publishAll(): Promise<void> {
    // Plans that one transaction has changed are told one after another.
    await Promise.resolve()
    while (this.#waiting.size > 0) {
      const clusterIds = [...this.#waiting].slice(0, TOGETHER)
      for (const clusterId of clusterIds) this.#waiting.delete(clusterId)
      try {
        await publishPlans(this.#ctx, clusterIds)
      } catch (err) {
        this.#ctx.log.warn({ err, clusters: clusterIds.length }, 'plans not published yet')
      }
    }
  }
}

async function publishPlans(ctx: Needs, clusterIds: readonly ClusterId[]): Promise<void> {
  const plans = await planStore.signedPlans(ctx.db, clusterIds)
  const sent = await Promise.allSettled(
    plans.map(async (plan) => {
      await ctx.devices.publish('plan', { clusterId: plan.clusterId }, plan.jws)
      return plan
    }),
  )
  const taken = sent.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  await ctx.db.transaction().execute(async (tx) => {
    for (const [version, same] of groupBy(taken, (plan) => plan.version))
      await planStore.setPublished(
        tx,
        same.map(({ clusterId }) => clusterId),
        version,
      )
  })
  const refused = sent.find((one) => one.status === 'rejected')
  if (refused) throw refused.reason
}
