import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { unpublished } from '../../controller/broadcasts/plans.store.ts'
import { planEverything, rollOn } from '../../controller/broadcasts/replan.ts'
import { systemClock } from '../../controller/clock.ts'
import { tickLedger } from '../../controller/ticks.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { type FilledStation, fillStations } from '../support/stations.ts'
import { until } from '../support/until.ts'
import { barePlanning } from './planning-bare.ts'
import { type ChangeFigures, spreadChange } from './planning-change.ts'

const START = Date.parse('2026-11-23T08:00+07:00')
const DAY = 86_400_000

/** What planning all stations took, by the clock on the wall and by the processor. */
interface PlanningRun {
  readonly seconds: number
  readonly cpuSeconds: number
  /** Until the broker had the last plan, too. */
  readonly publishedSeconds: number
  /** How late the event loop was meanwhile, and how long the API took to answer; promised is 100 ms. */
  readonly lagP99Ms: number
  readonly lagMaxMs: number
  readonly apiP50Ms: number
  readonly apiMaxMs: number
  /** The whole process, with the benchmark and the compiler of its sources in it; promised are 400 MB without. */
  readonly peakRssMb: number
}

export interface PlanningFigures {
  readonly clusters: number
  readonly sessions: number
  readonly planBytes: number
  /** Before anything was planned. */
  readonly baseRssMb: number
  /** Nothing was planned yet; promised are 30 s. */
  readonly full: PlanningRun
  /** The day after: every plan loses a day and gains one. */
  readonly rolled: PlanningRun
  /** Signing plans of that size and writing the same rows, with nothing around it. */
  readonly bareSeconds: number
  readonly bareCpuSeconds: number
  readonly cpuRatio: number
  /** To find that nothing has changed: by the tick that looks, and when a station is planned nevertheless. */
  readonly tickMsPerStation: number
  readonly unchangedCpuMsPerStation: number
  /** One programme's change, from the request to the last of its commune's clusters; promised is a second. */
  readonly change: ChangeFigures
}

/** A week of 10,000 clusters, planned, signed, stored and published by a whole controller with its embedded broker. */
export async function planningBench(
  options: { stations?: number; clustersEach?: number } = {},
): Promise<PlanningFigures> {
  const { stations = 167, clustersEach = 60 } = options
  let ahead = START - systemClock.now()
  const clock = { ...systemClock, now: () => systemClock.now() + ahead }
  await using t = await startTestController({ overrides: { clock } })
  const { ctx } = t.controller
  const filled = await fillStations(ctx.db, { stations, clustersEach, startsOn: '2026-11-23', at: clock.now() })
  const baseRssMb = process.memoryUsage.rss() / 2 ** 20
  const full = await measured(t, filled, () => planEverything(ctx))
  const unchanged = process.cpuUsage()
  await planEverything(ctx)
  await planned(t)
  const unchangedCpuMs = cpuSecondsSince(unchanged) * 1_000
  const tickedAt = performance.now()
  await rollOn(ctx)
  const tickMs = performance.now() - tickedAt
  ahead += DAY
  await tickLedger(ctx, clock.now())
  const rolled = await measured(t, filled, () => rollOn(ctx))
  const change = await spreadChange(t, filled)
  // Last, since it reads everything into memory at once.
  const bare = await barePlanning(ctx.db, ctx.dataDir)
  return {
    ...bare.of,
    baseRssMb,
    full,
    rolled,
    bareSeconds: bare.seconds,
    bareCpuSeconds: bare.cpuSeconds,
    cpuRatio: full.cpuSeconds / bare.cpuSeconds,
    tickMsPerStation: tickMs / stations,
    unchangedCpuMsPerStation: unchangedCpuMs / stations,
    change,
  }
}

async function measured(
  t: TestController,
  [first]: readonly FilledStation[],
  deed: () => Promise<void>,
): Promise<PlanningRun> {
  const admin = await t.signIn()
  const lag = monitorEventLoopDelay({ resolution: 1 })
  const answers: number[] = []
  let peak = 0
  let isOver = false
  const asking = (async () => {
    while (!isOver) {
      peak = Math.max(peak, process.memoryUsage.rss())
      const askedAt = performance.now()
      await admin.get(`/api/programmes?areaCode=${first?.areaCode}`)
      answers.push(performance.now() - askedAt)
      await delay(50)
    }
  })()
  lag.enable()
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  await deed()
  await planned(t)
  const [seconds, cpuSeconds] = [(performance.now() - startedAt) / 1_000, cpuSecondsSince(cpu)]
  await published(t)
  const publishedSeconds = (performance.now() - startedAt) / 1_000
  lag.disable()
  isOver = true
  await asking
  answers.sort((a, b) => a - b)
  return {
    seconds,
    cpuSeconds,
    publishedSeconds,
    lagP99Ms: lag.percentile(99) / 1e6,
    lagMaxMs: lag.max / 1e6,
    apiP50Ms: answers[Math.floor(answers.length / 2)] ?? 0,
    apiMaxMs: answers.at(-1) ?? 0,
    peakRssMb: peak / 2 ** 20,
  }
}

const PATIENCE_MS = 10 * 60_000

const planned = ({ controller }: TestController): Promise<unknown> =>
  until(
    'every station to be planned',
    async () => {
      const waiting = await controller.ctx.db
        .selectFrom('job')
        .select('id')
        .where('kind', '=', 'plan-station')
        .where('state', '=', 'waiting')
        .limit(1)
        .execute()
      return waiting.length === 0
    },
    PATIENCE_MS,
  )

const published = ({ controller }: TestController): Promise<unknown> =>
  until('every plan to be published', async () => (await unpublished(controller.ctx.db)).length === 0, PATIENCE_MS)

function cpuSecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
