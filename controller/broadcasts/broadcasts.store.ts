import { z } from 'zod'
import type { CancelledBy } from '#protocol/http/broadcasts.ts'
import type { BroadcastId, BulletinId, ProgrammeId } from '#protocol/ids.ts'
import * as assetStore from '../audio/assets.store.ts'
import type { BroadcastTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'
import { AiringItem, filesIn } from '../programmes/session/airing-item.ts'
import { DroppedItem } from '../programmes/session/session.ts'

export interface StoredBroadcast extends Omit<BroadcastTable, 'itemsJson' | 'droppedJson'> {
  readonly items: AiringItem[]
  readonly dropped: DroppedItem[]
}

export const parseBroadcast = ({ itemsJson, droppedJson, ...rest }: BroadcastTable): StoredBroadcast => ({
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
export async function replaceSession(db: Db, id: BroadcastId, content: SessionContent, at: number): Promise<void> {
  const { startAt, endAt, level, fill, items, dropped } = content
  await db.deleteFrom('broadcastAudio').where('broadcastId', '=', id).execute()
  await nameAudio(db, id, items)
  await db
    .updateTable('broadcast')
    .set((eb) => ({
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
      revision: eb('revision', '+', 1),
      changedAt: at,
    }))
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
    .set((eb) => ({
      status: 'cancelled',
      cancelledBy: by,
      cancelledByName: byName,
      cancelledAt: at,
      revision: eb('revision', '+', 1),
      changedAt: at,
    }))
    .where('id', '=', id)
    .where('status', '=', 'planned')
    .where('startAt', '>', at)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function findBroadcast(db: Db, id: BroadcastId): Promise<StoredBroadcast | null> {
  const row = await db.selectFrom('broadcast').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? parseBroadcast(row) : null
}

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
  return row ? parseBroadcast(row) : null
}

/** The session of a programme that its series puts on a date. */
export async function sessionOn(db: Db, programmeId: ProgrammeId, date: string): Promise<StoredBroadcast | null> {
  const row = await db
    .selectFrom('broadcast')
    .selectAll()
    .where('programmeId', '=', programmeId)
    .where('originalDate', '=', date)
    .executeTakeFirst()
  return row ? parseBroadcast(row) : null
}

/**
 * Sessions of a commune that planning has to know of, in order of their starts: those that start after `now` in whatever
 * status, planned ones that end after `endsAfter`, and those that the series has put on `fromDate` or later.
 */
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
  return rows.map(parseBroadcast)
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
  return rows.map(parseBroadcast)
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
