import { type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely'

export type Dialect = 'sqlite' | 'postgres'

interface TableMaker {
  /** `create table`, STRICT on SQLite so that a wrong type is an error there as it is on PostgreSQL. */
  readonly table: <T extends string>(name: T) => CreateTableBuilder<T>
  /** 64-bit integer. */
  readonly int: RawBuilder<unknown>
  /** 64-bit float. */
  readonly real: RawBuilder<unknown>
}

export function tableMaker(db: Kysely<unknown>, dialect: Dialect): TableMaker {
  const sqlite = dialect === 'sqlite'
  return {
    table: (name) => {
      const builder = db.schema.createTable(name)
      return sqlite ? builder.modifyEnd(sql`strict`) : builder
    },
    int: sqlite ? sql`integer` : sql`bigint`,
    real: sqlite ? sql`real` : sql`double precision`,
  }
}
