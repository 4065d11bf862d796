import type { Selectable } from 'kysely'
import type { UploadId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { UploadTable } from '../db/schema.ts'

export type UploadRow = Selectable<UploadTable>

/** States in which the file that was brought still lies in our folder. */
const IN_FLIGHT = ['receiving', 'checking'] as const

export async function insertUpload(db: Db, row: UploadRow): Promise<void> {
  await db.insertInto('upload').values(row).execute()
}

export async function findUpload(db: Db, id: UploadId): Promise<UploadRow | null> {
  return (await db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** How much is on its way or being checked: of everybody, or of one account. */
export async function countInFlight(db: Db, broughtBy?: string): Promise<{ files: number; bytes: number }> {
  let select = db
    .selectFrom('upload')
    .select((eb) => [eb.fn.countAll<number>().as('files'), eb.fn.sum<number | null>('bytes').as('bytes')])
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

/** Ids of uploads that are still on their way, oldest first; only those begun before an instant, if one is given. */
export async function listReceiving(db: Db, begunBefore?: number): Promise<UploadId[]> {
  let select = db.selectFrom('upload').select('id').where('state', '=', 'receiving')
  if (begunBefore !== undefined) select = select.where('createdAt', '<', begunBefore)
  return (await select.orderBy('createdAt').limit(1_000).execute()).map(({ id }) => id)
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
