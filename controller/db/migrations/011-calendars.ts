import { type Kysely, sql } from 'kysely'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { type Dialect, tableMaker } from '../table-maker.ts'

// biome-ignore lint/suspicious/noExplicitAny: tables on their way from one shape to the next
type Old = Kysely<any>

/** Programmes follow whole calendars, their sessions are named by the date that the series gives them, and rules have a place. */
export const up =
  (dialect: Dialect) =>
  async (db: Old): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    const { schema } = db
    await schema
      .alterTable('programme')
      .addColumn('calendarJson', 'text', (c) => c.notNull().defaultTo('{}'))
      .execute()
    await schema
      .alterTable('programme')
      .addColumn('revision', int, (c) => c.notNull().defaultTo(1))
      .execute()
    await schema.alterTable('programme').addColumn('key', 'text').execute()
    await schema.alterTable('programme').addColumn('endsOn', 'text').execute()
    await keepCalendars(db)
    await schema.alterTable('programme').dropColumn('rrule').execute()
    await schema.alterTable('programme').dropColumn('skipJson').execute()
    await schema.createIndex('programmeByKey').unique().on('programme').columns(['areaCode', 'key']).execute()

    // What no rundown names any more still leads to the sessions in which it was heard.
    await schema
      .alterTable('programmeBulletin')
      .addColumn('isNamed', int, (c) => c.notNull().defaultTo(1))
      .execute()

    // Planning one station is one change of this number: of two controllers that do it at once, one starts over.
    await schema
      .alterTable('station')
      .addColumn('planRevision', int, (c) => c.notNull().defaultTo(0))
      .execute()
    await nameSessions(db, dialect)

    await table('placement')
      .addColumn('programmeId', 'text', (c) => c.notNull().references('programme.id'))
      .addColumn('originalDate', 'text', (c) => c.notNull())
      .addColumn('bulletinId', 'text', (c) => c.notNull().references('bulletin.id'))
      .addColumn('position', int, (c) => c.notNull())
      .addColumn('placedBy', 'text')
      .addColumn('placedByName', 'text', (c) => c.notNull())
      .addColumn('placedAt', int, (c) => c.notNull())
      .addPrimaryKeyConstraint('placementPk', ['programmeId', 'originalDate', 'bulletinId'])
      .execute()
    await schema.createIndex('placementByBulletin').on('placement').columns(['bulletinId']).execute()

    await table('airingRules')
      .addColumn('scope', 'text', (c) => c.primaryKey())
      .addColumn('quietFrom', 'text')
      .addColumn('quietTo', 'text')
      .addColumn('limitsJson', 'text', (c) => c.notNull())
      .addColumn('silencesJson', 'text', (c) => c.notNull())
      .addColumn('holidaysJson', 'text', (c) => c.notNull())
      .addColumn('updatedByName', 'text', (c) => c.notNull())
      .addColumn('updatedAt', int, (c) => c.notNull())
      .execute()
  }

async function keepCalendars(db: Old): Promise<void> {
  for (const { id, startsOn, rrule, skipJson } of await db
    .selectFrom('programme')
    .select(['id', 'startsOn', 'rrule', 'skipJson'])
    .execute()) {
    const skipped = new Set<string>(JSON.parse(skipJson))
    const calendar = {
      repeat: rrule === null ? { kind: 'once' } : { kind: 'rrule', rrule },
      holidays: 'as-usual',
      exceptions: [...skipped].map((date) => ({ date, kind: 'skip' })),
    }
    await db
      .updateTable('programme')
      .set({ calendarJson: JSON.stringify(calendar), endsOn: rrule === null ? startsOn : null })
      .where('id', '=', id)
      .execute()
  }
}

const NEW_COLUMNS = ['fill', 'droppedJson'] as const

/** A session's name is its programme and the local date that the series gives it, wherever it was moved to. */
async function nameSessions(db: Old, dialect: Dialect): Promise<void> {
  await db.schema.alterTable('broadcast').addColumn('originalDate', 'text').execute()
  for (const column of NEW_COLUMNS)
    await db.schema
      .alterTable('broadcast')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(column === 'fill' ? 'short' : '[]'))
      .execute()
  const sessions = await db
    .selectFrom('broadcast')
    .innerJoin('station', 'station.areaCode', 'broadcast.areaCode')
    .select(['broadcast.id', 'broadcast.startAt', 'station.timeZone'])
    .execute()
  for (const { id, startAt, timeZone } of sessions) {
    const originalDate = civilTime(Number(startAt), timeZone).date
    await db.updateTable('broadcast').set({ originalDate }).where('id', '=', id).execute()
  }
  if (dialect === 'sqlite') return rebuild(db)
  const column = { name: sql.ref('originalDate'), table: sql.table('broadcast'), once: sql.ref('broadcastOnce') }
  await sql`alter table ${column.table} alter column ${column.name} set not null`.execute(db)
  await db.schema.alterTable('broadcast').dropConstraint('broadcastOnce').execute()
  await db.schema
    .alterTable('broadcast')
    .addUniqueConstraint('broadcastOnce', ['programmeId', 'originalDate'])
    .execute()
}

/** SQLite takes no constraint away from a table: the rows move to a new one, while nobody looks at foreign keys. */
async function rebuild(db: Old): Promise<void> {
  const { table, int } = tableMaker(db, 'sqlite')
  await table('newBroadcast')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('programmeId', 'text', (c) => c.notNull().references('programme.id'))
    .addColumn('originalDate', 'text', (c) => c.notNull())
    .addColumn('areaCode', 'text', (c) => c.notNull())
    .addColumn('startAt', int, (c) => c.notNull())
    .addColumn('endAt', int, (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('itemsJson', 'text', (c) => c.notNull())
    .addColumn('fill', 'text', (c) => c.notNull())
    .addColumn('droppedJson', 'text', (c) => c.notNull())
    .addColumn('cancelledBy', 'text')
    .addColumn('createdAt', int, (c) => c.notNull())
    .addColumn('closedAt', int)
    .addColumn('reportRevision', int, (c) => c.notNull())
    .addUniqueConstraint('broadcastOnce', ['programmeId', 'originalDate'])
    .execute()
  const columns = sql.join(COLUMNS.map((name) => sql.ref(name)))
  await sql`insert into ${sql.table('newBroadcast')} (${columns}) select ${columns} from ${sql.table('broadcast')}`.execute(
    db,
  )
  await db.schema.dropTable('broadcast').execute()
  await db.schema.alterTable('newBroadcast').renameTo('broadcast').execute()
  await db.schema.createIndex('broadcastByStart').on('broadcast').columns(['startAt', 'id']).execute()
  await db.schema.createIndex('broadcastByStatus').on('broadcast').columns(['status', 'endAt']).execute()
  await db.schema.createIndex('broadcastByArea').on('broadcast').columns(['areaCode', 'status', 'endAt']).execute()
}

const COLUMNS = [
  'id',
  'programmeId',
  'originalDate',
  'areaCode',
  'startAt',
  'endAt',
  'level',
  'status',
  'itemsJson',
  'fill',
  'droppedJson',
  'cancelledBy',
  'createdAt',
  'closedAt',
  'reportRevision',
]
