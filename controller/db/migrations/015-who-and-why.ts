import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { type Dialect, tableMaker } from '../table-maker.ts'

// biome-ignore lint/suspicious/noExplicitAny: tables on their way from one shape to the next
type Old = Kysely<any>

/** Who has called a session off, who has changed a programme, and what counting the ledger needs. */
export const up =
  (dialect: Dialect) =>
  async (db: Old): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    const { schema } = db
    await schema.alterTable('broadcast').addColumn('cancelledByName', 'text').execute()
    await schema.alterTable('broadcast').addColumn('cancelledAt', int).execute()

    await table('programmeChange')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('programmeId', 'text', (c) => c.notNull().references('programme.id'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('date', 'text')
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('byName', 'text', (c) => c.notNull())
      .addColumn('at', int, (c) => c.notNull())
      .execute()
    await schema
      .createIndex('programmeChangeByProgramme')
      .on('programmeChange')
      .columns(['programmeId', 'at'])
      .execute()

    // Counting a year of deliveries takes seconds, in which an embedded database does nothing else: each session is counted
    // once, when it has ended, and again when its ledger is corrected.
    await table('sessionFigures')
      .addColumn('broadcastId', 'text', (c) => c.primaryKey().references('broadcast.id'))
      .addColumn('planned', int, (c) => c.notNull())
      .addColumn('heardMs', int, (c) => c.notNull())
      .addColumn('heard', int, (c) => c.notNull())
      .addColumn('late', int, (c) => c.notNull())
      .addColumn('partial', int, (c) => c.notNull())
      .addColumn('interrupted', int, (c) => c.notNull())
      .addColumn('missed', int, (c) => c.notNull())
      .addColumn('refused', int, (c) => c.notNull())
      .addColumn('unknown', int, (c) => c.notNull())
      .execute()
    await table('airedBulletin')
      .addColumn('broadcastId', 'text', (c) => c.notNull().references('broadcast.id'))
      .addColumn('versionId', 'text', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('airedBulletinPk', ['broadcastId', 'versionId', 'language'])
      .execute()
    await countEndedSessions(db)
  }

async function countEndedSessions(db: Old): Promise<void> {
  const { ref } = sql
  const count = (...states: string[]) =>
    sql`coalesce(sum(case when ${ref('state')} in (${sql.join(states.map((state) => sql.lit(state)))}) then 1 else 0 end), 0)`
  await sql`
    insert into ${sql.table('sessionFigures')} (${sql.join(FIGURES.map((name) => ref(name)))})
    select ${ref('broadcastId')}, count(*),
      coalesce(sum(case when ${ref('state')} in ('played', 'late') then ${ref('playedMs')} else 0 end), 0),
      ${count('played', 'late')}, ${count('late')}, ${count('partial')}, ${count('interrupted')}, ${count('missed')},
      ${count('refused')}, ${count('unknown')}
    from ${sql.table('delivery')}
    where ${ref('reason')} is distinct from 'cancelled-here'
      and ${ref('broadcastId')} in (select ${ref('id')} from ${sql.table('broadcast')} where ${ref('status')} <> 'planned')
    group by ${ref('broadcastId')}`.execute(db)
  const heard = await db
    .selectFrom('broadcast')
    .innerJoin('sessionFigures', 'sessionFigures.broadcastId', 'broadcast.id')
    .select(['broadcast.id', 'broadcast.itemsJson'])
    .where('sessionFigures.heard', '>', 0)
    .execute()
  for (const { id, itemsJson } of heard) {
    const items = z
      .array(z.object({ versionId: z.string(), language: z.string().default('vi') }))
      .parse(JSON.parse(itemsJson))
    if (items.length === 0) continue
    await db
      .insertInto('airedBulletin')
      .values(items.map(({ versionId, language }) => ({ broadcastId: id, versionId, language })))
      .onConflict((oc) => oc.doNothing())
      .execute()
  }
}

const FIGURES = [
  'broadcastId',
  'planned',
  'heardMs',
  'heard',
  'late',
  'partial',
  'interrupted',
  'missed',
  'refused',
  'unknown',
]
