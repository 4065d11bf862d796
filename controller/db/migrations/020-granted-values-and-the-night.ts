import type { Kysely } from 'kysely'

/** An exemption says how much more it allows, those from before by saying nothing. */
export const up =
  () =>
  async (db: Kysely<unknown>): Promise<void> => {
    await db.schema
      .alterTable('exemption')
      .addColumn('upToJson', 'text', (c) => c.notNull().defaultTo('{}'))
      .execute()
  }
