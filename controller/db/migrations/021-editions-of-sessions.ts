import { type Kysely, sql } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

// biome-ignore lint/suspicious/noExplicitAny: tables on their way from one shape to the next
type Old = Kysely<any>

/** How often and when last a session has changed, which calendars tell. */
export const up =
  (dialect: Dialect) =>
  async (db: Old): Promise<void> => {
    const { int } = tableMaker(db, dialect)
    const { schema } = db
    await schema
      .alterTable('broadcast')
      .addColumn('revision', int, (c) => c.notNull().defaultTo(1))
      .execute()
    await schema
      .alterTable('broadcast')
      .addColumn('changedAt', int, (c) => c.notNull().defaultTo(0))
      .execute()
    await db
      .updateTable('broadcast')
      .set({ changedAt: sql`coalesce(${sql.ref('cancelledAt')}, ${sql.ref('createdAt')})` })
      .execute()
  }
