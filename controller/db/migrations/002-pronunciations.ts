import type { Kysely } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

export const up =
  (dialect: Dialect) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    await table('pronunciation')
      .addColumn('areaCode', 'text', (c) => c.notNull().references('area.code'))
      .addColumn('written', 'text', (c) => c.notNull())
      .addColumn('spoken', 'text', (c) => c.notNull())
      .addColumn('updatedByName', 'text', (c) => c.notNull())
      .addColumn('updatedAt', int, (c) => c.notNull())
      .addPrimaryKeyConstraint('pronunciationPk', ['areaCode', 'written'])
      .execute()
  }
