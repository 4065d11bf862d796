import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteDriver from 'better-sqlite3'
import {
  CompiledQuery,
  type ControlledTransaction,
  type DatabaseConnection,
  type Driver,
  HandleEmptyInListsPlugin,
  Kysely,
  type Dialect as KyselyDialect,
  SqliteDriver as KyselySqliteDriver,
  Migrator,
  PostgresDialect,
  replaceWithNoncontingentExpression,
  type SqliteDatabase,
  SqliteDialect,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { keepStatements } from './kept-statements.ts'
import { migrationsFor } from './migrations/index.ts'
import type { Tables } from './schema.ts'
import type { Dialect } from './table-maker.ts'

/** The database or a transaction in it: every store function takes one first. */
export type Db = Kysely<Tables> | Transaction<Tables> | ControlledTransaction<Tables>

export interface Database {
  readonly db: Kysely<Tables>
  readonly dialect: Dialect
}

export type DatabaseSettings =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }

export function openDatabase(settings: DatabaseSettings): Database {
  return settings.kind === 'sqlite' ? openSqlite(settings.file) : openPostgres(settings.url)
}

/** `in ()` is a syntax error on PostgreSQL and nothing on SQLite: an empty list matches nothing on either. */
export const kyselyOver = (dialect: KyselyDialect): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect,
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  })

function openSqlite(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const driver = new SqliteDriver(file)
  driver.pragma('busy_timeout = 5000')
  driver.pragma('journal_mode = WAL')
  // A journal entry is acknowledged to its cluster only once it survives a power cut.
  driver.pragma('synchronous = FULL')
  driver.pragma('foreign_keys = ON')
  return { db: kyselyOver(new WritingSqliteDialect(keepStatements(driver))), dialect: 'sqlite' }
}

/**
 * Transactions write, so they wait at their beginning for another process that is writing: one that has already read when
 * the other commits could not go on, and no waiting would help it.
 */
class WritingSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new WritingSqliteDriver({ database: this.#database })
  }
}

class WritingSqliteDriver extends KyselySqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

function openPostgres(url: string): Database {
  const INT8 = 20
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)),
  }
  const pool = new pg.Pool({ connectionString: url, max: 10, types })
  // An idle connection that the server ends must not end this process: the pool opens another for the next query.
  pool.on('error', () => {})
  return { db: kyselyOver(new PostgresDialect({ pool })), dialect: 'postgres' }
}

/**
 * Brings the tables up to date, all or nothing; safe to run at every start. SQLite's migrations may rebuild tables, so its
 * foreign keys are looked at once, at the end.
 */
export async function migrate({ db, dialect }: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(dialect) } })
  const run = async (): Promise<void> => {
    const { error } = await migrator.migrateToLatest()
    if (error) throw new Error('database migration failed', { cause: error })
  }
  await (dialect === 'sqlite' ? withoutForeignKeys(db, run) : run())
}

/** Its migrator opens no transaction on SQLite, and the pragma works outside of one only. */
async function withoutForeignKeys(db: Kysely<Tables>, run: () => Promise<void>): Promise<void> {
  await sql`pragma foreign_keys = off`.execute(db)
  await sql`begin immediate`.execute(db)
  try {
    await run()
    const { rows } = await sql`pragma foreign_key_check`.execute(db)
    if (rows.length > 0) throw new Error(`database migration left ${rows.length} rows without what they refer to`)
    await sql`commit`.execute(db)
  } catch (error) {
    await sql`rollback`.execute(db)
    throw error
  } finally {
    await sql`pragma foreign_keys = on`.execute(db)
  }
}
