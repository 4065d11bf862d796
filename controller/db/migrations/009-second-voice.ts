import type { Kysely } from 'kysely'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('rendition').addColumn('spokenSecond', 'text').execute()
}
