import type { Pronunciation } from '#protocol/http/speech.ts'
import type { Db } from '../db/open.ts'
import type { PronunciationTable } from '../db/schema.ts'
import { isoOf } from '../iso.ts'
import type { DictionaryEntry } from './normalise/types.ts'

export async function savePronunciation(db: Db, row: PronunciationTable): Promise<void> {
  const { areaCode: _areaCode, written: _written, ...set } = row
  await db
    .insertInto('pronunciation')
    .values(row)
    .onConflict((oc) => oc.columns(['areaCode', 'written']).doUpdateSet(set))
    .execute()
}

/** False when there was none. */
export async function deletePronunciation(db: Db, areaCode: string, written: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('pronunciation')
    .where('areaCode', '=', areaCode)
    .where('written', '=', written)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function countOtherPronunciations(db: Db, areaCode: string, written: string): Promise<number> {
  const row = await db
    .selectFrom('pronunciation')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('areaCode', '=', areaCode)
    .where('written', '!=', written)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function listPronunciations(db: Db, areaCode: string): Promise<Pronunciation[]> {
  const rows = await db
    .selectFrom('pronunciation')
    .select(['areaCode', 'written', 'spoken', 'updatedByName', 'updatedAt'])
    .where('areaCode', '=', areaCode)
    .orderBy('written')
    .execute()
  return rows.map((row) => ({ ...row, updatedAt: isoOf(row.updatedAt) }))
}

/** What applies in an area: its province's words, then its own, which win. */
export async function dictionaryOf(db: Db, areaCode: string): Promise<DictionaryEntry[]> {
  const rows = await db
    .selectFrom('pronunciation')
    .innerJoin('area', 'area.code', 'pronunciation.areaCode')
    .select(['pronunciation.written', 'pronunciation.spoken', 'area.kind'])
    .where((eb) =>
      eb.or([
        eb('area.code', '=', areaCode),
        eb('area.code', '=', eb.selectFrom('area as own').select('own.parentCode').where('own.code', '=', areaCode)),
      ]),
    )
    .orderBy('pronunciation.written')
    .execute()
  const ofProvince = rows.filter((row) => row.kind === 'province')
  const ofCommune = rows.filter((row) => row.kind === 'commune')
  return [...ofProvince, ...ofCommune].map(({ written, spoken }) => ({ written, spoken }))
}
