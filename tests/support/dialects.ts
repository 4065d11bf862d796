import { PGlite } from '@electric-sql/pglite'
import { PGliteDialect } from 'kysely-pglite-dialect'
import { afterAll, beforeAll } from 'vitest'
import { type Database, kyselyOver, migrate, openDatabase } from '../../controller/db/open.ts'

interface TestDialect {
  readonly name: string
  /** An empty, migrated database in this process. */
  readonly open: () => Promise<Database>
}

/** Both engines that the product may run on: `for (const dialect of dialects) describe(dialect.name, …)`. */
export const dialects: readonly TestDialect[] = [
  { name: 'on SQLite', open: () => migrated(openDatabase({ kind: 'sqlite', file: ':memory:' })) },
  {
    name: 'on PostgreSQL',
    open: () => migrated({ db: kyselyOver(new PGliteDialect(new PGlite())), dialect: 'postgres' }),
  },
]

/** The database of the `describe` that is running. */
export type Stores = () => Database

/** One database for all tests of a `describe`; each test owns its rows. */
export function useDatabase({ open }: TestDialect): Stores {
  let database: Database | null = null
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database?.db.destroy())
  return () => {
    if (!database) throw new Error('the database is open only while tests run')
    return database
  }
}

async function migrated(database: Database): Promise<Database> {
  await migrate(database)
  return database
}
