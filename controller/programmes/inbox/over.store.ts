import type { BulletinId } from '#protocol/ids.ts'
import { naming } from '../../broadcasts/broadcasts.store.ts'
import type { Db } from '../../db/open.ts'

/** Whether a session of a commune with the bulletin in it has begun since then, and is closed. */
export async function overSince(db: Db, areaCode: string, bulletinId: BulletinId, since: number): Promise<boolean> {
  const row = await db
    .selectFrom('programmeBulletin')
    .innerJoin('broadcast', 'broadcast.programmeId', 'programmeBulletin.programmeId')
    .select('broadcast.id')
    .where('programmeBulletin.bulletinId', '=', bulletinId)
    .where('broadcast.areaCode', '=', areaCode)
    .where('broadcast.status', '=', 'closed')
    .where('broadcast.startAt', '>=', since)
    .where('broadcast.itemsJson', 'like', naming(bulletinId))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
