import type { Kysely } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

// biome-ignore lint/suspicious/noExplicitAny: tables on their way from one shape to the next
type Old = Kysely<any>

/** An exemption says how much more it allows, those from before by saying nothing; and the night is known to the stores. */
export const up =
  (dialect: Dialect) =>
  async (db: Old): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    await db.schema
      .alterTable('exemption')
      .addColumn('upToJson', 'text', (c) => c.notNull().defaultTo('{}'))
      .execute()
    await table('installation')
      .addColumn('id', int, (c) => c.primaryKey())
      .addColumn('nightFrom', 'text', (c) => c.notNull())
      .addColumn('nightTo', 'text', (c) => c.notNull())
      .execute()
    // As is usual, until the controller starts and says what its settings say.
    await db.insertInto('installation').values({ id: 1, nightFrom: '23:00', nightTo: '04:00' }).execute()
  }
