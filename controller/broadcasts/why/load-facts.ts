import { decodeJwt } from 'jose'
import type { Station } from '#protocol/http/areas.ts'
import { type ClusterPlan, ClusterStatus } from '#protocol/messages.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime, type Window } from '#protocol/rules/civil-time.ts'
import type { ClusterRow } from '../../clusters/clusters.store.ts'
import * as journalStore from '../../clusters/journal.store.ts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/open.ts'
import * as changeStore from '../../programmes/changes.store.ts'
import * as programmeStore from '../../programmes/programmes.store.ts'
import { sessionsIn } from '../../programmes/session/session.ts'
import { sessionKey } from '../../programmes/session-key.ts'
import { type StationTimes, stationTimes } from '../../programmes/station-times.ts'
import { DAY, HOUR } from '../../units.ts'
import { type Abilities, abilitiesOf } from '../abilities.ts'
import * as listStore from '../broadcast-lists.store.ts'
import type * as broadcastStore from '../broadcasts.store.ts'
import * as deliveryStore from '../deliveries.store.ts'
import { encodingsFor } from '../encodings-for.ts'
import { materialOf } from '../load-station.ts'
import * as planStore from '../plans.store.ts'
import { declaredSilences } from './declared-silences.ts'
import type { AskedSession, ClusterFacts, SessionFacts, WhyFacts } from './facts.ts'
import { fallenIn } from './fallen.ts'
import { AHEAD_MS } from './next-after.ts'
import { endedAtOf } from './sounding.ts'

/** Longer than any session, its waiting and its pauses take. */
const BEFORE_MS = 4 * HOUR
/** A programme that is over, or not yet on, is worth a word for so many days. */
const AROUND_DAYS = 31

export type WhyNeeds = Pick<Context, 'db' | 'clock' | 'config'> & {
  readonly ffmpeg: Pick<Context['ffmpeg'], 'encoders'>
}

/** Reads all that decides what is heard on a cluster about an instant. */
export async function loadFacts(
  ctx: WhyNeeds,
  { cluster, station, at }: { cluster: ClusterRow; station: Station; at: number },
): Promise<WhyFacts> {
  const { db } = ctx
  const now = ctx.clock.now()
  const { areaCode, timeZone } = station
  const window = { from: at - BEFORE_MS, until: at + AHEAD_MS }
  const times = await stationTimes(db, station, { from: at - DAY, until: window.until + DAY }, now)
  const today = dayOf(civilTime(at, timeZone).date)
  const programmes = await programmeStore.programmesAround(db, areaCode, {
    from: dateOf(today - AROUND_DAYS),
    until: dateOf(today + AROUND_DAYS),
  })
  const broadcasts = await listStore.sessionsAround(db, cluster, window)
  const dates = [dateOf(today - 1), dateOf(today), ...broadcasts.map(({ originalDate }) => originalDate)]
  const abilities = abilitiesOf(cluster, ctx.ffmpeg.encoders)
  return {
    at,
    now,
    timeZone,
    quietHours: times.quietClusters?.get(cluster.id) ?? times.quietHours,
    holidays: times.holidays ?? [],
    silences: await declaredSilences(db, station, window),
    leadMs: ctx.config.leadMs,
    areaCode,
    cluster: await clusterFacts(db, cluster, abilities),
    sessions: await sessionFacts(db, cluster, { broadcasts, programmes, timeZone }),
    programmes,
    asked: await askedOf(db, programmes, times, { now, ...window }),
    changes: await changeStore.changesOf(
      db,
      programmes.map(({ id }) => id),
      dates,
    ),
    encodings: await encodingsFor(db, [abilities], broadcasts),
  }
}

async function clusterFacts(db: Db, row: ClusterRow, abilities: Abilities): Promise<ClusterFacts> {
  const status = row.statusJson ? ClusterStatus.parse(JSON.parse(row.statusJson)) : null
  const plan = await planStore.findPlan(db, row.id)
  return {
    id: row.id,
    name: row.name,
    abilities,
    presence: row.presence,
    lastSeenAt: row.lastSeenAt,
    enrolledAt: row.enrolledAt,
    plan: { wanted: plan?.version ?? 0, held: row.planHeld, sessions: plan ? sessionsOf(plan.jws) : new Set() },
    armed: new Map((status?.upcoming ?? []).map(({ id, state }) => [id, state])),
  }
}

function sessionsOf(jws: string): Set<string> {
  const { occurrences } = decodeJwt<Pick<ClusterPlan, 'occurrences'>>(jws)
  return new Set(occurrences.map(({ id }) => id))
}

async function sessionFacts(
  db: Db,
  cluster: ClusterRow,
  {
    broadcasts,
    programmes,
    timeZone,
  }: {
    broadcasts: readonly broadcastStore.StoredBroadcast[]
    programmes: readonly programmeStore.StoredProgramme[]
    timeZone: string
  },
): Promise<SessionFacts[]> {
  const known = new Map(programmes.map((programme) => [programme.id, programme]))
  const outcomes = await deliveryStore.outcomesOn(
    db,
    cluster.id,
    broadcasts.map(({ id }) => id),
  )
  const begun = [...outcomes].flatMap(([id, { startedAt }]) => (startedAt === null ? [] : [id]))
  const told = await journalStore.entriesOn(db, cluster.id, begun)
  const found: SessionFacts[] = []
  for (const broadcast of broadcasts) {
    const programme =
      known.get(broadcast.programmeId) ?? (await programmeStore.findProgramme(db, broadcast.programmeId))
    if (!programme) continue
    const fallen = await fallenIn(db, broadcast, programme, timeZone)
    const endedAt = endedAtOf(told.get(broadcast.id) ?? [])
    found.push({ broadcast, programme, delivery: outcomes.get(broadcast.id) ?? null, endedAt, fallen })
  }
  return found
}

/** What programmes ask for, and what keeps it from being planned, or has kept what has no row. */
async function askedOf(
  db: Db,
  programmes: readonly programmeStore.StoredProgramme[],
  times: StationTimes,
  { now, ...window }: Window & { readonly now: number },
): Promise<Map<string, AskedSession>> {
  const active = programmes.filter(({ status }) => status === 'active')
  const sessions = sessionsIn(active, await materialOf(db, active, times, Math.min(now, window.from)), times, window)
  return new Map(
    sessions.map(({ programme, originalDate, bar, endAt }) => [sessionKey(programme.id, originalDate), { bar, endAt }]),
  )
}
