import { type Kysely, sql } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

// biome-ignore lint/suspicious/noExplicitAny: tables on their way from one shape to the next
type Old = Kysely<any>

/** A programme that has ended leaves its name in files to another, and a station's calendar may be read by a secret link. */
export const up =
  (dialect: Dialect) =>
  async (db: Old): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    await db.schema.dropIndex('programmeByKey').execute()
    await db.schema
      .createIndex('programmeByKey')
      .unique()
      .on('programme')
      .columns(['areaCode', 'key'])
      .where(sql.ref('status'), '=', 'active')
      .execute()
    await table('calendarLink')
      .addColumn('areaCode', 'text', (c) => c.primaryKey())
      .addColumn('tokenHash', 'text', (c) => c.notNull().unique())
      .addColumn('createdByName', 'text', (c) => c.notNull())
      .addColumn('createdAt', int, (c) => c.notNull())
      .execute()
  }
