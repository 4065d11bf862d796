import type { Station } from '#protocol/http/areas.ts'
import type { DaySession } from '#protocol/http/days.ts'
import type { ClusterId } from '#protocol/ids.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime, instantOf, type Window } from '#protocol/rules/civil-time.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import { areaOfToken } from '../areas/calendar-links.ts'
import * as stationStore from '../areas/stations.store.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import * as programmeStore from '../programmes/programmes.store.ts'
import { approvedBulletins } from '../programmes/session/approved.store.ts'
import { keyOf } from '../programmes/session-key.ts'
import { stationTimes } from '../programmes/station-times.ts'
import { targetedClusters } from '../programmes/targets.ts'
import * as listStore from './broadcast-lists.store.ts'
import { calendarEvents, type Shown, shownOf, skippedIn } from './calendar-events.ts'
import * as deliveryStore from './deliveries.store.ts'
import { hearersAt } from './hearers.ts'
import { writeCalendar } from './ical.ts'
import { daySessionsIn, type Schedule } from './station-days.ts'

type Needs = Pick<Context, 'db' | 'clock'>

/** Somebody who is signed in, or a program that was given the station's link. */
export type CalendarReader = { readonly actor: Actor } | { readonly token: string }

const DAYS_BACK = 30
const DAYS_AHEAD = 60
/** Some megabytes: more is nothing that a phone shows. */
const MAX_EVENTS = 5_000

/** The sessions of the past month and the coming two of a station. */
export async function getStationCalendar(
  ctx: Needs,
  input: { reader: CalendarReader; areaCode: string },
): Promise<string> {
  await requireReader(ctx, input.reader, input.areaCode)
  const station = await stationStore.findStation(ctx.db, input.areaCode)
  if (!station) throw notFound('station', input.areaCode)
  return calendarOf(ctx, station, null)
}

/** The same of one cluster: what it is to air, or was. */
export async function getClusterCalendar(
  ctx: Needs,
  input: { reader: CalendarReader; id: ClusterId },
): Promise<string> {
  const cluster = await clusterStore.findCluster(ctx.db, input.id)
  // A link does not tell which clusters there are elsewhere.
  if (!cluster) throw 'token' in input.reader ? notFound('calendarLink', '') : notFound('cluster', input.id)
  await requireReader(ctx, input.reader, cluster.areaCode)
  const station = await stationStore.findStation(ctx.db, cluster.areaCode)
  if (!station) throw notFound('station', cluster.areaCode)
  return calendarOf(ctx, station, cluster)
}

async function requireReader(ctx: Needs, reader: CalendarReader, areaCode: string): Promise<void> {
  if ('token' in reader) {
    if ((await areaOfToken(ctx, reader.token)) !== areaCode) throw notFound('calendarLink', '')
    return
  }
  requirePermission(reader.actor, 'programmes.read')
  await requireCoverage(ctx.db, reader.actor, [areaCode], 'areaCode')
}

async function calendarOf(ctx: Needs, station: Station, cluster: clusterStore.ClusterRow | null): Promise<string> {
  const { areaCode, timeZone } = station
  const window = windowAround(ctx.clock.now(), timeZone)
  const times = await stationTimes(ctx.db, station, window, ctx.clock.now())
  const programmes = await programmeStore.activeProgrammesOf(ctx.db, areaCode)
  const schedule = { station, times, programmes }
  const all = await daySessionsIn(ctx, schedule, window)
  const heard = cluster ? await heardBy(ctx, cluster.id, schedule, all) : all.map(shownOf)
  const skipped = skippedIn(
    cluster ? programmes.filter((programme) => isFor(cluster.id, programme)) : programmes,
    times,
    window,
  )
  const approved = await approvedBulletins(ctx.db, [
    ...new Set(heard.flatMap(({ bulletins }) => bulletins.map(({ id }) => id))),
  ])
  const fromDate = civilTime(window.from, timeZone).date
  const sessions = await listStore.editionsOf(ctx.db, areaCode, { ...window, fromDate })
  const events = calendarEvents([...heard, ...skipped], {
    programmeEditions: await programmeStore.editionsOf(ctx.db, areaCode),
    sessionEditions: new Map(sessions.map((session) => [keyOf(session), session])),
    isApproved: (id) => approved.has(id),
    location: cluster?.name ?? station.areaName,
  })
  const name = cluster ? `${station.name} – ${cluster.name}` : station.name
  return writeCalendar(name, timeZone, events.slice(0, MAX_EVENTS))
}

/** Whole local days, so that the same answer stands until something changes or the day does. */
function windowAround(now: number, timeZone: string): Window {
  const today = dayOf(civilTime(now, timeZone).date)
  return {
    from: instantOf(dateOf(today - DAYS_BACK), '00:00', timeZone),
    until: instantOf(dateOf(today + DAYS_AHEAD + 1), '00:00', timeZone),
  }
}

const isFor = (id: ClusterId, { targets, areaCode }: programmeStore.StoredProgramme): boolean =>
  targetedClusters(targets, areaCode, [id]).length > 0

/** What has a row is as the ledger says; the rest as it would be planned. */
async function heardBy(
  ctx: Needs,
  id: ClusterId,
  { programmes, times }: Schedule,
  sessions: readonly DaySession[],
): Promise<Shown[]> {
  const rows = await deliveryStore.heldByCluster(
    ctx.db,
    id,
    sessions.flatMap(({ broadcastId }) => broadcastId ?? []),
  )
  const own = new Map(programmes.map((programme) => [programme.id, programme]))
  return sessions.flatMap((session): Shown[] => {
    const shown = shownOf(session)
    const { broadcastId, programmeId, status } = session
    if (broadcastId !== null) {
      if (!rows.has(broadcastId)) return []
      const isWithdrawn = status === 'planned' && rows.get(broadcastId) === 'cancelled-here'
      return [isWithdrawn ? { ...shown, status: 'cancelled' } : shown]
    }
    const programme = own.get(programmeId)
    return programme && hearersAt({ ...shown, programme }, { clusters: [{ id }], times }).length > 0 ? [shown] : []
  })
}
