import type { Kysely } from 'kysely'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .alterTable('station')
    .addColumn('soundProfile', 'text', (c) => c.notNull().defaultTo('horn'))
    .execute()
  // What was produced before was left as it was spoken.
  await db.schema
    .alterTable('rendition')
    .addColumn('soundProfile', 'text', (c) => c.notNull().defaultTo('flat'))
    .execute()
}
