import { Codec } from '#protocol/messages.ts'
import type { RelayTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'

export interface StoredRelay extends RelayTable {
  readonly codec: Codec
}

/** All streams that stations may relay, by title. */
export async function listRelays(db: Db): Promise<StoredRelay[]> {
  const rows = await db.selectFrom('relay').selectAll().orderBy('title').orderBy('name').execute()
  return rows.map((row) => ({ ...row, codec: Codec.parse(row.codec) }))
}

export async function saveRelay(db: Db, relay: RelayTable): Promise<void> {
  const { name, ...set } = relay
  await db
    .insertInto('relay')
    .values(relay)
    .onConflict((oc) => oc.column('name').doUpdateSet(set))
    .execute()
}

export async function removeRelay(db: Db, name: string): Promise<void> {
  await db.deleteFrom('relay').where('name', '=', name).execute()
}
