import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClusterId } from '#protocol/ids.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { silencedBy } from '#protocol/rules/silences.ts'
import * as stationStore from '../../controller/areas/stations.store.ts'
import { plannedDays } from '../../controller/broadcasts/planned-days.ts'
import { isFinal } from '../../controller/broadcasts/reconcile.ts'
import { explainMoment } from '../../controller/broadcasts/why/explain-moment.ts'
import type { WhyFacts } from '../../controller/broadcasts/why/facts.ts'
import type { Finding } from '../../controller/broadcasts/why/finding.ts'
import { loadFacts } from '../../controller/broadcasts/why/load-facts.ts'
import * as clusterStore from '../../controller/clusters/clusters.store.ts'
import * as programmeStore from '../../controller/programmes/programmes.store.ts'
import { targetedClusters } from '../../controller/programmes/targets.ts'
import { changes } from './planning/deeds.ts'
import { TIME_ZONE } from './planning/world.ts'
import { openWeekStation, type Story, type WeekStation } from './week-station.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const DAYS = 7

const story: fc.Arbitrary<Story> = fc.record({
  kind: fc.constantFrom('whole', 'whole', 'cut', 'skipped', 'endless', 'silent'),
  lateMs: fc.constantFrom(20, 4 * MINUTE),
  pausedMs: fc.constantFrom(0, 0, 3 * MINUTE),
})
const question = fc.record({
  cluster: fc.nat(),
  /** When of the day it is asked, or how long after the start of the next session. */
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  sinceStartMs: fc.option(fc.integer({ min: -MINUTE, max: 9 * MINUTE })),
  /** About that very moment, the same time of another day, or any. */
  about: fc.constantFrom('now', 'now', 'near', 'near', 'any'),
  nearDays: fc.integer({ min: -2, max: 8 }),
  anyMs: fc.integer({ min: -2 * DAY, max: 9 * DAY }),
})
const day = fc.record({
  deeds: fc.array(changes, { maxLength: 2 }),
  stories: fc.array(story, { minLength: 11, maxLength: 11 }),
  questions: fc.array(question, { minLength: 12, maxLength: 12 }),
})

test('through a week of a station, what is said of a moment agrees with its ledger, its plans and its programmes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(day, { minLength: DAYS, maxLength: DAYS }), async (days) => {
      await using station = await openWeekStation()
      const { clock } = station.planner
      for (const { deeds, stories, questions } of days) {
        for (const deed of deeds) await station.do(deed)
        const morning = clock.now()
        for (const one of [...questions].sort((a, b) => a.share - b.share)) {
          const about = Math.floor(morning + one.share * DAY)
          const start = one.sinceStartMs === null ? null : await firstStart(station, about)
          await station.passTo(Math.max(clock.now(), start === null ? about : start + (one.sinceStartMs ?? 0)), stories)
          const at = clock.now() + { now: 0, near: one.nearDays * DAY, any: one.anyMs }[one.about]
          await ask(station, at, nthOf(station, one.cluster))
        }
      }
      // The last moment of each is past its planned end where it began late or was paused.
      for (const { clusterId, until } of station.sounded.slice(-20))
        if (until !== null) await ask(station, until - 1, clusterId)
    }),
    { numRuns: 1, seed: 766 },
  )
}, 30_000)

async function firstStart({ planner, world }: WeekStation, after: number): Promise<number | null> {
  const row = await planner.db
    .selectFrom('broadcast')
    .select((eb) => eb.fn.min<number | null>('startAt').as('at'))
    .where('areaCode', '=', world.areaCode)
    .where('status', '=', 'planned')
    .where('startAt', '>', after)
    .executeTakeFirst()
  return row?.at ?? null
}

function nthOf({ world: { clusters } }: WeekStation, nth: number): ClusterId {
  const id = clusters[nth % clusters.length]
  if (id === undefined) throw new Error('there is no cluster to ask about')
  return id
}

async function ask(station: WeekStation, at: number, id: ClusterId): Promise<void> {
  const { planner, world } = station
  const cluster = await clusterStore.findCluster(planner.db, id)
  const place = await stationStore.findStation(planner.db, world.areaCode)
  if (!cluster || !place) throw new Error('the station has gone')
  const facts = await loadFacts(planner, { cluster, station: place, at })
  const finding = explainMoment(facts)
  await expectHeardAsTold(station, cluster.id, facts, finding)
  if (finding.kind === 'no-programme') return expectNextTakesPlace(station, cluster.id, facts, finding)
  await expectItsProgramme(station, cluster.id, finding)
  await expectItsRow(station, cluster.id, facts, finding)
}

/** What the cluster says that it sounded then is what is told, whatever the ledger and the calendars say. */
async function expectHeardAsTold(
  { sounded }: WeekStation,
  clusterId: ClusterId,
  { at, now }: WhyFacts,
  finding: Finding,
): Promise<void> {
  const own = sounded.filter((one) => one.clusterId === clusterId && one.from <= at)
  const known = own.filter(({ until, from }) => (until === null ? now < from + MINUTE && at <= now : at < until))
  if (known.length === 0) return
  const told = 'session' in finding && finding.kind !== 'over' ? finding.session?.broadcast.id : undefined
  // One of which nothing more was heard may have gone on.
  expect(own.filter(({ until }) => until === null || at < until).map(({ broadcastId }) => broadcastId)).toContain(told)
}

async function expectNextTakesPlace(
  { planner, world }: WeekStation,
  clusterId: ClusterId,
  { at, now, quietHours, silences }: WhyFacts,
  { next }: Extract<Finding, { kind: 'no-programme' }>,
): Promise<void> {
  if (next === null) return
  expect(next.startAt).toBeGreaterThan(at)
  expect(touchesQuiet(next.startAt, 1, quietHours, TIME_ZONE)).toBe(false)
  expect(silencedBy(next.startAt, 1, clusterId, silences)).toBeNull()
  if (next.startAt >= plannedDays(now, TIME_ZONE).until) return
  const rows = await planner.db
    .selectFrom('broadcast')
    .innerJoin('delivery', 'delivery.broadcastId', 'broadcast.id')
    .select(['broadcast.status', 'delivery.state', 'delivery.reason'])
    .where('broadcast.areaCode', '=', world.areaCode)
    .where('broadcast.startAt', '=', next.startAt)
    .where('delivery.clusterId', '=', clusterId)
    .execute()
  const taking = rows.filter(({ status, state }) => status !== 'cancelled' && state !== 'missed' && state !== 'refused')
  expect(taking).not.toEqual([])
}

type About = Exclude<Finding, { kind: 'no-programme' }>

async function expectItsProgramme(
  { planner, world }: WeekStation,
  clusterId: ClusterId,
  finding: About,
): Promise<void> {
  const programme = await programmeStore.findProgramme(planner.db, finding.programme.id)
  const isFor = programme !== null && targetedClusters(programme.targets, world.areaCode, [clusterId]).length > 0
  const isOwed = finding.session !== null && finding.session.delivery !== null
  // What was once for it stays in its ledger.
  if (!isOwed) expect(isFor).toBe(finding.kind !== 'not-targeted' && finding.kind !== 'excluded')
}

const PROMISES: readonly Finding['kind'][] = ['will-play', 'will-wait', 'will-pause', 'will-be-cut']

async function expectItsRow(
  station: WeekStation,
  clusterId: ClusterId,
  { now }: WhyFacts,
  { kind, session }: About,
): Promise<void> {
  if (!session) return
  const { id, startAt } = session.broadcast
  const row = await station.planner.db
    .selectFrom('delivery')
    .innerJoin('broadcast', 'broadcast.id', 'delivery.broadcastId')
    .select(['delivery.state', 'broadcast.status'])
    .where('delivery.broadcastId', '=', id)
    .where('delivery.clusterId', '=', clusterId)
    .executeTakeFirst()
  if (kind === 'playing' || kind === 'paused') expect(row?.state).toBe('playing')
  if (row && isFinal(row.state) && row.state === kind) return
  const isInPlan = (await station.planOf(clusterId)).has(id)
  if (PROMISES.includes(kind)) expect([now < startAt, row?.status, isInPlan]).toEqual([true, 'planned', true])
  if (kind === 'cannot-play') expect(isInPlan).toBe(false)
  if (kind === 'plan-full') expect.fail('a plan of so few sessions has room for all of them')
}
