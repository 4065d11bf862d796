import { type Kysely, sql } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

export const up =
  (dialect: Dialect) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    const { schema } = db
    await schema.alterTable('bulletinVersion').addColumn('effectiveOn', 'text').execute()
    await schema.alterTable('bulletinVersion').addColumn('expiresOn', 'text').execute()
    await schema
      .alterTable('bulletinVersion')
      .addColumn('citesJson', 'text', (c) => c.notNull().defaultTo('[]'))
      .execute()
    await schema.alterTable('bulletin').addColumn('deletedAt', int).execute()

    await table('bulletinDecision')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('bulletinId', 'text', (c) => c.notNull().references('bulletin.id'))
      .addColumn('versionId', 'text', (c) => c.notNull().references('bulletinVersion.id'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('byName', 'text', (c) => c.notNull())
      .addColumn('at', int, (c) => c.notNull())
      .addColumn('reason', 'text')
      .execute()
    await schema
      .createIndex('bulletinDecisionByBulletin')
      .on('bulletinDecision')
      .columns(['bulletinId', 'at'])
      .execute()
    // A withdrawal has every cluster of a province planned again: each looks at its own commune's sessions only.
    await schema.createIndex('broadcastByArea').on('broadcast').columns(['areaCode', 'status', 'endAt']).execute()
    // Until now a bulletin knew its last approval only.
    const columns = sql.join(COLUMNS.map((name) => sql.ref(name)))
    await sql`
      insert into ${sql.table('bulletinDecision')} (${columns})
      select ${sql.lit('dec_')} || substr(${sql.ref('approvedVersionId')}, 5), ${sql.ref('id')},
        ${sql.ref('approvedVersionId')}, ${sql.lit('approve')}, ${sql.ref('approvedBy')}, ${sql.ref('approvedByName')},
        ${sql.ref('approvedAt')}
      from ${sql.table('bulletin')} where ${sql.ref('approvedVersionId')} is not null`.execute(db)
  }

const COLUMNS = ['id', 'bulletinId', 'versionId', 'kind', 'by', 'byName', 'at']
