import type { Programme } from '#protocol/http/programmes.ts'
import { PutProgramme } from '#protocol/http/programmes.ts'
import type { BulletinId, BulletinVersionId, ClusterId, ProgrammeId } from '#protocol/ids.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { OPERATOR } from '../../../controller/accounts/actor.ts'
import * as airingRulesStore from '../../../controller/areas/airing-rules.store.ts'
import * as stationStore from '../../../controller/areas/stations.store.ts'
import { DEFAULT_STATION } from '../../../controller/areas/stations.ts'
import { cancelBroadcast } from '../../../controller/broadcasts/cancel.ts'
import { enqueuePlan, enqueuePlansOf, rollOn } from '../../../controller/broadcasts/replan.ts'
import type { Tables } from '../../../controller/db/schema.ts'
import { type Tx, transact } from '../../../controller/db/transact.ts'
import { DomainError } from '../../../controller/errors.ts'
import { createProgramme } from '../../../controller/programmes/create.ts'
import { endProgramme } from '../../../controller/programmes/end.ts'
import { putException, removeException } from '../../../controller/programmes/exceptions.ts'
import { readyBulletins } from '../../../controller/programmes/session/ready-bulletins.store.ts'
import { updateProgramme } from '../../../controller/programmes/update.ts'
import { insertCluster } from '../../db/rows.ts'
import type { Planner } from '../../support/planner.ts'
import { airableBulletin } from '../../support/stations.ts'
import type { Deed, Series } from './deeds.ts'

export const TIME_ZONE = DEFAULT_STATION.timeZone
const HOUR = 3_600_000

interface Silence {
  readonly from: number
  readonly until: number
  readonly clusters: 'all' | readonly ClusterId[]
}

/** One station, and what was done to it, as the people there would remember it. */
export interface World {
  readonly areaCode: string
  readonly planner: Planner
  readonly clusters: ClusterId[]
  readonly bulletins: {
    readonly id: BulletinId
    readonly versionId: BulletinVersionId
    ms: number
    isApproved: boolean
  }[]
  readonly programmes: Programme[]
  readonly silences: Silence[]
  quietHours: { from: string; to: string }
  /** Sessions that a person has called off, as `programme@date`. */
  readonly calledOff: Set<string>
}

export async function openWorld(planner: Planner, areaCode: string): Promise<World> {
  const { db } = planner
  const at = planner.clock.now()
  await stationStore.saveStation(db, { areaCode, name: 'Đài', ...DEFAULT_STATION }, at)
  const clusters = [await insertCluster(db, areaCode), await insertCluster(db, areaCode)]
  const bulletins = []
  for (let i = 0; i < 4; i++) {
    const id = await airableBulletin(db, areaCode, `${areaCode} ${i}`, at)
    const ready = (await readyBulletins(db, [id])).get(id)
    if (!ready) throw new Error('a bulletin that should be ready is not')
    bulletins.push({ id, versionId: ready.versionId, ms: ready.ms, isApproved: true })
  }
  const { quietHours } = DEFAULT_STATION
  await transact(planner, (tx) => enqueuePlan(planner, tx, areaCode))
  return { areaCode, planner, clusters, bulletins, programmes: [], silences: [], quietHours, calledOff: new Set() }
}

/** Does it by the product's own verbs; what they refuse has not happened. */
export async function perform(world: World, deed: Deed): Promise<void> {
  try {
    await attempt(world, deed)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
  }
}

async function attempt(world: World, deed: Deed): Promise<void> {
  const { planner, areaCode } = world
  const today = dayOf(civilTime(planner.clock.now(), TIME_ZONE).date)
  const by = { actor: OPERATOR }
  switch (deed.kind) {
    case 'create': {
      const series = { ...seriesOf(world, deed, today), areaCode, key: null, exceptions: [] }
      world.programmes.push(await createProgramme(planner, { ...by, programme: series }))
      return
    }
    case 'update':
      return change(world, deed.programme, ({ id, revision }) =>
        updateProgramme(planner, { ...by, id, programme: { ...seriesOf(world, deed, today), revision } }),
      )
    case 'skip':
    case 'usual':
    case 'replace':
    case 'move': {
      const date = dateOf(today + deed.day)
      return change(world, deed.programme, ({ id }) => {
        if (deed.kind === 'usual') return removeException(planner, { ...by, id, date })
        return putException(planner, { ...by, id, date, exception: exceptionOf(world, deed, date) })
      })
    }
    case 'end':
      return change(world, deed.programme, ({ id }) => endProgramme(planner, { ...by, id }))
    case 'cancel': {
      const session = await upcoming(world, deed.session)
      if (!session) return
      await cancelBroadcast(planner, { ...by, id: session.id })
      world.calledOff.add(`${session.programmeId}@${session.originalDate}`)
      return
    }
    case 'withdraw':
    case 'approve': {
      const bulletin = pick(world.bulletins, deed.bulletin)
      const isApproved = deed.kind === 'approve'
      await replanned(world, async (tx) => {
        const approvedVersionId = isApproved ? bulletin.versionId : null
        await tx.db.updateTable('bulletin').set({ approvedVersionId }).where('id', '=', bulletin.id).execute()
        await enqueuePlansOf(planner, tx, bulletin.id)
      })
      bulletin.isApproved = isApproved
      return
    }
    case 'enrol':
      if (world.clusters.length >= 4) return
      world.clusters.push(await insertCluster(planner.db, areaCode))
      return replanned(world)
    case 'silence':
      return silence(world, deed)
    case 'quiet': {
      const quietHours = { from: deed.from, to: deed.to }
      world.quietHours = quietHours
      return sayRules(world)
    }
    case 'wait':
      return passTo(world, planner.clock.now() + deed.hours * HOUR)
    case 'near': {
      const session = await upcoming(world, deed.session)
      return passTo(world, Math.max(planner.clock.now(), (session?.startAt ?? 0) + deed.ms))
    }
  }
}

const pick = <T>(items: readonly T[], nth: number): T => {
  const item = items[nth % items.length]
  if (item === undefined) throw new Error('there is nothing to pick from')
  return item
}

async function change(world: World, nth: number, by: (programme: Programme) => Promise<Programme>): Promise<void> {
  if (world.programmes.length === 0) return
  const programme = pick(world.programmes, nth)
  world.programmes[world.programmes.indexOf(programme)] = await by(programme)
}

function seriesOf({ areaCode, bulletins, clusters }: World, series: Series, today: number): PutProgramme {
  return PutProgramme.parse({
    name: 'Bản tin',
    startsOn: dateOf(today + series.startsIn),
    startTime: series.time,
    repeat: series.rule === null ? { kind: 'once' } : { kind: 'rrule', rrule: series.rule },
    targets: { areas: [areaCode], exclude: series.without === null ? [] : [pick(clusters, series.without)] },
    rundown: series.bulletins.map((nth) => ({ kind: 'bulletin', bulletinId: pick(bulletins, nth).id })),
    revision: 1,
  })
}

type Exception = Parameters<typeof putException>[1]['exception']

function exceptionOf(world: World, deed: Extract<Deed, { day: number }>, date: string): Exception {
  if (deed.kind === 'move')
    return { date, kind: 'move', to: { date: dateOf(dayOf(date) + deed.toDay), time: deed.time } }
  if (deed.kind === 'skip') return { date, kind: 'skip' }
  return { date, kind: 'replace', replacement: pick(world.bulletins, deed.bulletin).id }
}

interface Upcoming {
  readonly id: Tables['broadcast']['id']
  readonly programmeId: ProgrammeId
  readonly originalDate: string
  readonly startAt: number
}

async function upcoming({ areaCode, planner }: World, nth: number): Promise<Upcoming | null> {
  const sessions = await planner.db
    .selectFrom('broadcast')
    .select(['id', 'programmeId', 'originalDate', 'startAt'])
    .where('areaCode', '=', areaCode)
    .where('status', '=', 'planned')
    .where('startAt', '>', planner.clock.now())
    .orderBy('startAt')
    .orderBy('id')
    .execute()
  return sessions.length === 0 ? null : pick(sessions, nth)
}

async function silence(world: World, deed: Extract<Deed, { kind: 'silence' }>): Promise<void> {
  const { planner, clusters, silences } = world
  if (silences.length >= 3) return
  const from = Math.floor(planner.clock.now() / HOUR + deed.inHours) * HOUR
  const until = from + deed.hours * HOUR
  const silent = deed.cluster === 'all' ? 'all' : [pick(clusters, deed.cluster)]
  silences.push({ from, until, clusters: silent })
  await sayRules(world)
}

async function sayRules(world: World): Promise<void> {
  const { planner, areaCode, quietHours, silences } = world
  const moment = (at: number) => {
    const { date, time } = civilTime(at, TIME_ZONE)
    return { date, time: time.slice(0, 5) }
  }
  const rules = {
    scope: areaCode,
    quietHours,
    limits: {},
    silences: silences.map((one) => ({
      period: { kind: 'once' as const, from: moment(one.from), until: moment(one.until) },
      clusters: one.clusters === 'all' ? ('all' as const) : [...one.clusters],
      reason: 'Thi tốt nghiệp',
    })),
    holidays: [],
    updatedByName: '',
    updatedAt: planner.clock.now(),
  }
  await replanned(world, async (tx) => {
    const before = await airingRulesStore.airingRulesOf(tx.db, [areaCode])
    await airingRulesStore.saveAiringRules(tx.db, rules, before.get(areaCode)?.revision ?? 0)
  })
}

async function replanned({ planner, areaCode }: World, work?: (tx: Tx) => Promise<void>): Promise<void> {
  await transact(planner, async (tx) => {
    await work?.(tx)
    await enqueuePlan(planner, tx, areaCode)
  })
}

async function passTo({ planner }: World, at: number): Promise<void> {
  await planner.clock.set(at)
  await rollOn(planner)
}
