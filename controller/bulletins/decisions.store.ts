import type { BulletinId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { BulletinDecisionTable } from '../db/schema.ts'

const MAX_SHOWN = 1_000

export async function insertDecision(db: Db, row: BulletinDecisionTable): Promise<void> {
  await db.insertInto('bulletinDecision').values(row).execute()
}

/** What was decided on a bulletin's versions, newest first. */
export async function decisionsOf(db: Db, bulletinId: BulletinId): Promise<BulletinDecisionTable[]> {
  return db
    .selectFrom('bulletinDecision')
    .selectAll()
    .where('bulletinId', '=', bulletinId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAX_SHOWN)
    .execute()
}

/** Who has withdrawn these bulletins, newest first. */
export async function withdrawalsOf(
  db: Db,
  bulletinIds: readonly BulletinId[],
): Promise<Pick<BulletinDecisionTable, 'bulletinId' | 'byName' | 'at'>[]> {
  if (bulletinIds.length === 0) return []
  return db
    .selectFrom('bulletinDecision')
    .select(['bulletinId', 'byName', 'at'])
    .where('bulletinId', 'in', [...bulletinIds])
    .where('kind', '=', 'withdraw')
    .orderBy('at', 'desc')
    .execute()
}

export async function wasEverApproved(db: Db, bulletinId: BulletinId): Promise<boolean> {
  const row = await db
    .selectFrom('bulletinDecision')
    .select('id')
    .where('bulletinId', '=', bulletinId)
    .where('kind', '=', 'approve')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
