import type { Kysely } from 'kysely'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .alterTable('bulletinVersion')
    .addColumn('omitJson', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute()
}
