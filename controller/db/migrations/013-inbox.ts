import type { Kysely } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

/** What was approved before arrives nowhere: communes have scheduled it already, or have not wanted it. */
export const up =
  (dialect: Dialect) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    const { schema } = db
    await table('inboxItem')
      .addColumn('areaCode', 'text', (c) => c.notNull().references('station.areaCode'))
      .addColumn('bulletinId', 'text', (c) => c.notNull().references('bulletin.id'))
      .addColumn('class', 'text', (c) => c.notNull())
      .addColumn('isOwn', int, (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('isUrgent', int, (c) => c.notNull())
      .addColumn('arrivedAt', int, (c) => c.notNull())
      .addColumn('deadlineAt', int, (c) => c.notNull())
      .addColumn('returnsOn', 'text')
      .addColumn('returnsAt', int)
      .addColumn('decidedBy', 'text')
      .addColumn('decidedByName', 'text')
      .addColumn('decidedAt', int)
      .addColumn('reason', 'text')
      .addPrimaryKeyConstraint('inboxItemPk', ['areaCode', 'bulletinId'])
      .execute()
    await schema.createIndex('inboxItemByBulletin').on('inboxItem').columns(['bulletinId']).execute()
    await schema.createIndex('inboxItemByDeadline').on('inboxItem').columns(['state', 'deadlineAt']).execute()
    for (const column of ['isInsisted', 'isOrderOnly'])
      await schema
        .alterTable('placement')
        .addColumn(column, int, (c) => c.notNull().defaultTo(0))
        .execute()
  }
