import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClusterId } from '#protocol/ids.ts'
import { OPERATOR } from '../../../controller/accounts/actor.ts'
import { seedAreas } from '../../../controller/areas/seed.ts'
import { migrate, openDatabase } from '../../../controller/db/open.ts'
import { endProgramme } from '../../../controller/programmes/end.ts'
import { type Random, seededRandom } from '../../../firmware-sim/random.ts'
import { type FilledStation, fillStations } from '../../support/stations.ts'
import { EDIT_KINDS, type EditedStation, type EditKind, editSomething } from './edits.ts'
import { ModelCluster } from './model-cluster.ts'
import { Controller } from './office.ts'
import { type Reckoned, reckon } from './reckoning.ts'
import { nothingSpoken, type Spoken } from './spoken.ts'
import { stormsOf, weatherOf } from './weather.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Local midnight before Monday 23 November 2026. */
const START = Date.parse('2026-11-23T00:00+07:00')
const LOOKS_A_DAY = 10
const LOST_MESSAGES = 0.02
/** The longest outage, in which nothing is planned any more, and the grace of the ledger. */
const AFTERMATH_DAYS = 27

export interface YearOptions {
  readonly stations: number
  readonly clustersEach: number
  readonly days: number
  readonly seed: number
  readonly onDay?: (day: number) => void
}

export interface YearFigures extends Reckoned {
  readonly days: number
  readonly clusters: number
  readonly sessions: number
  readonly edits: Readonly<Record<EditKind, number>>
  readonly refusedEdits: number
  readonly restarts: number
  readonly plans: number
  readonly seconds: number
  readonly cpuSeconds: number
}

/** A province from its first day on, in simulated time: people, weather, restarts and a clock that is set. */
export async function simulateProvince(options: YearOptions): Promise<YearFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-year-'))
  try {
    return await new Province(options, join(folder, 'loa.db')).live()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

class Province {
  readonly #options: YearOptions
  readonly #file: string
  readonly #random: Random
  readonly #controller: Controller
  readonly #clusters = new Map<ClusterId, ModelCluster>()
  readonly #spoken: Spoken = nothingSpoken()
  #stations: EditedStation[] = []
  readonly #edits = Object.fromEntries(EDIT_KINDS.map((kind) => [kind, 0])) as Record<EditKind, number>
  #refused = 0
  #restarts = 0
  /** How wrong the controller's clock is, and until when. */
  #clockError = { ms: 0, until: 0 }

  constructor(options: YearOptions, file: string) {
    this.#options = options
    this.#file = file
    this.#random = seededRandom(options.seed)
    this.#controller = new Controller(file, (clusterId, ack) => {
      if (!this.#isLost()) this.#clusters.get(clusterId)?.acknowledge(ack.seq)
    })
  }

  #isLost = (): boolean => this.#random.next() < LOST_MESSAGES

  async live(): Promise<YearFigures> {
    const [startedAt, before] = [performance.now(), process.cpuUsage()]
    await this.#found()
    await using controller = this.#controller
    await controller.start(START, START)
    const { days, onDay } = this.#options
    for (let day = 0; day < days; day++) {
      await this.#liveDay(START + day * DAY)
      onDay?.(day)
    }
    await this.#comeToRest(START + days * DAY)
    const { db } = controller.planner
    const reckoned = await reckon(db, this.#clusters, this.#spoken)
    const { plans } = await db
      .selectFrom('clusterPlan')
      .select((eb) => eb.fn.sum<number>('version').as('plans'))
      .executeTakeFirstOrThrow()
    const { sessions } = await db
      .selectFrom('broadcast')
      .select((eb) => eb.fn.countAll<number>().as('sessions'))
      .executeTakeFirstOrThrow()
    const { user, system } = process.cpuUsage(before)
    return {
      days,
      clusters: this.#clusters.size,
      sessions,
      edits: this.#edits,
      refusedEdits: this.#refused,
      restarts: this.#restarts,
      plans,
      seconds: (performance.now() - startedAt) / 1_000,
      cpuSeconds: (user + system) / 1e6,
      ...reckoned,
    }
  }

  async #found(): Promise<void> {
    const { stations, clustersEach, days } = this.#options
    const database = openDatabase({ kind: 'sqlite', file: this.#file })
    await migrate(database)
    await seedAreas(database.db)
    const filled = await fillStations(database.db, {
      stations,
      clustersEach,
      programmes: 2,
      startsOn: '2026-11-23',
      at: START,
    })
    await database.db.destroy()
    const span = { from: START, until: START + days * DAY }
    const storms = stormsOf(this.#random.fork('storms'), span)
    for (const id of filled.flatMap(({ clusters }) => clusters)) {
      const random = this.#random.fork(id)
      this.#clusters.set(id, new ModelCluster(id, weatherOf(random, span, storms), random))
    }
    this.#stations = filled.map(edited)
  }

  async #liveDay(midnight: number): Promise<void> {
    const looks = Array.from({ length: LOOKS_A_DAY }, () => midnight + Math.floor(this.#random.next() * DAY))
    const restartAt = midnight + Math.floor(this.#random.next() * DAY)
    const backAt = restartAt + (this.#random.next() < 0.1 ? Math.round(this.#random.around(4 * HOUR, 0.9)) : MINUTE)
    if (this.#random.next() < 0.03) this.#setClockWrong(midnight)
    for (const at of [midnight, ...looks, restartAt, backAt].sort((a, b) => a - b)) {
      if (at === restartAt) await this.#controller.stop()
      if (at >= backAt && !this.#controller.isRunning) {
        await this.#controller.start(this.#shown(at), at)
        this.#restarts += 1
      }
      await this.#look(at)
    }
    await this.#controller.tidy()
    for (const cluster of this.#clusters.values()) cluster.tidy(midnight)
  }

  #setClockWrong(midnight: number): void {
    const from = midnight + this.#random.next() * DAY
    this.#clockError = { ms: Math.round((this.#random.next() - 0.5) * 6 * HOUR), until: from + 2 * HOUR }
  }

  #shown = (truth: number): number => truth + (truth < this.#clockError.until ? this.#clockError.ms : 0)

  /** People edit, the controller works, clusters hear of it, play, and tell. */
  async #look(at: number, isEdited = true): Promise<void> {
    if (this.#controller.isRunning) {
      await this.#controller.planner.clock.set(this.#shown(at))
      if (isEdited) await this.#edit(at)
      await this.#controller.work(this.#shown(at), at)
      await this.#controller.publish(this.#clusters)
    }
    for (const cluster of this.#clusters.values()) cluster.advance(at)
    if (this.#controller.isRunning) await this.#controller.listen(this.#clusters.values(), this.#isLost)
  }

  /** Each station is edited twice a week. */
  async #edit(now: number): Promise<void> {
    const desk = { planner: this.#controller.planner, random: this.#random, spoken: this.#spoken, now }
    for (const station of this.#stations) {
      if (this.#random.next() > 2 / 7 / (LOOKS_A_DAY + 3)) continue
      const done = await editSomething(desk, station)
      if (done) this.#edits[done] += 1
      else this.#refused += 1
    }
  }

  /** Nothing is planned any more; the last outages end, and everybody tells what is left to tell. */
  async #comeToRest(until: number): Promise<void> {
    const { planner } = this.#controller
    this.#clockError = { ms: 0, until: 0 }
    await planner.clock.set(until)
    const active = await planner.db.selectFrom('programme').select('id').where('status', '=', 'active').execute()
    for (const { id } of active) {
      await endProgramme(planner, { actor: OPERATOR, id })
      this.#spoken.ended.set(id, until)
    }
    for (let looks = 0; looks < AFTERMATH_DAYS * 2; looks++) await this.#look(until + looks * 12 * HOUR, false)
  }
}

const edited = ({ areaCode, clusters, bulletins, programmes }: FilledStation): EditedStation => ({
  areaCode,
  clusters,
  bulletins: [...bulletins],
  programmes: new Set(programmes.map(({ id }) => id)),
})
