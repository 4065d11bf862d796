import type { ProgrammeId } from '#protocol/ids.ts'
import type { PlacementTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'

export type Placement = PlacementTable

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
