import type { Selectable } from 'kysely'
import type { SessionRef } from '#protocol/http/inbox.ts'
import type { BulletinId, ProgrammeId } from '#protocol/ids.ts'
import type { PlacementTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'

export type Placement = Selectable<PlacementTable>

/** Bulletins placed into sessions of these programmes from a local date on, in the order in which they air. */
export async function placementsFrom(
  db: Db,
  programmeIds: readonly ProgrammeId[],
  fromDate: string,
): Promise<Placement[]> {
  if (programmeIds.length === 0) return []
  return db
    .selectFrom('placement')
    .selectAll()
    .where('programmeId', 'in', [...programmeIds])
    .where('originalDate', '>=', fromDate)
    .orderBy('originalDate')
    .orderBy('position')
    .orderBy('bulletinId')
    .execute()
}

/**
 * Puts a bulletin into a session, or to another place in it. Its programme leads to the bulletin from then on, as it does
 * to what its rundown names.
 */
export async function savePlacement(db: Db, placement: Placement): Promise<void> {
  const { programmeId: _programme, originalDate: _date, bulletinId: _bulletin, ...values } = placement
  await db
    .insertInto('placement')
    .values(placement)
    .onConflict((oc) => oc.columns(['programmeId', 'originalDate', 'bulletinId']).doUpdateSet(values))
    .execute()
  await db
    .insertInto('programmeBulletin')
    .values({ programmeId: placement.programmeId, bulletinId: placement.bulletinId, isNamed: 0 })
    .onConflict((oc) => oc.columns(['programmeId', 'bulletinId']).doNothing())
    .execute()
}

export async function removePlacement(db: Db, bulletinId: BulletinId, session: SessionRef): Promise<void> {
  await db
    .deleteFrom('placement')
    .where('programmeId', '=', session.programmeId)
    .where('originalDate', '=', session.originalDate)
    .where('bulletinId', '=', bulletinId)
    .execute()
}

/** Where a bulletin was placed in a commune, each with the session as it was planned, if it was. */
export async function placementsOf(db: Db, areaCode: string, bulletinId: BulletinId) {
  return placements(db, [areaCode], [bulletinId]).where('placement.isOrderOnly', '=', 0).execute()
}

/** The same of several bulletins and communes, for showing. */
export async function placementsOfAll(db: Db, areaCodes: readonly string[], bulletinIds: readonly BulletinId[]) {
  if (bulletinIds.length === 0) return []
  return placements(db, areaCodes, bulletinIds).where('placement.isOrderOnly', '=', 0).execute()
}

const placements = (db: Db, areaCodes: readonly string[], bulletinIds: readonly BulletinId[]) =>
  db
    .selectFrom('placement')
    .innerJoin('programme', 'programme.id', 'placement.programmeId')
    .leftJoin('broadcast', (join) =>
      join
        .onRef('broadcast.programmeId', '=', 'placement.programmeId')
        .onRef('broadcast.originalDate', '=', 'placement.originalDate'),
    )
    .selectAll('placement')
    .select(['programme.areaCode', 'programme.name as programmeName'])
    .select(['broadcast.startAt', 'broadcast.status', 'broadcast.cancelledBy', 'broadcast.itemsJson'])
    .where('programme.areaCode', 'in', [...areaCodes])
    .where('placement.bulletinId', 'in', [...bulletinIds])
    .orderBy('placement.originalDate')

/** Takes a bulletin out of every session of these communes that has not begun. */
export async function clearPlacements(
  db: Db,
  bulletinId: BulletinId,
  areaCodes: readonly string[],
  now: number,
): Promise<void> {
  await notBegun(db, areaCodes, now).where('placement.bulletinId', '=', bulletinId).execute()
}

/** Takes what was withdrawn, or has expired by `today`, out of every session of a commune that has not begun. */
export async function clearVoid(
  db: Db,
  areaCode: string,
  { now, today }: { now: number; today: string },
): Promise<void> {
  await notBegun(db, [areaCode], now)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('bulletin')
          .leftJoin('bulletinVersion', 'bulletinVersion.id', 'bulletin.approvedVersionId')
          .select('bulletin.id')
          .whereRef('bulletin.id', '=', 'placement.bulletinId')
          .where((on) =>
            on.or([on('bulletin.approvedVersionId', 'is', null), on('bulletinVersion.expiresOn', '<', today)]),
          ),
      ),
    )
    .execute()
}

const notBegun = (db: Db, areaCodes: readonly string[], now: number) =>
  db
    .deleteFrom('placement')
    .where('placement.programmeId', 'in', (eb) =>
      eb
        .selectFrom('programme')
        .select('programme.id')
        .where('programme.areaCode', 'in', [...areaCodes]),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('broadcast')
            .select('broadcast.id')
            .whereRef('broadcast.programmeId', '=', 'placement.programmeId')
            .whereRef('broadcast.originalDate', '=', 'placement.originalDate')
            .where('broadcast.status', '!=', 'cancelled')
            .where('broadcast.startAt', '<=', now),
        ),
      ),
    )
