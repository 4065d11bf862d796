import type { CancelledBy } from '#protocol/http/broadcasts.ts'
import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import { capacityOf } from '#protocol/rules/lead-in.ts'
import { fillOf } from '#protocol/rules/rundown.ts'
import { groupBy } from '../group-by.ts'
import {
  type AiredBulletin,
  type AiredRelay,
  isBulletin,
  isContent,
  lengthOf,
} from '../programmes/session/airing-item.ts'
import { type DroppedItem, levelOf, type Session } from '../programmes/session/session.ts'
import { keyOf, sessionKey } from '../programmes/session-key.ts'
import type { SessionContent, StoredBroadcast } from './broadcasts.store.ts'
import type { Held } from './deliveries.store.ts'
import { hearersAt } from './hearers.ts'
import { LEAVES_PLAN_AFTER_MS, type StationState } from './load-station.ts'

/** What has to be written so that a session is as its programme wants it; what differs in nothing is not among them. */
export interface SessionWrite {
  readonly id: BroadcastId
  /** As it was read; null: it is new. */
  readonly before: StoredBroadcast | null
  readonly insert?: StoredBroadcast
  readonly content?: SessionContent
  readonly cancel?: CancelledBy
  readonly add: readonly ClusterId[]
  readonly reinstate: readonly ClusterId[]
  readonly withdraw: readonly ClusterId[]
}

/** A session as it will stand, with the clusters that are to have it in their plans. */
export interface PlannedSession {
  readonly broadcast: StoredBroadcast
  readonly clusters: ReadonlySet<ClusterId>
}

interface Decision {
  readonly writes: readonly SessionWrite[]
  readonly planned: readonly PlannedSession[]
}

/**
 * Compares what programmes ask for with what is planned. A session is known by its programme and the date its series gives
 * it: it never airs twice, what a person has called off stays called off, and what has begun is left alone in the ledger.
 * Within the lead time nothing is added that clusters might not get in time, but what must not be heard is taken away up to
 * the end, and from the plans of those that are late even after the start.
 */
export function decideSessions(
  state: Pick<
    StationState,
    'station' | 'sessions' | 'begun' | 'stored' | 'held' | 'clusters' | 'times' | 'material' | 'now'
  >,
  { leadMs, newId }: { readonly leadMs: number; readonly newId: () => BroadcastId },
): Decision {
  const { now } = state
  const stored = new Map(state.stored.map((broadcast) => [keyOf(broadcast), broadcast]))
  const held = groupBy(state.held, ({ broadcastId }) => broadcastId)
  const wanted = new Map(
    state.sessions.map((session) => [sessionKey(session.programme.id, session.originalDate), session]),
  )
  const writes: SessionWrite[] = []
  const planned: PlannedSession[] = []
  const begun = new Map(state.begun.map((session) => [sessionKey(session.programme.id, session.originalDate), session]))

  for (const [key, session] of wanted) {
    const before = stored.get(key)
    if (session.bar !== null || before?.cancelledBy === 'person' || (before && hasBegun(before, now))) continue
    const isSoon = session.startAt < now + leadMs
    if (before?.status !== 'planned' && isSoon) continue
    const content = isSoon && before ? soonContent(before, session, state.material) : contentOf(session)
    const broadcast = before
      ? { ...before, ...content, status: 'planned' as const, ...NOT_CANCELLED }
      : newBroadcast(newId(), session, now)
    const targets = hearersAt(session, state)
    const rows = held.get(broadcast.id) ?? []
    const change = { id: broadcast.id, before: before ?? null, ...changesOf(rows, targets) }
    const differs = before && (before.status !== 'planned' || !isSame(before, content))
    if (!before) writes.push({ ...change, insert: broadcast })
    else if (differs) writes.push({ ...change, content })
    else if (change.add.length + change.reinstate.length + change.withdraw.length > 0) writes.push(change)
    planned.push({ broadcast, clusters: heldAfter(rows, targets) })
  }

  for (const [key, broadcast] of stored) {
    const session = wanted.get(key)
    const isToCome = broadcast.startAt > now
    // What is over needs no room in plans, though the ledger may still wait for journals.
    if (broadcast.status !== 'planned' || broadcast.endAt <= now - LEAVES_PLAN_AFTER_MS) continue
    if (isToCome && session?.bar === null) continue
    const rows = held.get(broadcast.id) ?? []
    const asked = session ?? begun.get(key)
    const isStill = asked !== undefined && isStillSaid(broadcast, asked)
    const mayBegin = new Set(isStill ? hearersAt({ ...broadcast, programme: asked.programme }, state) : [])
    const left = rows.filter((row) => isHeld(row) && mayBegin.has(row.clusterId)).map(({ clusterId }) => clusterId)
    // Who sounds it goes on, by whatever plan; who is late must not begin what has been taken back since.
    if (!isToCome) planned.push({ broadcast, clusters: new Set(left) })
    // Its programme was moved to an hour that is over: today it stays where it was.
    else if (!session && isStill) {
      const withdraw = rows
        .filter((row) => isOpen(row) && !mayBegin.has(row.clusterId))
        .map(({ clusterId }) => clusterId)
      if (withdraw.length > 0) writes.push({ id: broadcast.id, before: broadcast, add: [], reinstate: [], withdraw })
      planned.push({ broadcast, clusters: new Set(left) })
    }
    // It is no longer asked for by any programme, or has nothing that it may say.
    else
      writes.push({
        id: broadcast.id,
        before: broadcast,
        cancel: session?.bar ?? 'planner',
        add: [],
        reinstate: [],
        withdraw: rows.filter(isOpen).map(({ clusterId }) => clusterId),
      })
  }
  return { writes, planned: planned.sort((a, b) => byStart(a.broadcast, b.broadcast)) }
}

const NOT_CANCELLED = { cancelledBy: null, cancelledByName: null, cancelledAt: null } as const
const byStart = (a: StoredBroadcast, b: StoredBroadcast): number => a.startAt - b.startAt || (a.id < b.id ? -1 : 1)
const isHeld = ({ reason }: Held): boolean => reason !== 'cancelled-here'
const isOpen = ({ state }: Held): boolean => state === 'planned' || state === 'armed'

/** What was called off before its start may still take place at another time; what was closed is over, though a clock be set back. */
export const hasBegun = ({ status, startAt }: Pick<StoredBroadcast, 'status' | 'startAt'>, now: number): boolean =>
  status === 'closed' || (status === 'planned' && startAt <= now)

const contentOf = ({ startAt, endAt, level, items, fill, dropped }: Session): SessionContent => ({
  startAt,
  endAt,
  level,
  items,
  fill,
  dropped,
})

const nameOf = (item: AiredBulletin | AiredRelay): string => (isBulletin(item) ? item.bulletinId : item.title)

const namesOf = ({ items, dropped }: Session): ReadonlySet<string> =>
  new Set([...items.filter(isContent).map(nameOf), ...dropped.map(droppedName)])

/** Whether nothing of what a session says has been taken back. */
function isStillSaid({ items }: StoredBroadcast, session: Session): boolean {
  const wanted = namesOf(session)
  return session.bar === null && items.filter(isContent).every((item) => wanted.has(nameOf(item)))
}

/** Shortly before its start a session loses what it must not say, and gets its sound if it would have none. */
function soonContent(
  before: StoredBroadcast,
  session: Session,
  { ready }: Pick<StationState['material'], 'ready'>,
): SessionContent {
  // What would give way to something new has not given way: the new comes too late.
  const wanted = namesOf(session)
  const items = before.items.filter((item) => !isContent(item) || wanted.has(nameOf(item)))
  if (!items.some(isContent)) return contentOf(session)
  const ms = lengthOf(items)
  const { startAt } = before
  const dropped = before.dropped.filter((item) => wanted.has(droppedName(item)))
  const fill = fillOf(ms, dropped.length, capacityOf(session.programme))
  return { startAt, endAt: startAt + ms, level: levelOf(items, ready), items, fill, dropped }
}

const droppedName = ({ bulletinId, title }: DroppedItem): string => bulletinId ?? title

const isSame = (before: SessionContent, content: SessionContent): boolean =>
  before.startAt === content.startAt &&
  before.endAt === content.endAt &&
  before.level === content.level &&
  before.fill === content.fill &&
  JSON.stringify([before.items, before.dropped]) === JSON.stringify([content.items, content.dropped])

function changesOf(
  rows: readonly Held[],
  targets: readonly ClusterId[],
): Pick<SessionWrite, 'add' | 'reinstate' | 'withdraw'> {
  const known = new Map(rows.map((row) => [row.clusterId, row]))
  const aims = new Set(targets)
  return {
    add: targets.filter((id) => !known.has(id)),
    reinstate: targets.filter((id) => known.get(id)?.reason === 'cancelled-here'),
    withdraw: rows.filter((row) => isOpen(row) && !aims.has(row.clusterId)).map(({ clusterId }) => clusterId),
  }
}

/** Whoever has played or refused it already keeps it, as the ledger does. */
function heldAfter(rows: readonly Held[], targets: readonly ClusterId[]): Set<ClusterId> {
  const ended = rows.filter((row) => !isOpen(row) && isHeld(row)).map(({ clusterId }) => clusterId)
  return new Set([...targets, ...ended])
}

const newBroadcast = (id: BroadcastId, session: Session, now: number): StoredBroadcast => ({
  id,
  programmeId: session.programme.id,
  originalDate: session.originalDate,
  areaCode: session.programme.areaCode,
  ...contentOf(session),
  status: 'planned',
  ...NOT_CANCELLED,
  createdAt: now,
  revision: 1,
  changedAt: now,
  closedAt: null,
  reportRevision: 0,
})
