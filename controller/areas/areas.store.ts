import type { Area } from '#protocol/http/areas.ts'
import type { Db } from '../db/open.ts'

const COLUMNS = ['code', 'name', 'kind', 'parentCode'] as const

export async function findArea(db: Db, code: string): Promise<Area | null> {
  return (await db.selectFrom('area').select(COLUMNS).where('code', '=', code).executeTakeFirst()) ?? null
}

export async function findAreas(db: Db, codes: readonly string[]): Promise<Area[]> {
  if (codes.length === 0) return []
  return db
    .selectFrom('area')
    .select(COLUMNS)
    .where('code', 'in', [...codes])
    .execute()
}

/**
 * Codes of all areas where a change concerns whoever works for these: they themselves, what lies within them, and the
 * provinces above, whose word binds them.
 */
export async function areasConcerning(db: Db, codes: readonly string[]): Promise<Set<string>> {
  const areas = await db
    .selectFrom('area')
    .select(['code', 'parentCode'])
    .where((eb) => eb.or([eb('code', 'in', [...codes]), eb('parentCode', 'in', [...codes])]))
    .execute()
  return new Set(areas.flatMap(({ code, parentCode }) => (parentCode === null ? [code] : [code, parentCode])))
}

export async function listAreas(
  db: Db,
  query: { parent?: string | undefined; search?: string | undefined; limit: number },
): Promise<Area[]> {
  let select = db.selectFrom('area').select(COLUMNS).where('validTo', 'is', null)
  if (query.parent) select = select.where('parentCode', '=', query.parent)
  if (query.search) select = select.where('searchName', 'like', `%${query.search}%`)
  // Provinces first: they are two digits long.
  return select.orderBy('kind', 'desc').orderBy('code').limit(query.limit).execute()
}

export async function countAreas(db: Db): Promise<number> {
  const row = await db
    .selectFrom('area')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function insertAreas(
  db: Db,
  areas: readonly (Area & { searchName: string; validFrom: string })[],
): Promise<void> {
  const BATCH = 500
  for (let i = 0; i < areas.length; i += BATCH) {
    await db
      .insertInto('area')
      .values(areas.slice(i, i + BATCH).map((area) => ({ ...area, validTo: null })))
      .onConflict((oc) => oc.column('code').doNothing())
      .execute()
  }
}
