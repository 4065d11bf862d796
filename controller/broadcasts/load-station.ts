import type { Station } from '#protocol/http/areas.ts'
import { civilTime, type Window } from '#protocol/rules/civil-time.ts'
import * as stationStore from '../areas/stations.store.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Db } from '../db/open.ts'
import * as placementStore from '../programmes/placements.store.ts'
import * as programmeStore from '../programmes/programmes.store.ts'
import { bulletinsNamedBy } from '../programmes/rundown.ts'
import { approvedBulletins } from '../programmes/session/approved.store.ts'
import { isChime, NO_FRAMES } from '../programmes/session/frame.ts'
import { frameSounds } from '../programmes/session/frame-sounds.ts'
import { readyBulletins } from '../programmes/session/ready-bulletins.store.ts'
import { isRelayPart } from '../programmes/session/relay.ts'
import { relaysFor } from '../programmes/session/relays-for.ts'
import { type Material, type Session, sessionsIn } from '../programmes/session/session.ts'
import { type StationTimes, stationTimes } from '../programmes/station-times.ts'
import { DAY } from '../units.ts'
import * as broadcastStore from './broadcasts.store.ts'
import { MAX_LATE_MS } from './compile-plan.ts'
import * as deliveryStore from './deliveries.store.ts'
import { dayBegan, plannedDays } from './planned-days.ts'
import * as planStore from './plans.store.ts'

/** Lead-in, rounding of codecs and clocks that differ. */
const TAIL_MS = 5_000
/** A cluster that was late may still be playing, or be about to: its session leaves the plan when that is over. */
export const LEAVES_PLAN_AFTER_MS = MAX_LATE_MS + TAIL_MS

/** All that planning a station depends on, read at one moment. */
export interface StationState {
  readonly station: Station
  /** How often it had been planned. */
  readonly revision: number
  readonly now: number
  readonly times: StationTimes
  /** The days ahead for which sessions are made. */
  readonly window: Window
  readonly programmes: readonly programmeStore.StoredProgramme[]
  readonly material: Required<Material>
  /** What its programmes ask for. */
  readonly sessions: readonly Session[]
  /** What they ask for that should have begun: today, and of what is still in plans. */
  readonly begun: readonly Session[]
  /** What is planned, was called off, or has begun. */
  readonly stored: readonly broadcastStore.StoredBroadcast[]
  readonly held: readonly deliveryStore.Held[]
  readonly clusters: readonly Pick<clusterStore.ClusterRow, 'id' | 'codecs' | 'features'>[]
  readonly plans: Awaited<ReturnType<typeof planStore.plansOf>>
}

/** Null when the commune has no station. */
export async function loadStation(db: Db, areaCode: string, now: number): Promise<StationState | null> {
  // Whatever changes while the rest is read is planned again by whoever changes it.
  const revision = await stationStore.planRevisionOf(db, areaCode)
  const station = await stationStore.findStation(db, areaCode)
  if (!station || revision === null) return null
  const window = plannedDays(now, station.timeZone)
  const times = await stationTimes(db, station, window, now)
  const programmes = await programmeStore.activeProgrammesOf(db, areaCode)
  const material = await materialOf(db, programmes, times, now)
  const sessions = sessionsIn(programmes, material, times, window)
  const stored = await broadcastStore.sessionsOfArea(db, areaCode, {
    now,
    endsAfter: now - LEAVES_PLAN_AFTER_MS,
    fromDate: sessions.map(({ originalDate }) => originalDate).sort()[0] ?? '9999',
  })
  const clusters = await clusterStore.clustersOfArea(db, areaCode)
  const first = stored.find(({ status, startAt }) => status === 'planned' && startAt <= now)
  const since = Math.min(dayBegan(now, station.timeZone), first?.startAt ?? now)
  return {
    station,
    revision,
    now,
    times,
    window,
    programmes,
    material,
    sessions,
    begun: sessionsIn(programmes, material, times, { from: since, until: window.from }),
    stored,
    held: await deliveryStore.heldOf(
      db,
      stored.map(({ id }) => id),
    ),
    clusters,
    plans: await planStore.plansOf(
      db,
      clusters.map(({ id }) => id),
    ),
  }
}

/** What the sessions of these programmes from now on may be made of. */
export async function materialOf(
  db: Db,
  programmes: readonly programmeStore.StoredProgramme[],
  { timeZone }: Pick<StationTimes, 'timeZone'>,
  now: number,
): Promise<Required<Material>> {
  const placements = await placementStore.placementsFrom(
    db,
    programmes.map(({ id }) => id),
    firstDateOf(programmes, civilTime(now - DAY, timeZone).date),
  )
  const named = [...programmes.flatMap(bulletinsNamedBy), ...placements.map(({ bulletinId }) => bulletinId)]
  const ready = await readyBulletins(db, named)
  const chimes = programmes.flatMap(({ rundown }) => rundown.filter(isChime))
  const frames = chimes.length > 0 ? await frameSounds(db, chimes, [...ready.values()]) : NO_FRAMES
  const relays = await relaysFor(
    db,
    programmes.flatMap(({ rundown }) => rundown.filter(isRelayPart)),
  )
  return { placements, approved: await approvedBulletins(db, named), ready, frames, relays }
}

/** The earliest name that a session from a date on can have: one that was moved keeps the name of a day long gone. */
function firstDateOf(programmes: readonly programmeStore.StoredProgramme[], from: string): string {
  const moved = programmes.flatMap(({ exceptions }) =>
    exceptions.flatMap((one) => (one.kind === 'move' && (one.to.date ?? one.date) >= from ? [one.date] : [])),
  )
  return [from, ...moved].reduce((first, date) => (date < first ? date : first))
}
