import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import { byLanguage, VIETNAMESE } from '#protocol/languages.ts'
import type { Db } from '../../db/open.ts'
import { AiredBulletin } from './airing-item.ts'
import type { ReadyBulletin } from './session.ts'

/**
 * Of these bulletins, the ones with an approved version that can be heard: spoken by a person where there is a recording
 * in Vietnamese, else by the synthetic voice, and then in the other languages in which it was recorded.
 */
export async function readyBulletins(db: Db, ids: readonly BulletinId[]): Promise<Map<BulletinId, ReadyBulletin>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('bulletin')
    .innerJoin('bulletinVersion', 'bulletinVersion.id', 'bulletin.approvedVersionId')
    .leftJoin('rendition', 'rendition.versionId', 'bulletin.approvedVersionId')
    .leftJoin('audioAsset', 'audioAsset.sha256', 'rendition.sha256')
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
  const recorded = await recordedAudio(
    db,
    rows.map(({ versionId }) => versionId),
  )
  return new Map(
    rows.flatMap(({ class: class_, ...row }) => {
      const own = recorded.filter(({ versionId }) => versionId === row.versionId).sort(byLanguage)
      const reading = own.find(({ language }) => language === VIETNAMESE) ?? row
      if (reading.sha256 === null) return []
      const others = own.filter(({ language }) => language !== VIETNAMESE)
      const ready = { ...AiredBulletin.parse({ ...row, ...reading }), class: class_ }
      return [[row.bulletinId, { ...ready, others: others.map((audio) => AiredBulletin.parse({ ...row, ...audio })) }]]
    }),
  )
}

/** What people have recorded of these versions and was found fit. */
const recordedAudio = (db: Db, versionIds: readonly BulletinVersionId[]) =>
  db
    .selectFrom('recording')
    .innerJoin('upload', 'upload.id', 'recording.uploadId')
    .innerJoin('audioAsset', 'audioAsset.sha256', 'upload.sha256')
    .select([
      'recording.versionId',
      'recording.language',
      'audioAsset.sha256',
      'audioAsset.bytes',
      'audioAsset.codec',
      'audioAsset.ms',
    ])
    .where('recording.versionId', 'in', [...versionIds])
    .execute()
