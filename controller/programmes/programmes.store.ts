import { z } from 'zod'
import { LocalDate } from '#protocol/http/common.ts'
import { RundownItem, Targets } from '#protocol/http/programmes.ts'
import type { BulletinId, ProgrammeId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { ProgrammeTable } from '../db/schema.ts'

/** A programme with its JSON columns parsed. */
export interface StoredProgramme extends Omit<ProgrammeTable, 'skipJson' | 'targetsJson' | 'rundownJson'> {
  readonly skip: string[]
  readonly targets: Targets
  readonly rundown: RundownItem[]
}

const parse = ({ skipJson, targetsJson, rundownJson, ...rest }: ProgrammeTable): StoredProgramme => ({
  ...rest,
  skip: z.array(LocalDate).parse(JSON.parse(skipJson)),
  targets: Targets.parse(JSON.parse(targetsJson)),
  rundown: z.array(RundownItem).parse(JSON.parse(rundownJson)),
})

export async function insertProgramme(db: Db, programme: StoredProgramme): Promise<void> {
  const { skip, targets, rundown, ...rest } = programme
  await db
    .insertInto('programme')
    .values({
      ...rest,
      skipJson: JSON.stringify(skip),
      targetsJson: JSON.stringify(targets),
      rundownJson: JSON.stringify(rundown),
    })
    .execute()
  await db
    .insertInto('programmeBulletin')
    .values(
      [...new Set(rundown.map((item) => item.bulletinId))].map((bulletinId) => ({
        programmeId: programme.id,
        bulletinId,
      })),
    )
    .execute()
}

export async function findProgramme(db: Db, id: ProgrammeId): Promise<StoredProgramme | null> {
  const row = await db.selectFrom('programme').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? parse(row) : null
}

export async function activeProgrammesOf(db: Db, areaCode: string): Promise<StoredProgramme[]> {
  const rows = await db
    .selectFrom('programme')
    .selectAll()
    .where('areaCode', '=', areaCode)
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
  return rows.map(parse)
}

export async function listProgrammes(
  db: Db,
  filter: {
    areaCode: string | undefined
    scope: readonly string[] | null
    before: { at: number; id: string } | null
    limit: number
  },
): Promise<StoredProgramme[]> {
  let select = db.selectFrom('programme').selectAll('programme')
  const { areaCode, scope, before } = filter
  if (areaCode) select = select.where('programme.areaCode', '=', areaCode)
  if (scope) {
    select = select
      .innerJoin('area', 'area.code', 'programme.areaCode')
      .where((eb) => eb.or([eb('area.code', 'in', [...scope]), eb('area.parentCode', 'in', [...scope])]))
  }
  if (before) {
    select = select.where((eb) =>
      eb.or([
        eb('programme.createdAt', '<', before.at),
        eb.and([eb('programme.createdAt', '=', before.at), eb('programme.id', '<', before.id as ProgrammeId)]),
      ]),
    )
  }
  const rows = await select
    .orderBy('programme.createdAt', 'desc')
    .orderBy('programme.id', 'desc')
    .limit(filter.limit)
    .execute()
  return rows.map(parse)
}

/** False when it has ended already. */
export async function endProgramme(db: Db, id: ProgrammeId, at: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('programme')
    .set({ status: 'ended', updatedAt: at })
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function areasWithProgrammes(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('programme').select('areaCode').distinct().where('status', '=', 'active').execute()
  return rows.map((row) => row.areaCode)
}

/** Communes with an active programme that names the bulletin. */
export async function areasThatAir(db: Db, bulletinId: BulletinId): Promise<string[]> {
  const rows = await db
    .selectFrom('programmeBulletin')
    .innerJoin('programme', 'programme.id', 'programmeBulletin.programmeId')
    .select('programme.areaCode')
    .distinct()
    .where('programmeBulletin.bulletinId', '=', bulletinId)
    .where('programme.status', '=', 'active')
    .execute()
  return rows.map((row) => row.areaCode)
}
