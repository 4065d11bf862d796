import type { Kysely } from 'kysely'
import type { BroadcastId, BulletinId, ClusterId } from '#protocol/ids.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { DEFAULT_STATION } from '../../../controller/areas/stations.ts'
import type { Tables } from '../../../controller/db/schema.ts'
import { groupBy } from '../../../controller/group-by.ts'
import type { ModelCluster, Play } from './model-cluster.ts'
import type { Spoken } from './spoken.ts'

/** What must all be nothing. */
export interface Faults {
  /** In the quiet hours, in a silence, skipped, called off, ended or withdrawn, though its plan was issued after that was said. */
  wrongHour: number
  /** At another time than the plan that the cluster obeyed said. */
  unplanned: number
  /** One session begun twice on a cluster, or two at once. */
  double: number
  /** Sounded without a row in the ledger. */
  unledgered: number
  /** Rows or sessions that stay open after their time. */
  leftOpen: number
  /** The ledger says something else than what was heard. */
  misreported: number
  /** Nobody knows, although the cluster told. */
  unknown: number
}

export interface Reckoned {
  readonly faults: Faults
  /** One sentence of each kind of fault. */
  readonly examples: readonly string[]
  readonly plays: number
  /** Ledger rows by state, and with the reason where it was not heard. */
  readonly ledger: Readonly<Record<string, number>>
}

const MINUTE = 60_000
/** Less than this is missing from what counts as whole. */
const PARTIAL_MS = 500
/** Clusters trust a clock that is wrong by less. */
const CLOCK_ERROR_MS = 2_000
/** An ordinary session waits so long at most. */
const LONGEST_WAIT_MS = 5 * MINUTE

/** Compares what was heard, in true time, with what people had said and with what the ledger says. */
export async function reckon(
  db: Kysely<Tables>,
  clusters: ReadonlyMap<ClusterId, ModelCluster>,
  spoken: Spoken,
): Promise<Reckoned> {
  const faults: Faults = {
    wrongHour: 0,
    unplanned: 0,
    double: 0,
    unledgered: 0,
    leftOpen: 0,
    misreported: 0,
    unknown: 0,
  }
  const examples = new Map<string, string>()
  const blame = (fault: keyof Faults, what: string): void => {
    faults[fault] += 1
    examples.set(fault, examples.get(fault) ?? `${fault}: ${what}`)
  }
  const ledger: Record<string, number> = {}
  let plays = 0
  const sessions = await sessionsOf(db)
  for (const { id: clusterId, plays: own, told } of clusters.values()) {
    const rows = await rowsOf(db, clusterId)
    const byId = groupBy(own, ({ id }) => id)
    plays += byId.size
    for (const [id, parts] of byId) {
      const session = sessions.get(id as BroadcastId)
      const row = rows.get(id as BroadcastId)
      const where = `${clusterId} ${id} at ${new Date(parts[0]?.from ?? 0).toISOString()}`
      if (!session || !row) {
        blame('unledgered', where)
        continue
      }
      if (new Set(parts.map(({ state, issuedAt }) => `${state} ${issuedAt}`)).size > 1) blame('double', where)
      for (const part of parts) {
        const why = forbiddenBy(spoken, part, session, clusterId)
        if (why) blame('wrongHour', `${why}, ${where}`)
        if (isUnplanned(part)) blame('unplanned', where)
      }
      if (!isTold(parts, session.ms, row.state)) blame('misreported', `${row.state}, was ${parts[0]?.state}, ${where}`)
    }
    for (const overlap of overlapsOf(own)) blame('double', `${clusterId} ${overlap}`)
    for (const [id, { state, reason }] of rows) {
      const key = state === 'played' || state === 'late' ? state : `${state} ${reason}`
      ledger[key] = (ledger[key] ?? 0) + 1
      const where = `${clusterId} ${id} is ${state}`
      if (state === 'planned' || state === 'armed' || state === 'playing') blame('leftOpen', where)
      if (state === 'unknown' && told.has(id)) blame('unknown', where)
      if ((state === 'played' || state === 'late') && !byId.has(id)) blame('misreported', `${where}, was not heard`)
    }
  }
  for (const [id, { status }] of sessions) if (status === 'planned') blame('leftOpen', `${id} is never closed`)
  return { faults, examples: [...examples.values()], plays, ledger }
}

interface SessionRow {
  readonly key: string
  readonly programmeId: Tables['broadcast']['programmeId']
  readonly areaCode: string
  readonly status: string
  readonly bulletins: readonly BulletinId[]
  readonly ms: number
}

async function sessionsOf(db: Kysely<Tables>): Promise<Map<BroadcastId, SessionRow>> {
  const rows = await db
    .selectFrom('broadcast')
    .select(['id', 'programmeId', 'originalDate', 'areaCode', 'status', 'itemsJson'])
    .execute()
  return new Map(
    rows.map(({ id, programmeId, originalDate, areaCode, status, itemsJson }) => {
      const items: { bulletinId: BulletinId; ms: number }[] = JSON.parse(itemsJson)
      const bulletins = items.map(({ bulletinId }) => bulletinId)
      const ms = items.reduce((sum, item) => sum + item.ms, 0)
      return [id, { key: `${programmeId}@${originalDate}`, programmeId, areaCode, status, bulletins, ms }]
    }),
  )
}

async function rowsOf(
  db: Kysely<Tables>,
  clusterId: ClusterId,
): Promise<Map<BroadcastId, { state: string; reason: string | null }>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['broadcastId', 'state', 'reason'])
    .where('clusterId', '=', clusterId)
    .execute()
  return new Map(rows.map(({ broadcastId, ...row }) => [broadcastId, row]))
}

/** Why it must not have sounded then, as far as its plan could have known. */
function forbiddenBy(spoken: Spoken, play: Play, session: SessionRow, clusterId: ClusterId): string | null {
  const { from, until, issuedAt } = play
  const isKnown = (at: number | undefined): boolean => at !== undefined && at <= issuedAt
  if (isKnown(spoken.calledOff.get(play.id as BroadcastId))) return 'called off'
  if (isKnown(spoken.skipped.get(session.key))) return 'skipped'
  if (isKnown(spoken.ended.get(session.programmeId))) return 'ended'
  if (session.bulletins.some((id) => isKnown(spoken.withdrawn.get(id)))) return 'withdrawn'
  const [start, end] = [from + CLOCK_ERROR_MS, until - CLOCK_ERROR_MS]
  const silence = spoken.silences.find(
    (one) =>
      one.areaCode === session.areaCode &&
      isKnown(one.at) &&
      start < one.until &&
      end > one.from &&
      (one.clusters === 'all' || one.clusters.includes(clusterId)),
  )
  if (silence) return 'in a silence'
  const quiet = spoken.quietHours.findLast((one) => one.areaCode === session.areaCode && one.at <= issuedAt)
  return touchesQuiet(start, end, quiet ?? DEFAULT_STATION.quietHours) ? 'in the quiet hours' : null
}

/** Looked at minute by minute. */
function touchesQuiet(from: number, until: number, quiet: { readonly from: string; readonly to: string }): boolean {
  for (let at = from; at < until + MINUTE; at += MINUTE) {
    const { time } = civilTime(Math.min(at, until), DEFAULT_STATION.timeZone)
    if (time >= quiet.from || time < quiet.to) return true
  }
  return false
}

const isUnplanned = ({ from, startAt, heldMs }: Play): boolean => {
  const wait = LONGEST_WAIT_MS + CLOCK_ERROR_MS + heldMs
  return from < startAt - CLOCK_ERROR_MS || from > startAt + wait
}

/**
 * Whether the ledger counts as heard what was heard whole, and nothing else. A cluster that was away may have played all of
 * an older, shorter version: that is not the whole.
 */
function isTold(parts: readonly Play[], ms: number, state: string): boolean {
  const whole = parts.filter((part) => part.state === 'played' || part.state === 'late')
  const heard = whole.some(({ soundedMs }) => soundedMs > ms - PARTIAL_MS)
  return heard === (state === 'played' || state === 'late')
}

function overlapsOf(plays: readonly Play[]): string[] {
  const ordered = [...plays].sort((a, b) => a.from - b.from)
  return ordered.flatMap((play, i) => {
    const next = ordered[i + 1]
    return next && next.from < play.until ? [`${play.id} and ${next.id} at once`] : []
  })
}
