import type { Kysely } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

export const up =
  (dialect: Dialect) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    await table('speechBudget')
      .addColumn('month', 'text', (c) => c.notNull())
      .addColumn('family', 'text', (c) => c.notNull())
      .addColumn('characters', int, (c) => c.notNull())
      .addPrimaryKeyConstraint('speechBudgetPk', ['month', 'family'])
      .execute()
    await db.schema.alterTable('rendition').addColumn('spokenEngine', 'text').execute()
    await db.schema.alterTable('rendition').addColumn('spokenVoice', 'text').execute()
    await db.schema.alterTable('rendition').addColumn('skippedJson', 'text').execute()
    await db.schema
      .alterTable('rendition')
      .addColumn('sentCharacters', int, (c) => c.notNull().defaultTo(0))
      .execute()
  }
