import { z } from 'zod'
import type { CancelledBy } from '#protocol/http/broadcasts.ts'
import type { BroadcastId, BulletinId, ClusterId, ProgrammeId } from '#protocol/ids.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import * as assetStore from '../audio/assets.store.ts'
import type { BroadcastTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'
import { AiringItem, filesIn } from './airing-item.ts'
import { DroppedItem } from './session.ts'

export interface StoredBroadcast extends Omit<BroadcastTable, 'itemsJson' | 'droppedJson'> {
  readonly items: AiringItem[]
  readonly dropped: DroppedItem[]
}

const parse = ({ itemsJson, droppedJson, ...rest }: BroadcastTable): StoredBroadcast => ({
  ...rest,
  items: z.array(AiringItem).parse(JSON.parse(itemsJson)),
  dropped: z.array(DroppedItem).parse(JSON.parse(droppedJson)),
})

/** False when this session of the programme exists already: the key decides, not care. */
export async function insertBroadcast(db: Db, broadcast: StoredBroadcast): Promise<boolean> {
  const { items, dropped, ...rest } = broadcast
  const inserted = await db
    .insertInto('broadcast')
    .values({ ...rest, itemsJson: JSON.stringify(items), droppedJson: JSON.stringify(dropped) })
    .onConflict((oc) => oc.columns(['programmeId', 'originalDate']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted) await nameAudio(db, broadcast.id, items)
  return inserted !== undefined
}

/** Keeps the audio of what is planned; it is an error when there is none any more, and planning anew finds what there is. */
async function nameAudio(db: Db, broadcastId: BroadcastId, items: readonly AiringItem[]): Promise<void> {
  const hashes = [...new Set(filesIn(items).map(({ sha256 }) => sha256))]
  if (hashes.length === 0) return
  await db
    .insertInto('broadcastAudio')
    .values(hashes.map((sha256) => ({ broadcastId, sha256 })))
    .onConflict((oc) => oc.columns(['broadcastId', 'sha256']).doNothing())
    .execute()
  await assetStore.reuseAssets(db, hashes)
}

/** Communes with sessions to come in which this file sounds. */
export async function areasThatAirAudio(db: Db, sha256: string): Promise<string[]> {
  const rows = await db
    .selectFrom('broadcastAudio')
    .innerJoin('broadcast', 'broadcast.id', 'broadcastAudio.broadcastId')
    .select('broadcast.areaCode')
    .distinct()
    .where('broadcastAudio.sha256', '=', sha256)
    .where('broadcast.status', '=', 'planned')
    .execute()
  return rows.map((row) => row.areaCode)
}

/** What of a session that has not begun a plan may change; its name stays. */
export type SessionContent = Pick<StoredBroadcast, 'startAt' | 'endAt' | 'level' | 'items' | 'fill' | 'dropped'>

/** Changes when an unaired session takes place and what it will say, and puts it back into the plan. */
export async function replaceSession(db: Db, id: BroadcastId, content: SessionContent): Promise<void> {
  const { startAt, endAt, level, fill, items, dropped } = content
  await db.deleteFrom('broadcastAudio').where('broadcastId', '=', id).execute()
  await nameAudio(db, id, items)
  await db
    .updateTable('broadcast')
    .set({
      startAt,
      endAt,
      level,
      fill,
      itemsJson: JSON.stringify(items),
      droppedJson: JSON.stringify(dropped),
      status: 'planned',
      cancelledBy: null,
      cancelledByName: null,
      cancelledAt: null,
    })
    .where('id', '=', id)
    .execute()
}

/** Keeps others from cancelling or closing a session until the transaction ends; false when it is not as it was read. */
export async function holdSession(
  db: Db,
  { id, status, cancelledBy }: Pick<StoredBroadcast, 'id' | 'status' | 'cancelledBy'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({ status })
    .where('id', '=', id)
    .where('status', '=', status)
    .where('cancelledBy', 'is not distinct from', cancelledBy)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** What calls a session off; the name is that of a person. */
export interface Cancellation {
  readonly by: CancelledBy
  readonly byName: string | null
  readonly at: number
}

/** False when it is not planned any more, or has begun. */
export async function cancelPlanned(db: Db, id: BroadcastId, { by, byName, at }: Cancellation): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({ status: 'cancelled', cancelledBy: by, cancelledByName: byName, cancelledAt: at })
    .where('id', '=', id)
    .where('status', '=', 'planned')
    .where('startAt', '>', at)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function findBroadcast(db: Db, id: BroadcastId): Promise<StoredBroadcast | null> {
  const row = await db.selectFrom('broadcast').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? parse(row) : null
}

/**
 * Sessions of a commune that planning has to know of, in order of their starts: those that start after `now` in whatever
 * status, planned ones that end after `endsAfter`, and those that the series has put on `fromDate` or later.
 */
/**
 * Reads a session that nobody else writes, or whose ledger nobody else writes, until this transaction is over: where several
 * controllers share a database, a journal, a close and a call-off wait for each other instead of undoing each other.
 */
export async function lockBroadcast(db: Db, id: BroadcastId): Promise<StoredBroadcast | null> {
  const row = await db
    .updateTable('broadcast')
    .set((eb) => ({ status: eb.ref('status') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row ? parse(row) : null
}

/** The session of a programme that its series puts on a date. */
export async function sessionOn(db: Db, programmeId: ProgrammeId, date: string): Promise<StoredBroadcast | null> {
  const row = await db
    .selectFrom('broadcast')
    .selectAll()
    .where('programmeId', '=', programmeId)
    .where('originalDate', '=', date)
    .executeTakeFirst()
  return row ? parse(row) : null
}

export async function sessionsOfArea(
  db: Db,
  areaCode: string,
  { now, endsAfter, fromDate }: { now: number; endsAfter: number; fromDate: string },
): Promise<StoredBroadcast[]> {
  const own = db.selectFrom('broadcast').select('id').where('areaCode', '=', areaCode)
  const rows = await db
    .selectFrom('broadcast')
    .selectAll()
    // Each by its own index: years of sessions lie behind those that are asked for.
    .where(
      'id',
      'in',
      own
        .where('startAt', '>', now)
        .union(own.where('status', '=', 'planned').where('endAt', '>', endsAfter))
        .union(own.where('originalDate', '>=', fromDate)),
    )
    .orderBy('startAt')
    .orderBy('id')
    .execute()
  return rows.map(parse)
}

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
  return rows.map(parse)
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
  return rows.map(parse)
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
  return rows.map(parse)
}

export async function overdue(db: Db, endedBefore: number): Promise<StoredBroadcast[]> {
  const rows = await db
    .selectFrom('broadcast')
    .selectAll()
    .where('status', '=', 'planned')
    .where('endAt', '<', endedBefore)
    .orderBy('endAt')
    .limit(500)
    .execute()
  return rows.map(parse)
}

/** Closes a session; false when it was closed before. */
export async function closePlanned(db: Db, id: BroadcastId, at: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({ status: 'closed', closedAt: at })
    .where('id', '=', id)
    .where('status', '=', 'planned')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The next revision number of its report. */
export async function nextRevision(db: Db, id: BroadcastId): Promise<number> {
  const row = await db
    .updateTable('broadcast')
    .set((eb) => ({ reportRevision: eb('reportRevision', '+', 1) }))
    .where('id', '=', id)
    .returning('reportRevision')
    .executeTakeFirstOrThrow()
  return row.reportRevision
}

/** What the items of a session hold, as text, when the bulletin is one of them. */
export const naming = (bulletinId: BulletinId): string => `%"bulletinId":"${bulletinId}"%`

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
  return (await select.orderBy('startAt').orderBy('broadcast.id').limit(filter.limit).execute()).map(parse)
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
