import { decodeJwt } from 'jose'
import { ClusterId } from '#protocol/ids.ts'
import { type ClusterPlan, JournalAck } from '#protocol/messages.ts'
import { closeOverdue } from '../../../controller/broadcasts/close.ts'
import { planEverything, rollOn } from '../../../controller/broadcasts/replan.ts'
import { JournalRecorder } from '../../../controller/clusters/journal-recorder.ts'
import * as eventStore from '../../../controller/db/events.store.ts'
import { type Database, openDatabase } from '../../../controller/db/open.ts'
import { createPlanner, type Planner, planWaiting } from '../../support/planner.ts'
import { editionOf, type HeldEdition, type HeldPlan, type ModelCluster } from './model-cluster.ts'

const DAY = 86_400_000

/** The controller of the province between two restarts: planner, ledger and journals over one SQLite file. */
interface Office {
  readonly database: Database
  readonly planner: Planner
  readonly recorder: JournalRecorder
}

/** The controller, whatever becomes of its process, and what it has said that clusters have not heard yet. */
export class Controller implements AsyncDisposable {
  readonly #file: string
  readonly #acked: (clusterId: ClusterId, ack: JournalAck) => void
  #office: Office | null = null
  #starts = 0
  /** Clusters whose plan has changed since they took one, with the true time of the change. */
  readonly #news = new Map<ClusterId, number>()
  readonly #editions = new Map<string, HeldEdition>()
  #truth = 0

  constructor(file: string, acked: (clusterId: ClusterId, ack: JournalAck) => void) {
    this.#file = file
    this.#acked = acked
  }

  get planner(): Planner {
    if (!this.#office) throw new Error('the controller is not running')
    return this.#office.planner
  }

  get isRunning(): boolean {
    return this.#office !== null
  }

  /** Its clock may be wrong: `now` is what it shows, `truth` what it is. */
  async start(now: number, truth: number): Promise<void> {
    this.#truth = truth
    const database = openDatabase({ kind: 'sqlite', file: this.#file })
    const planner = await createPlanner(database.db, { now, name: `s${++this.#starts}n` })
    planner.bus.on('plan.changed', ({ clusterId }) => void this.#news.set(clusterId, this.#truth))
    const recorder = new JournalRecorder({
      ...planner,
      devices: {
        publish: async (_name, params, payload) =>
          this.#acked(ClusterId.parse(Object.values(params)[0]), JournalAck.parse(payload)),
      },
    })
    this.#office = { database, planner, recorder }
    await planEverything(planner)
  }

  /** As a power cut does it: what waits in memory is gone. */
  async stop(): Promise<void> {
    await this.#office?.database.db.destroy()
    this.#office = null
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  /** What its ticks and jobs do. */
  async work(now: number, truth: number): Promise<void> {
    this.#truth = truth
    await this.planner.clock.set(now)
    await closeOverdue(this.planner)
    await rollOn(this.planner)
    await planWaiting(this.planner)
  }

  async tidy(): Promise<void> {
    await eventStore.forgetEvents(this.planner.db, this.planner.clock.now() - 7 * DAY)
    if (this.#editions.size > 2_000) this.#editions.clear()
  }

  /** Hands the newest plans to whoever can hear them. The broker keeps the others. */
  async publish(clusters: ReadonlyMap<ClusterId, ModelCluster>): Promise<void> {
    const hearing = [...this.#news.keys()].filter((id) => clusters.get(id)?.isOnline(this.#truth))
    if (hearing.length === 0) return
    const rows = await this.planner.db
      .selectFrom('clusterPlan')
      .select(['clusterId', 'version', 'contentHash', 'validUntil'])
      .where('clusterId', 'in', hearing)
      .execute()
    for (const { clusterId, version, contentHash, validUntil } of rows) {
      const edition = this.#editions.get(contentHash) ?? (await this.#readEdition(clusterId))
      this.#editions.set(contentHash, edition)
      const plan: HeldPlan = { version, validUntil, issuedAt: this.#news.get(clusterId) ?? 0, edition }
      clusters.get(clusterId)?.receive(plan, this.#truth)
      this.#news.delete(clusterId)
    }
  }

  async #readEdition(clusterId: ClusterId): Promise<HeldEdition> {
    const { jws } = await this.planner.db
      .selectFrom('clusterPlan')
      .select('jws')
      .where('clusterId', '=', clusterId)
      .executeTakeFirstOrThrow()
    return editionOf(decodeJwt<Pick<ClusterPlan, 'occurrences' | 'settings'>>(jws))
  }

  /** Takes the journals of whoever can be heard; `isLost` says which messages the network loses. */
  async listen(clusters: Iterable<ModelCluster>, isLost: () => boolean): Promise<void> {
    const { recorder } = this.#office ?? {}
    if (!recorder) return
    let together = 0
    for (const cluster of clusters) {
      if (!cluster.isOnline(this.#truth)) continue
      const batch = cluster.batchAt(this.#truth)
      if (!batch || isLost()) continue
      recorder.record(cluster.id, batch)
      if (++together % 2_000 === 0) await recorder.settled()
    }
    await recorder.settled()
  }
}
