import { sql } from 'kysely'
import type { InboxState } from '#protocol/http/inbox.ts'
import type { BulletinId } from '#protocol/ids.ts'
import type { InboxItemTable } from '../../db/airing-tables.ts'
import type { Db } from '../../db/open.ts'

export interface InboxKey {
  readonly areaCode: string
  readonly bulletinId: BulletinId
}

/** States in which something is still to come of a bulletin. */
export const OPEN_STATES = ['waiting', 'placed', 'postponed'] as const satisfies readonly InboxState[]

export async function insertItems(db: Db, rows: readonly InboxItemTable[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('inboxItem')
      .values([...rows])
      .execute()
}

export async function findItem(db: Db, { areaCode, bulletinId }: InboxKey): Promise<InboxItemTable | null> {
  const row = await db
    .selectFrom('inboxItem')
    .selectAll()
    .where('areaCode', '=', areaCode)
    .where('bulletinId', '=', bulletinId)
    .executeTakeFirst()
  return row ?? null
}

export async function itemsOf(db: Db, bulletinId: BulletinId): Promise<InboxItemTable[]> {
  return db.selectFrom('inboxItem').selectAll().where('bulletinId', '=', bulletinId).orderBy('areaCode').execute()
}

/** False when it is in none of these states any more: somebody else was first. */
export async function changeItem(
  db: Db,
  { areaCode, bulletinId }: InboxKey,
  from: readonly InboxState[],
  set: Partial<Omit<InboxItemTable, keyof InboxKey>>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('inboxItem')
    .set(set)
    .where('areaCode', '=', areaCode)
    .where('bulletinId', '=', bulletinId)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function removeItem(db: Db, { areaCode, bulletinId }: InboxKey): Promise<void> {
  await db.deleteFrom('inboxItem').where('areaCode', '=', areaCode).where('bulletinId', '=', bulletinId).execute()
}

/** Nobody has anything to decide on it any more. */
export async function withdrawItems(db: Db, bulletinId: BulletinId): Promise<void> {
  await db
    .updateTable('inboxItem')
    .set({ state: 'withdrawn', isUrgent: 0, returnsOn: null, returnsAt: null })
    .where('bulletinId', '=', bulletinId)
    .where('state', 'in', [...OPEN_STATES])
    .execute()
}

/** Communes in which a priority bulletin waits for a session. */
export async function areasWaitingFor(db: Db, bulletinId: BulletinId): Promise<string[]> {
  const rows = await db
    .selectFrom('inboxItem')
    .select('areaCode')
    .where('bulletinId', '=', bulletinId)
    .where('class', '=', 'priority')
    .where('state', '=', 'waiting')
    .execute()
  return rows.map(({ areaCode }) => areaCode)
}

/**
 * What somebody has to look at again: priority bulletins that are not over, what comes back or has expired, what a
 * programme's rundown has taken up, and what was placed and stands in no session any more. Null: in every commune.
 */
export async function itemsToReview(
  db: Db,
  areaCode: string | null,
  { now, today }: { now: number; today: string },
): Promise<InboxKey[]> {
  const rows = db
    .selectFrom('inboxItem')
    .innerJoin('bulletin', 'bulletin.id', 'inboxItem.bulletinId')
    .leftJoin('bulletinVersion', 'bulletinVersion.id', 'bulletin.approvedVersionId')
    .select(['inboxItem.areaCode', 'inboxItem.bulletinId'])
    .where('inboxItem.state', 'in', [...OPEN_STATES])
    .where((eb) =>
      eb.or([
        eb('inboxItem.class', '=', 'priority'),
        eb('bulletin.approvedVersionId', 'is', null),
        eb('bulletinVersion.expiresOn', '<', today),
        eb('inboxItem.returnsAt', '<=', now),
        eb.and([
          eb('inboxItem.state', '!=', 'placed'),
          eb.exists(
            eb
              .selectFrom('programmeBulletin')
              .innerJoin('programme', 'programme.id', 'programmeBulletin.programmeId')
              .select('programme.id')
              .whereRef('programmeBulletin.bulletinId', '=', 'inboxItem.bulletinId')
              .whereRef('programme.areaCode', '=', 'inboxItem.areaCode')
              .where('programmeBulletin.isNamed', '=', 1)
              .where('programme.status', '=', 'active'),
          ),
        ]),
        eb.and([
          eb('inboxItem.state', '=', 'placed'),
          eb.not(
            eb.exists(
              eb
                .selectFrom('programmeBulletin')
                .innerJoin('broadcast', 'broadcast.programmeId', 'programmeBulletin.programmeId')
                .select('broadcast.id')
                .whereRef('programmeBulletin.bulletinId', '=', 'inboxItem.bulletinId')
                .whereRef('broadcast.areaCode', '=', 'inboxItem.areaCode')
                .where('broadcast.status', '=', 'planned')
                .where('broadcast.itemsJson', 'like', (on) => namedIn(on.ref('inboxItem.bulletinId'))),
            ),
          ),
        ]),
      ]),
    )
    .orderBy('inboxItem.arrivedAt')
    .orderBy('inboxItem.areaCode')
    .orderBy('inboxItem.bulletinId')
  return (areaCode === null ? rows : rows.where('inboxItem.areaCode', '=', areaCode)).execute()
}

/** As the items of a session hold it. */
const namedIn = (bulletinId: unknown) => sql<string>`${sql.lit('%"bulletinId":"')} || ${bulletinId} || ${sql.lit('"%')}`
