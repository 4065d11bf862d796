import { PGlite } from '@electric-sql/pglite'
import { PGliteDialect } from 'kysely-pglite-dialect'
import { afterAll, beforeAll } from 'vitest'
import { type Database, kyselyOver, migrate, openDatabase } from '../../controller/db/open.ts'

interface TestDialect {
  readonly name: string
  /** A database in this process without a single table. */
  readonly bare: () => Database
}

/** Both engines that the product may run on: `for (const dialect of dialects) describe(dialect.name, …)`. */
export const dialects: readonly TestDialect[] = [
  { name: 'on SQLite', bare: () => openDatabase({ kind: 'sqlite', file: ':memory:' }) },
  {
    name: 'on PostgreSQL',
    bare: () => ({ db: kyselyOver(new PGliteDialect(new PGlite())), dialect: 'postgres' }),
  },
]

/** The database of the `describe` that is running. */
export type Stores = () => Database

/** One migrated database for all tests of a `describe`; each test owns its rows. */
export function useDatabase({ bare }: TestDialect): Stores {
  let database: Database | null = null
  beforeAll(async () => {
    database = bare()
    await migrate(database)
  })
  afterAll(() => database?.db.destroy())
  return () => {
    if (!database) throw new Error('the database is open only while tests run')
    return database
  }
}
