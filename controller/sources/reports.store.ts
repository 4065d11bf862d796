import type { SourceReportSummary } from '#protocol/http/broadcasts.ts'
import type { BroadcastId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { SourceReportTable } from '../db/schema.ts'
import { isoOrNull } from '../iso.ts'
import { textOfProblem } from './problem.ts'

export async function insertReport(db: Db, row: SourceReportTable): Promise<void> {
  await db.insertInto('sourceReport').values(row).execute()
}

export async function findReport(
  db: Db,
  broadcastId: BroadcastId,
  revision: number,
): Promise<SourceReportTable | null> {
  const row = await db
    .selectFrom('sourceReport')
    .selectAll()
    .where('broadcastId', '=', broadcastId)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return row ?? null
}

export async function updateReport(
  db: Db,
  key: { broadcastId: BroadcastId; revision: number },
  set: Pick<SourceReportTable, 'state' | 'attempts' | 'deliveredAt' | 'lastError'>,
): Promise<void> {
  await db
    .updateTable('sourceReport')
    .set(set)
    .where('broadcastId', '=', key.broadcastId)
    .where('revision', '=', key.revision)
    .execute()
}

/** Gives a report up that was still to be tried again; what the source itself has refused keeps its reason. */
export async function failReport(
  db: Db,
  key: { broadcastId: BroadcastId; revision: number },
  lastError: string,
): Promise<void> {
  await db
    .updateTable('sourceReport')
    .set({ state: 'failed', lastError })
    .where('broadcastId', '=', key.broadcastId)
    .where('revision', '=', key.revision)
    .where('state', '=', 'waiting')
    .execute()
}

export async function listReports(db: Db, broadcastId: BroadcastId): Promise<SourceReportSummary[]> {
  const rows = await db
    .selectFrom('sourceReport')
    .select(['sourceName', 'state', 'revision', 'attempts', 'deliveredAt', 'lastError'])
    .where('broadcastId', '=', broadcastId)
    .orderBy('revision', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => ({
    ...row,
    deliveredAt: isoOrNull(row.deliveredAt),
    lastError: textOfProblem(row.lastError),
  }))
}
