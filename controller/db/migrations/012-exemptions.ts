import type { Kysely } from 'kysely'
import { DEFAULT_QUIET_HOURS } from '#protocol/rules/quiet-hours.ts'
import { type Dialect, tableMaker } from '../table-maker.ts'

// biome-ignore lint/suspicious/noExplicitAny: tables on their way from one shape to the next
type Old = Kysely<any>

/** Quiet hours are one rule among others, which a commune may leave to its province; and rules have exemptions. */
export const up =
  (dialect: Dialect) =>
  async (db: Old): Promise<void> => {
    const { table, int } = tableMaker(db, dialect)
    await db.schema
      .alterTable('airingRules')
      .addColumn('revision', int, (c) => c.notNull().defaultTo(1))
      .execute()
    await keepQuietHours(db)
    await db.schema.alterTable('station').dropColumn('quietFrom').execute()
    await db.schema.alterTable('station').dropColumn('quietTo').execute()

    // Of two that save into one schedule at once, one looks at it again.
    await db.schema
      .alterTable('station')
      .addColumn('scheduleRevision', int, (c) => c.notNull().defaultTo(0))
      .execute()

    await table('exemption')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('areaCode', 'text', (c) => c.notNull().references('station.areaCode'))
      .addColumn('programmeId', 'text', (c) => c.references('programme.id'))
      .addColumn('fromDate', 'text', (c) => c.notNull())
      .addColumn('untilDate', 'text', (c) => c.notNull())
      .addColumn('kindsJson', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('askedBy', 'text', (c) => c.notNull())
      .addColumn('askedByName', 'text', (c) => c.notNull())
      .addColumn('askedAt', int, (c) => c.notNull())
      .addColumn('decidedBy', 'text')
      .addColumn('decidedByName', 'text')
      .addColumn('decidedAt', int)
      .addColumn('revokedByName', 'text')
      .addColumn('revokedAt', int)
      .execute()
    await db.schema.createIndex('exemptionByArea').on('exemption').columns(['areaCode', 'untilDate']).execute()
  }

/** What a station has set stays its own; the hours that nobody has changed are left to the province. */
async function keepQuietHours(db: Old): Promise<void> {
  const { from, to } = DEFAULT_QUIET_HOURS
  const stations = await db.selectFrom('station').select(['areaCode', 'quietFrom', 'quietTo', 'updatedAt']).execute()
  for (const { areaCode: scope, quietFrom, quietTo, updatedAt } of stations) {
    if (quietFrom === from && quietTo === to) continue
    const nothing = { limitsJson: '{}', silencesJson: '[]', holidaysJson: '[]', updatedByName: '', updatedAt }
    await db
      .insertInto('airingRules')
      .values({ scope, quietFrom, quietTo, ...nothing })
      .onConflict((oc) => oc.column('scope').doUpdateSet({ quietFrom, quietTo }))
      .execute()
  }
}
