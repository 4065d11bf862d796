import type { Kysely } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

/** Who has called a session off, who has changed a programme, and what counting the ledger needs. */
export const up =
  (dialect: Dialect) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    const { schema } = db
    await schema.alterTable('broadcast').addColumn('cancelledByName', 'text').execute()
    await schema.alterTable('broadcast').addColumn('cancelledAt', int).execute()

    await table('programmeChange')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('programmeId', 'text', (c) => c.notNull().references('programme.id'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('date', 'text')
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('byName', 'text', (c) => c.notNull())
      .addColumn('at', int, (c) => c.notNull())
      .execute()
    await schema
      .createIndex('programmeChangeByProgramme')
      .on('programmeChange')
      .columns(['programmeId', 'at'])
      .execute()
  }
