import type { Selectable } from 'kysely'
import type { BulletinId, UploadId } from '#protocol/ids.ts'
import { Codec } from '#protocol/messages.ts'
import type { StoredSound } from '../audio/frames.store.ts'
import type { JoinedAudio } from '../audio/playable.ts'
import type { Db } from '../db/open.ts'
import type { UploadTable } from '../db/schema.ts'
import { namingSound } from '../programmes/programmes.store.ts'

export type UploadRow = Selectable<UploadTable>

/** States in which the file that was brought still lies in our folder. */
const IN_FLIGHT = ['receiving', 'checking', 'unchecked'] as const

export async function insertUpload(db: Db, row: UploadRow): Promise<void> {
  await db.insertInto('upload').values(row).execute()
}

export async function findUpload(db: Db, id: UploadId): Promise<UploadRow | null> {
  return (await db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** An upload and the audio that was made of it. */
export type SoundRow = UploadRow & JoinedAudio

/** Chimes and music of a station, the newest first; what is still on its way is left out. */
export async function listAssets(
  db: Db,
  filter: { areaCode: string; purpose: 'chime' | 'bed' | undefined },
): Promise<SoundRow[]> {
  let select = db
    .selectFrom('upload')
    .leftJoin('audioAsset', 'audioAsset.sha256', 'upload.sha256')
    .selectAll('upload')
    .select(['audioAsset.bytes', 'audioAsset.ms', 'audioAsset.loudnessLufs', 'audioAsset.truePeakDbtp'])
    .where('upload.areaCode', '=', filter.areaCode)
    .where('upload.state', '!=', 'receiving')
  if (filter.purpose) select = select.where('upload.purpose', '=', filter.purpose)
  return select.orderBy('upload.createdAt', 'desc').orderBy('upload.id', 'desc').limit(500).execute()
}

/** Of these, what is ready to air, by its name. */
export async function readySounds(
  db: Db,
  ids: readonly UploadId[],
): Promise<Map<UploadId, StoredSound & { title: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('upload')
    .innerJoin('audioAsset', 'audioAsset.sha256', 'upload.sha256')
    .select(['upload.id', 'upload.fileName as title'])
    .select(['audioAsset.sha256', 'audioAsset.bytes', 'audioAsset.codec', 'audioAsset.ms'])
    .where('upload.id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, codec, ...row }) => [id, { ...row, codec: Codec.parse(codec) }]))
}

/** Takes a chime or music out of the library, unless its station has chosen it, or a programme; false then, and when there is none. */
export async function removeAsset(db: Db, id: UploadId): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('upload')
    .where('id', '=', id)
    .where('purpose', '!=', 'recording')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('programme')
            .select('programme.id')
            .whereRef('programme.areaCode', '=', 'upload.areaCode')
            .where('programme.status', '=', 'active')
            .where('programme.rundownJson', 'like', namingSound(id)),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('station')
            .select('station.areaCode')
            .where((on) =>
              on.or([
                on('station.openingUploadId', '=', on.ref('upload.id')),
                on('station.closingUploadId', '=', on.ref('upload.id')),
                on('station.bedUploadId', '=', on.ref('upload.id')),
              ]),
            ),
        ),
      ),
    )
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** How many sounds a station has or is getting. */
export async function countAssets(db: Db, areaCode: string): Promise<number> {
  const row = await db
    .selectFrom('upload')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('areaCode', '=', areaCode)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** How much is on its way or being checked: of everybody, or of one account. */
export async function countInFlight(db: Db, broughtBy?: string): Promise<{ files: number; bytes: number }> {
  let select = db
    .selectFrom('upload')
    .select((eb) => [eb.fn.countAll<number>().as('files'), eb.fn.sum<number | null>('announcedBytes').as('bytes')])
    .where('state', 'in', IN_FLIGHT)
  if (broughtBy !== undefined) select = select.where('broughtBy', '=', broughtBy)
  const row = await select.executeTakeFirstOrThrow()
  return { files: Number(row.files), bytes: Number(row.bytes ?? 0) }
}

/** Moves an upload on from a state; false: someone else was first. */
export async function transitionUpload(
  db: Db,
  id: UploadId,
  from: UploadTable['state'],
  set: Partial<Pick<UploadTable, 'state' | 'progress' | 'findingsJson' | 'sha256'>> & { updatedAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('upload')
    .set(set)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Forgets an upload that never was complete; false: it is complete by now, or gone. */
export async function abandonUpload(db: Db, id: UploadId): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('upload')
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Uploads that are still on their way, oldest first; only those begun before an instant, if one is given. */
export async function listReceiving(
  db: Db,
  begunBefore?: number,
): Promise<Pick<UploadRow, 'id' | 'state' | 'announcedBytes' | 'createdAt'>[]> {
  let select = db
    .selectFrom('upload')
    .select(['id', 'state', 'announcedBytes', 'createdAt'])
    .where('state', '=', 'receiving')
  if (begunBefore !== undefined) select = select.where('createdAt', '<', begunBefore)
  return select.orderBy('createdAt').limit(1_000).execute()
}

/** Uploads that a fault has kept from being checked since before an instant. */
export async function listUnchecked(
  db: Db,
  before: number,
): Promise<Pick<UploadRow, 'id' | 'bulletinId' | 'areaCode'>[]> {
  return db
    .selectFrom('upload')
    .select(['id', 'bulletinId', 'areaCode'])
    .where('state', '=', 'unchecked')
    .where('updatedAt', '<', before)
    .limit(1_000)
    .execute()
}

/** Ids of recordings of a bulletin that are still on their way. */
export async function listReceivingFor(db: Db, bulletinId: BulletinId): Promise<UploadId[]> {
  const rows = await db
    .selectFrom('upload')
    .select('id')
    .where('bulletinId', '=', bulletinId)
    .where('state', '=', 'receiving')
    .execute()
  return rows.map(({ id }) => id)
}

/** Of these names of files, the ones that belong to uploads in flight. */
export async function knownInFlight(db: Db, names: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('upload')
    .select('id')
    .where('id', 'in', names as UploadId[])
    .where('state', 'in', IN_FLIGHT)
    .execute()
  return new Set(rows.map(({ id }) => id))
}
