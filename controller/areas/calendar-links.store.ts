import type { CalendarLinkTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'

/** A commune has one link; a new one takes the place of the old, which is then worth nothing. */
export async function saveCalendarLink(db: Db, link: CalendarLinkTable): Promise<void> {
  const { areaCode, ...values } = link
  await db
    .insertInto('calendarLink')
    .values(link)
    .onConflict((oc) => oc.column('areaCode').doUpdateSet(values))
    .execute()
}

export async function findCalendarLink(db: Db, areaCode: string): Promise<CalendarLinkTable | null> {
  const row = await db.selectFrom('calendarLink').selectAll().where('areaCode', '=', areaCode).executeTakeFirst()
  return row ?? null
}

/** The commune whose link has this hash. */
export async function areaOfLink(db: Db, tokenHash: string): Promise<string | null> {
  const row = await db
    .selectFrom('calendarLink')
    .select('areaCode')
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst()
  return row?.areaCode ?? null
}

export async function deleteCalendarLink(db: Db, areaCode: string): Promise<void> {
  await db.deleteFrom('calendarLink').where('areaCode', '=', areaCode).execute()
}
