import type { Kysely } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

export const up =
  (dialect: Dialect) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const { table } = tableMaker(db, dialect)
    await table('builtInChime')
      .addColumn('kind', 'text', (c) => c.primaryKey())
      .addColumn('sha256', 'text', (c) => c.notNull().references('audioAsset.sha256'))
      .execute()
    await table('speechCut')
      .addColumn('sourceSha256', 'text', (c) => c.primaryKey().references('audioAsset.sha256'))
      .addColumn('sha256', 'text', (c) => c.references('audioAsset.sha256'))
      .execute()
    await table('relay')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('url', 'text', (c) => c.notNull())
      .addColumn('codec', 'text', (c) => c.notNull())
      .execute()
    await db.schema
      .alterTable('cluster')
      .addColumn('features', 'text', (c) => c.notNull().defaultTo(''))
      .execute()
    for (const name of ['builtInChime', 'speechCut'])
      await db.schema.createIndex(`${name}ByAudio`).on(name).columns(['sha256']).execute()
  }
