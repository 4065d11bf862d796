import type { Kysely } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

export const up =
  (dialect: Dialect) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const { table } = tableMaker(db, dialect)
    await db.schema
      .alterTable('station')
      .addColumn('soundProfile', 'text', (c) => c.notNull().defaultTo('horn'))
      .execute()
    // What was produced before was left as it was spoken.
    await db.schema
      .alterTable('rendition')
      .addColumn('soundProfile', 'text', (c) => c.notNull().defaultTo('flat'))
      .execute()
    await db.schema
      .alterTable('cluster')
      .addColumn('codecs', 'text', (c) => c.notNull().defaultTo('mp3'))
      .execute()
    await table('audioEncoding')
      .addColumn('sourceSha256', 'text', (c) => c.notNull().references('audioAsset.sha256'))
      .addColumn('codec', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull().references('audioAsset.sha256'))
      .addPrimaryKeyConstraint('audioEncodingPk', ['sourceSha256', 'codec'])
      .execute()
  }
