import type { ProgrammeId } from '#protocol/ids.ts'
import type { ProgrammeChangeTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'

export type ProgrammeChange = ProgrammeChangeTable

export async function insertChange(db: Db, change: ProgrammeChange): Promise<void> {
  await db.insertInto('programmeChange').values(change).execute()
}

/** Who has ended or changed these programmes, or made one of these days different, newest first. */
export async function changesOf(
  db: Db,
  programmeIds: readonly ProgrammeId[],
  dates: readonly string[],
): Promise<ProgrammeChange[]> {
  if (programmeIds.length === 0) return []
  return db
    .selectFrom('programmeChange')
    .selectAll()
    .where('programmeId', 'in', [...programmeIds])
    .where((eb) => eb.or([eb('kind', 'in', ['end', 'series']), eb('date', 'in', [...dates])]))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}
