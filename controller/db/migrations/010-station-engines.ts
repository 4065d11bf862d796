import type { Kysely } from 'kysely'

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .alterTable('station')
    .addColumn('enginesJson', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute()
}
