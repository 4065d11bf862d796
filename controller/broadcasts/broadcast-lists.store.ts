import type { BroadcastId, BulletinId, ClusterId, ProgrammeId } from '#protocol/ids.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import type { BroadcastTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'
import { naming, parseBroadcast, type StoredBroadcast } from './broadcasts.store.ts'

/** Sessions of a commune that start in a window, in order of their starts, in whatever status. */
export async function sessionsBetween(
  db: Db,
  areaCode: string,
  { from, until }: { from: number; until: number },
): Promise<StoredBroadcast[]> {
  const rows = await db
    .selectFrom('broadcast')
    .selectAll()
    .where('areaCode', '=', areaCode)
    .where('startAt', '>=', from)
    .where('startAt', '<', until)
    .orderBy('startAt')
    .orderBy('id')
    .execute()
  return rows.map(parseBroadcast)
}

/** A session without what it says. */
export type SessionFate = Pick<
  BroadcastTable,
  'programmeId' | 'originalDate' | 'startAt' | 'endAt' | 'status' | 'cancelledBy'
>

/** Sessions of a commune that start at an instant or later, in whatever status. */
export async function fatesFrom(db: Db, areaCode: string, from: number): Promise<SessionFate[]> {
  return db
    .selectFrom('broadcast')
    .select(['programmeId', 'originalDate', 'startAt', 'endAt', 'status', 'cancelledBy'])
    .where('areaCode', '=', areaCode)
    .where('startAt', '>=', from)
    .orderBy('startAt')
    .orderBy('id')
    .execute()
}

/** The names of a commune's sessions that the series has put on one of these dates: all that have a row. */
export async function namesOn(
  db: Db,
  areaCode: string,
  dates: readonly string[],
): Promise<Pick<BroadcastTable, 'programmeId' | 'originalDate'>[]> {
  return db
    .selectFrom('broadcast')
    .select(['programmeId', 'originalDate'])
    .where('areaCode', '=', areaCode)
    .where('originalDate', 'in', [...new Set(dates)])
    .execute()
}

/** How often and when last each session of a commune has changed that starts, or was to start, in a window. */
export async function editionsOf(
  db: Db,
  areaCode: string,
  { from, until, fromDate }: Window & { readonly fromDate: string },
): Promise<Pick<BroadcastTable, 'programmeId' | 'originalDate' | 'revision' | 'changedAt'>[]> {
  const own = db.selectFrom('broadcast').select('id').where('areaCode', '=', areaCode)
  return db
    .selectFrom('broadcast')
    .select(['programmeId', 'originalDate', 'revision', 'changedAt'])
    .where(
      'id',
      'in',
      own
        .where('startAt', '>=', from)
        .where('startAt', '<', until)
        .union(own.where('originalDate', '>=', fromDate)),
    )
    .execute()
}

/** Sessions of a commune that start in a window, in whatever status, and those that the cluster began in it all the same. */
export async function sessionsAround(
  db: Db,
  { areaCode, id }: { readonly areaCode: string; readonly id: ClusterId },
  { from, until }: Window,
): Promise<StoredBroadcast[]> {
  const begun = db
    .selectFrom('delivery')
    .select('broadcastId')
    .where('clusterId', '=', id)
    .where('startedAt', '>=', from)
    .where('startedAt', '<', until)
  const rows = await db
    .selectFrom('broadcast')
    .selectAll()
    .where('areaCode', '=', areaCode)
    .where((eb) => eb.or([eb.and([eb('startAt', '>=', from), eb('startAt', '<', until)]), eb('id', 'in', begun)]))
    .orderBy('startAt')
    .orderBy('id')
    .execute()
  return rows.map(parseBroadcast)
}

/** Planned sessions that a cluster still has to play or is playing, nearest first. */
export async function upcomingOf(
  db: Db,
  clusterId: ClusterId,
  endsAfter: number,
  limit = 1_000,
): Promise<StoredBroadcast[]> {
  const rows = await db
    .selectFrom('broadcast')
    .innerJoin('delivery', 'delivery.broadcastId', 'broadcast.id')
    .selectAll('broadcast')
    .where('broadcast.areaCode', '=', (eb) =>
      eb.selectFrom('cluster').select('cluster.areaCode').where('cluster.id', '=', clusterId),
    )
    .where('delivery.clusterId', '=', clusterId)
    .where('delivery.reason', 'is distinct from', 'cancelled-here')
    .where('broadcast.status', '=', 'planned')
    .where('broadcast.endAt', '>', endsAfter)
    .orderBy('broadcast.startAt')
    .orderBy('broadcast.id')
    .limit(limit)
    .execute()
  return rows.map(parseBroadcast)
}

export async function listBroadcasts(
  db: Db,
  filter: {
    from: number | null
    to: number | null
    areaCode: string | undefined
    bulletinId: BulletinId | undefined
    scope: readonly string[] | null
    after: { at: number; id: string } | null
    limit: number
  },
): Promise<StoredBroadcast[]> {
  let select = db.selectFrom('broadcast').selectAll('broadcast')
  const { from, to, areaCode, bulletinId, scope, after } = filter
  if (from !== null) select = select.where('startAt', '>=', from)
  if (to !== null) select = select.where('startAt', '<', to)
  if (areaCode) select = select.where('areaCode', '=', areaCode)
  if (scope) {
    select = select
      .innerJoin('area', 'area.code', 'broadcast.areaCode')
      .where((eb) => eb.or([eb('area.code', 'in', [...scope]), eb('area.parentCode', 'in', [...scope])]))
  }
  if (bulletinId) {
    select = select
      .innerJoin('programmeBulletin', 'programmeBulletin.programmeId', 'broadcast.programmeId')
      .where('programmeBulletin.bulletinId', '=', bulletinId)
      // One without items still waits for sound.
      .where((eb) => eb.or([eb('itemsJson', 'like', naming(bulletinId)), eb('itemsJson', '=', '[]')]))
  }
  if (after) {
    select = select.where((eb) =>
      eb.or([
        eb('startAt', '>', after.at),
        eb.and([eb('startAt', '=', after.at), eb('broadcast.id', '>', after.id as BroadcastId)]),
      ]),
    )
  }
  return (await select.orderBy('startAt').orderBy('broadcast.id').limit(filter.limit).execute()).map(parseBroadcast)
}

/** Start of the next planned session of a programme; null: none within the planned days. */
export async function nextStartOf(db: Db, programmeId: ProgrammeId, after: number): Promise<number | null> {
  const row = await db
    .selectFrom('broadcast')
    .select((eb) => eb.fn.min<number | null>('startAt').as('at'))
    .where('programmeId', '=', programmeId)
    .where('status', '=', 'planned')
    .where('startAt', '>', after)
    .executeTakeFirst()
  return row?.at ?? null
}
