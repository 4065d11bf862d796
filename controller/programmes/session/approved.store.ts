import type { BulletinId } from '#protocol/ids.ts'
import type { Db } from '../../db/open.ts'
import type { Approved } from './validity.ts'

/** Of these bulletins, the ones that may air at all, with the last day on which they may. */
export async function approvedBulletins(db: Db, ids: readonly BulletinId[]): Promise<Approved> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('bulletin')
    .innerJoin('bulletinVersion', 'bulletinVersion.id', 'bulletin.approvedVersionId')
    .select(['bulletin.id', 'bulletinVersion.title', 'bulletinVersion.expiresOn'])
    .where('bulletin.id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}
