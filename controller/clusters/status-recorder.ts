import type { ClusterId } from '#protocol/ids.ts'
import type { ClusterStatus } from '#protocol/messages.ts'
import { knownCodecs } from '#protocol/rules/codec.ts'
import { RELAY_FEATURE } from '#protocol/rules/relay.ts'
import * as planStore from '../broadcasts/plans.store.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import * as clusterStore from './clusters.store.ts'
import { SILENT_AFTER_MS } from './presence.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'log' | 'newId'>

/**
 * Stores the latest status of each cluster, many in one transaction. Only the newest counts, so what waits is bounded by
 * the number of clusters, and losing it in a crash costs a minute: status repeats.
 */
export class StatusRecorder implements AsyncDisposable {
  readonly #ctx: Needs
  readonly #waiting = new Map<ClusterId, ClusterStatus>()
  /** What the screen shows of each cluster; an event is worth writing only when that changes. */
  readonly #shown = new Map<ClusterId, string>()
  /** Versions that were sent anew to clusters which held to an older one. */
  readonly #sentAnew = new Map<ClusterId, number>()
  #flushing: Promise<void> | null = null

  constructor(ctx: Needs) {
    this.#ctx = ctx
  }

  record(clusterId: ClusterId, status: ClusterStatus): void {
    this.#waiting.set(clusterId, status)
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#flushing
  }

  async #flush(): Promise<void> {
    // Whatever arrives while this waits for its turn joins the same transaction.
    await Promise.resolve()
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting]
      this.#waiting.clear()
      try {
        await this.#write(batch)
      } catch (err) {
        this.#ctx.log.error({ err, clusters: batch.length }, 'status not stored')
      }
    }
  }

  async #write(batch: readonly [ClusterId, ClusterStatus][]): Promise<void> {
    await transact(this.#ctx, async (tx) => {
      const steady: [ClusterId, ClusterStatus][] = []
      for (const [clusterId, status] of batch) {
        const at = this.#ctx.clock.now()
        await clusterStore.recordStatus(tx.db, clusterId, status, { at, silentSince: at - SILENT_AFTER_MS })
        const codecs = knownCodecs(status.codecs).join()
        const features = status.features?.includes(RELAY_FEATURE) ? RELAY_FEATURE : ''
        const shown = JSON.stringify([
          codecs,
          features,
          status.planVersion,
          status.upcoming,
          status.clock.synchronised,
          status.power,
        ])
        if (this.#shown.get(clusterId) === shown) {
          steady.push([clusterId, status])
          continue
        }
        this.#shown.set(clusterId, shown)
        const areaCode = await clusterStore.recordAbilities(tx.db, clusterId, { codecs, features })
        if (areaCode !== null) await enqueuePlan(this.#ctx, tx, areaCode)
        await tx.event('cluster.changed', clusterId)
      }
      await this.#sendAnew(tx, steady)
    })
  }

  /**
   * Who says twice that it holds an older plan has not been given the newest: a broker may have retained the older one, if a
   * controller that had lost its connection was late with it. Each version is sent anew once.
   */
  async #sendAnew(tx: Tx, steady: readonly [ClusterId, ClusterStatus][]): Promise<void> {
    const plans = await planStore.plansOf(
      tx.db,
      steady.map(([clusterId]) => clusterId),
    )
    for (const [clusterId, { planVersion }] of steady) {
      const wanted = plans.get(clusterId)?.version ?? 0
      if ((planVersion ?? 0) >= wanted || this.#sentAnew.get(clusterId) === wanted) continue
      this.#sentAnew.set(clusterId, wanted)
      tx.tell('plan.changed', { clusterId })
    }
  }
}
