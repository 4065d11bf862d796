import type SqliteDriver from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

/** Statements that are kept, the latest used ones; those of long lists are rare, and large. */
const MOST = 300
const LONGEST_SQL = 2_000

/** SQLite compiles each text once instead of at each use, which is a good part of what a small query costs. */
export function keepStatements(driver: SqliteDriver.Database): SqliteDatabase {
  const kept = new Map<string, SqliteDriver.Statement<unknown[]>>()
  return {
    close: () => driver.close(),
    prepare: (sql) => {
      const known = kept.get(sql)
      // One that is being stepped through cannot begin anew.
      if (known?.busy) return driver.prepare(sql)
      const statement = known ?? driver.prepare<unknown[]>(sql)
      if (sql.length > LONGEST_SQL) return statement
      kept.delete(sql)
      kept.set(sql, statement)
      const [oldest] = kept.keys()
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest)
      return statement
    },
  }
}
