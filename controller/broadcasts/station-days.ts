import type { Station } from '#protocol/http/areas.ts'
import { type DaySession, MAX_DAYS, type StationDay, type StationDays } from '#protocol/http/days.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime, instantOf, type Window } from '#protocol/rules/civil-time.ts'
import { holidayLookup } from '#protocol/rules/holidays.ts'
import { lunarDateOf } from '#protocol/rules/lunar.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import { getStation } from '../areas/stations.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { groupBy } from '../group-by.ts'
import { isoOf } from '../iso.ts'
import * as programmeStore from '../programmes/programmes.store.ts'
import { sessionsIn } from '../programmes/session/session.ts'
import { keyOf, sessionKey } from '../programmes/session-key.ts'
import { type StationTimes, stationTimes } from '../programmes/station-times.ts'
import * as listStore from './broadcast-lists.store.ts'
import { absenceOf } from './day-absences.ts'
import { withCollisions } from './day-collisions.ts'
import { type Facts, foreseenDay, storedDay } from './day-sessions.ts'
import * as deliveryStore from './deliveries.store.ts'
import { materialOf } from './load-station.ts'

type Needs = Pick<Context, 'db' | 'clock'>

/**
 * A station's days as they were, are planned, and are foreseen as far ahead as anybody asks, with the moon, holidays and
 * silences that bear on them and what gets in each other's way.
 */
export async function listStationDays(
  ctx: Needs,
  input: { actor: Actor; areaCode: string; from: string; to: string },
): Promise<StationDays> {
  requirePermission(input.actor, 'programmes.read')
  await requireCoverage(ctx.db, input.actor, [input.areaCode], 'areaCode')
  const [first, last] = [dayOf(input.from), dayOf(input.to)]
  if (last < first) throw invalid('to', 'calendar.endsBeforeStart')
  if (last - first >= MAX_DAYS) throw invalid('to', 'calendar.tooManyDays', { limit: MAX_DAYS })
  const station = await getStation(ctx, input)
  const { timeZone, quietHours } = station
  const midnight = (day: number): number => instantOf(dateOf(day), '00:00', timeZone)
  const window = { from: midnight(first), until: midnight(last + 1) }
  const times = await stationTimes(ctx.db, station, window, ctx.clock.now())
  const programmes = await programmeStore.activeProgrammesOf(ctx.db, station.areaCode)
  const found = await daySessionsIn(ctx, { station, times, programmes }, window)
  const clusters = await clusterStore.clustersOfArea(ctx.db, station.areaCode)
  const sessions = groupBy(
    withCollisions(found, programmes, clusters, station),
    ({ startAt }) => civilTime(Date.parse(startAt), timeZone).date,
  )
  const holidayOn = holidayLookup(times.holidays)
  const days = Array.from({ length: last - first + 1 }, (_, nth): StationDay => {
    const day = first + nth
    const date = dateOf(day)
    const [from, until] = [midnight(day), midnight(day + 1)]
    const lunar = lunarDateOf(date)
    return {
      date,
      lunar: lunar && { day: lunar.day, month: lunar.month, isLeap: lunar.isLeap },
      holiday: holidayOn(date)?.name ?? null,
      silences: (times.silences ?? [])
        .filter((span) => span.from < until && span.until > from)
        .map((span) => ({
          ...span,
          from: isoOf(span.from),
          until: isoOf(span.until),
          clusters: listed(span.clusters),
        })),
      sessions: sessions.get(date) ?? [],
      absences: programmes.flatMap((programme) => absenceOf(programme, date, times) ?? []),
    }
  })
  return { timeZone, quietHours, days }
}

const listed = <T>(clusters: 'all' | readonly T[]): 'all' | T[] => (clusters === 'all' ? 'all' : [...clusters])

/** A station, and what it is asked to air. */
export interface Schedule {
  readonly station: Station
  readonly times: StationTimes
  readonly programmes: readonly programmeStore.StoredProgramme[]
}

/**
 * Sessions in a window in order of their starts: what has a row as the row says, the rest as foreseen; what gets in each
 * other's way is not asked.
 */
export async function daySessionsIn(
  ctx: Needs,
  { station, times, programmes }: Schedule,
  window: Window,
): Promise<DaySession[]> {
  const now = ctx.clock.now()
  const material = await materialOf(ctx.db, programmes, times, Math.min(now, window.from))
  const ahead = { from: Math.max(now + 1, window.from), until: window.until }
  const foreseen = sessionsIn(programmes, material, times, ahead)
  const keys = new Map(foreseen.map((session) => [sessionKey(session.programme.id, session.originalDate), session]))
  const stored = (await listStore.sessionsBetween(ctx.db, station.areaCode, window)).filter(
    (one) => one.startAt <= now || one.cancelledBy !== 'planner' || keys.has(keyOf(one)),
  )
  const dates = foreseen.map(({ originalDate }) => originalDate)
  const known = new Set((await listStore.namesOn(ctx.db, station.areaCode, dates)).map(keyOf))
  const facts: Facts = {
    now,
    names: await programmeStore.namesOf(ctx.db, station.areaCode),
    classOf: (id) => material.ready.get(id)?.class ?? null,
    isPlaced: (key, id) =>
      material.placements.some((one) => one.bulletinId === id && sessionKey(one.programmeId, one.originalDate) === key),
    tallies: await deliveryStore.talliesOf(
      ctx.db,
      stored.map(({ id }) => id),
    ),
  }
  return [
    ...stored.map((one) => storedDay(one, keys.get(keyOf(one)) ?? null, facts)),
    ...[...keys].flatMap(([key, session]) => (known.has(key) ? [] : [foreseenDay(session, facts)])),
  ].sort((a, b) => a.startAt.localeCompare(b.startAt) || (a.programmeId < b.programmeId ? -1 : 1))
}
