import type { BulletinId } from '#protocol/ids.ts'
import type { Db } from '../../db/open.ts'
import { DAY } from '../../units.ts'

/** Two weeks back, so that people see what they have decided on lately. */
const LOOK_BACK_MS = 14 * DAY
const MAX_SESSIONS = 2_000

export type NamingSession = Awaited<ReturnType<typeof sessionsNaming>>[number]

/** Sessions of programmes that air these bulletins or have, planned or closed; their items say whether they do. */
export async function sessionsNaming(
  db: Db,
  areaCodes: readonly string[],
  bulletinIds: readonly BulletinId[],
  now: number,
) {
  if (bulletinIds.length === 0) return []
  return db
    .selectFrom('programmeBulletin')
    .innerJoin('programme', 'programme.id', 'programmeBulletin.programmeId')
    .innerJoin('broadcast', 'broadcast.programmeId', 'programmeBulletin.programmeId')
    .select(['programmeBulletin.bulletinId', 'programme.name as programmeName'])
    .select(['broadcast.programmeId', 'broadcast.originalDate', 'broadcast.areaCode', 'broadcast.status'])
    .select(['broadcast.startAt', 'broadcast.itemsJson', 'broadcast.droppedJson'])
    .where('programmeBulletin.bulletinId', 'in', [...bulletinIds])
    .where('broadcast.areaCode', 'in', [...areaCodes])
    .where('broadcast.status', '!=', 'cancelled')
    .where('broadcast.startAt', '>', now - LOOK_BACK_MS)
    .orderBy('broadcast.startAt')
    .orderBy('broadcast.id')
    .limit(MAX_SESSIONS)
    .execute()
}
