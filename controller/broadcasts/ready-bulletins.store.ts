import type { BulletinId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import { AiringItem, type ReadyBulletin } from './session.ts'

/** Of these bulletins, the ones with an approved version whose audio is ready. */
export async function readyBulletins(db: Db, ids: readonly BulletinId[]): Promise<Map<BulletinId, ReadyBulletin>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('bulletin')
    .innerJoin('bulletinVersion', 'bulletinVersion.id', 'bulletin.approvedVersionId')
    .innerJoin('rendition', 'rendition.versionId', 'bulletin.approvedVersionId')
    .innerJoin('audioAsset', 'audioAsset.sha256', 'rendition.sha256')
    .select([
      'bulletin.id as bulletinId',
      'bulletinVersion.id as versionId',
      'bulletinVersion.number as versionNumber',
      'bulletinVersion.title',
      'bulletinVersion.class',
      'audioAsset.sha256',
      'audioAsset.bytes',
      'audioAsset.codec',
      'audioAsset.ms',
    ])
    .where('bulletin.id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.bulletinId, { ...AiringItem.parse(row), class: row.class }]))
}
