import type { Kysely } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

export const up =
  (dialect: Dialect) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const { int } = tableMaker(db, dialect)
    await db.schema.alterTable('audioAsset').addColumn('peaks', 'text').execute()
    await db.schema.alterTable('rendition').addColumn('sentences', int).execute()
    await db.schema.alterTable('rendition').addColumn('marksJson', 'text').execute()
  }
