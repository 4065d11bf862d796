import type { BulletinClass, BulletinStatus, OmittablePart } from '#protocol/http/bulletins.ts'
import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { BulletinTable, BulletinVersionTable } from '../db/schema.ts'

export interface NewVersion {
  readonly id: BulletinVersionId
  readonly bulletinId: BulletinId
  readonly number: number
  readonly title: string
  readonly class: BulletinClass
  readonly script: string
  readonly targets: readonly string[]
  readonly omit: readonly OmittablePart[]
  readonly effectiveOn: string | null
  readonly expiresOn: string | null
  readonly cites: readonly string[]
  readonly createdBy: string
  readonly createdByName: string
  readonly createdAt: number
}

export async function insertBulletin(db: Db, row: BulletinTable): Promise<void> {
  await db.insertInto('bulletin').values(row).execute()
}

/** Adds an immutable version, and whom it is for so that it can be searched. */
export async function insertVersion(db: Db, version: NewVersion): Promise<void> {
  const { targets, omit, cites, ...rest } = version
  await db
    .insertInto('bulletinVersion')
    .values({
      ...rest,
      targetsJson: JSON.stringify(targets),
      omitJson: JSON.stringify(omit),
      citesJson: JSON.stringify(cites),
    })
    .execute()
  await db
    .insertInto('bulletinVersionTarget')
    .values(targets.map((areaCode) => ({ versionId: version.id, areaCode })))
    .execute()
}

export interface Seen {
  readonly status: readonly BulletinStatus[]
  readonly versionId: BulletinVersionId
  readonly approvedVersionId: BulletinVersionId | null
}

/** Moves a bulletin on if it still stands where the caller has seen it; false: someone else was first. */
export async function transitionBulletin(
  db: Db,
  id: BulletinId,
  seen: Seen,
  set: Partial<BulletinTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('bulletin')
    .set(set)
    .where('id', '=', id)
    .where('status', 'in', [...seen.status])
    .where('currentVersionId', '=', seen.versionId)
    .where('approvedVersionId', 'is not distinct from', seen.approvedVersionId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function findBulletin(db: Db, id: BulletinId): Promise<BulletinTable | null> {
  return (await db.selectFrom('bulletin').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

export async function findVersion(db: Db, id: BulletinVersionId): Promise<BulletinVersionTable | null> {
  return (await db.selectFrom('bulletinVersion').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** The areas that at least one of these versions is for. */
export async function targetsOf(db: Db, ids: readonly BulletinVersionId[]): Promise<string[]> {
  const rows = await db
    .selectFrom('bulletinVersionTarget')
    .select('areaCode')
    .distinct()
    .where('versionId', 'in', [...ids])
    .execute()
  return rows.map((row) => row.areaCode)
}

/** What bulletins are called now, each once. */
export async function titlesOf(db: Db, ids: readonly BulletinId[]): Promise<string[]> {
  const rows = await db
    .selectFrom('bulletin')
    .innerJoin('bulletinVersion', 'bulletinVersion.id', 'bulletin.currentVersionId')
    .select('bulletinVersion.title')
    .where('bulletin.id', 'in', [...ids])
    .orderBy('bulletin.id')
    .execute()
  return rows.map((row) => row.title)
}

export type VersionRow = Pick<BulletinVersionTable, 'id' | 'number' | 'createdAt' | 'createdByName'>

export async function listVersions(db: Db, bulletinId: BulletinId): Promise<VersionRow[]> {
  return db
    .selectFrom('bulletinVersion')
    .select(['id', 'number', 'createdAt', 'createdByName'])
    .where('bulletinId', '=', bulletinId)
    .orderBy('number', 'desc')
    .limit(100)
    .execute()
}

export interface ListFilter {
  /** Only this one. */
  readonly id?: BulletinId
  readonly status: BulletinStatus | undefined
  /** Areas to which the reader is limited; null: none. */
  readonly scope: readonly string[] | null
  readonly before: { readonly createdAt: number; readonly id: string } | null
  readonly limit: number
}

/** Whether a reader who is limited to some areas sees a bulletin; null: to none. */
export async function isVisible(db: Db, id: BulletinId, scope: readonly string[] | null): Promise<boolean> {
  const found = await listBulletinIds(db, { id, status: undefined, scope, before: null, limit: 1 })
  return found.length > 0
}

/**
 * Ids of bulletins, newest first. A reader sees what targets their area, an area within it, or the province above: in
 * the current version or in the one on air.
 */
export async function listBulletinIds(db: Db, filter: ListFilter): Promise<{ id: BulletinId; createdAt: number }[]> {
  let select = db.selectFrom('bulletin').select(['id', 'createdAt']).where('deletedAt', 'is', null)
  const { id, status, scope, before } = filter
  if (scope?.length === 0) return []
  if (id) select = select.where('id', '=', id)
  if (status) select = select.where('status', '=', status)
  if (scope) {
    const codes = [...scope]
    select = select.where((eb) =>
      eb.exists(
        eb
          .selectFrom('bulletinVersionTarget as target')
          .innerJoin('area', 'area.code', 'target.areaCode')
          .select('area.code')
          .where((on) =>
            on('target.versionId', 'in', [on.ref('bulletin.currentVersionId'), on.ref('bulletin.approvedVersionId')]),
          )
          .where((on) =>
            on.or([
              on('area.code', 'in', codes),
              on('area.parentCode', 'in', codes),
              on(
                'area.code',
                'in',
                on.selectFrom('area as own').select('own.parentCode').where('own.code', 'in', codes),
              ),
            ]),
          ),
      ),
    )
  }
  if (before) {
    select = select.where((eb) =>
      eb.or([
        eb('createdAt', '<', before.createdAt),
        eb.and([eb('createdAt', '=', before.createdAt), eb('id', '<', before.id as BulletinId)]),
      ]),
    )
  }
  return select.orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(filter.limit).execute()
}
