import { z } from 'zod'
import { calendarFields, type ProgrammeCalendar } from '#protocol/calendar.ts'
import { RundownItem, Targets } from '#protocol/http/programmes.ts'
import type { BulletinId, ProgrammeId, UploadId } from '#protocol/ids.ts'
import { lastDateOf } from '#protocol/rules/occurrences.ts'
import type { ProgrammeTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'
import { bulletinsNamedBy } from './rundown.ts'

/** A programme with its JSON columns parsed. */
export interface StoredProgramme
  extends Omit<ProgrammeTable, 'calendarJson' | 'endsOn' | 'targetsJson' | 'rundownJson'>,
    ProgrammeCalendar {
  readonly targets: Targets
  readonly rundown: RundownItem[]
}

const { startsOn: _startsOn, startTime: _startTime, ...rest } = calendarFields
const Calendar = z.object(rest)

const parse = ({ calendarJson, endsOn: _, targetsJson, rundownJson, ...row }: ProgrammeTable): StoredProgramme => ({
  ...row,
  ...Calendar.parse(JSON.parse(calendarJson)),
  targets: Targets.parse(JSON.parse(targetsJson)),
  rundown: z.array(RundownItem).parse(JSON.parse(rundownJson)),
})

function toRow(programme: StoredProgramme, timeZone: string): ProgrammeTable {
  const { targets, rundown, until, repeat, season, holidays, exceptions, ...columns } = programme
  return {
    ...columns,
    calendarJson: JSON.stringify({ until, repeat, season, holidays, exceptions }),
    endsOn: lastDateOf(programme, timeZone),
    targetsJson: JSON.stringify(targets),
    rundownJson: JSON.stringify(rundown),
  }
}

/** The zone is the station's: it decides on which day a rule ends. */
export async function insertProgramme(db: Db, programme: StoredProgramme, timeZone: string): Promise<void> {
  await db.insertInto('programme').values(toRow(programme, timeZone)).execute()
  await nameBulletins(db, programme)
}

/** Replaces all of it; false when it is not at that revision any more, or has ended. */
export async function replaceProgramme(
  db: Db,
  programme: StoredProgramme,
  revision: number,
  timeZone: string,
): Promise<boolean> {
  const { id, ...set } = toRow(programme, timeZone)
  const { numUpdatedRows } = await db
    .updateTable('programme')
    .set({ ...set, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await db.updateTable('programmeBulletin').set({ isNamed: 0 }).where('programmeId', '=', id).execute()
  await nameBulletins(db, programme)
  return true
}

async function nameBulletins(db: Db, programme: StoredProgramme): Promise<void> {
  const named = bulletinsNamedBy(programme)
  if (named.length === 0) return
  await db
    .insertInto('programmeBulletin')
    .values(named.map((bulletinId) => ({ programmeId: programme.id, bulletinId, isNamed: 1 })))
    .onConflict((oc) => oc.columns(['bulletinId', 'programmeId']).doUpdateSet({ isNamed: 1 }))
    .execute()
}

export async function findProgramme(db: Db, id: ProgrammeId): Promise<StoredProgramme | null> {
  const row = await db.selectFrom('programme').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? parse(row) : null
}

/** The active one that files know by this name: one that has ended leaves it to another. */
export async function findByKey(db: Db, areaCode: string, key: string): Promise<StoredProgramme | null> {
  const row = await db
    .selectFrom('programme')
    .selectAll()
    .where('areaCode', '=', areaCode)
    .where('key', '=', key)
    .where('status', '=', 'active')
    .executeTakeFirst()
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

/** A cap on what one answer looks at; a station with more at a time has made a mistake. */
const MAX_AROUND = 500

/** Programmes of a commune, those that have ended included, that had a session after one local date and begin before another. */
export async function programmesAround(
  db: Db,
  areaCode: string,
  { from, until }: { readonly from: string; readonly until: string },
): Promise<StoredProgramme[]> {
  const rows = await db
    .selectFrom('programme')
    .selectAll()
    .where('areaCode', '=', areaCode)
    .where('startsOn', '<=', until)
    .where((eb) => eb.or([eb('endsOn', 'is', null), eb('endsOn', '>=', from)]))
    .orderBy('status')
    .orderBy('id')
    .limit(MAX_AROUND)
    .execute()
  return rows.map(parse)
}

/** What a commune's programmes are called, those that have ended included. */
export async function namesOf(db: Db, areaCode: string): Promise<Map<ProgrammeId, string>> {
  const rows = await db.selectFrom('programme').select(['id', 'name']).where('areaCode', '=', areaCode).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** How often each of a commune's programmes has changed, and when last; those that have ended included. */
export async function editionsOf(
  db: Db,
  areaCode: string,
): Promise<Map<ProgrammeId, { revision: number; changedAt: number }>> {
  const rows = await db
    .selectFrom('programme')
    .select(['id', 'revision', 'updatedAt'])
    .where('areaCode', '=', areaCode)
    .execute()
  return new Map(rows.map(({ id, revision, updatedAt }) => [id, { revision, changedAt: updatedAt }]))
}

/** When those have last ended that files knew by a name. */
export async function endedKeysOf(db: Db, areaCode: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('programme')
    .select(['key', (eb) => eb.fn.max<number>('updatedAt').as('endedAt')])
    .where('areaCode', '=', areaCode)
    .where('status', '=', 'ended')
    .where('key', 'is not', null)
    .groupBy('key')
    .execute()
  return new Map(rows.map(({ key, endedAt }) => [key ?? '', Number(endedAt)]))
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
    .set((eb) => ({ status: 'ended', revision: eb('revision', '+', 1), updatedAt: at }))
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Communes with an active programme that begins or ends with a sound. */
export async function areasThatNameSound(db: Db, sound: 'built-in' | UploadId): Promise<string[]> {
  const rows = await db
    .selectFrom('programme')
    .select('areaCode')
    .distinct()
    .where('status', '=', 'active')
    .where('rundownJson', 'like', namingSound(sound))
    .execute()
  return rows.map((row) => row.areaCode)
}

/** Communes with an active programme that relays a stream. */
export async function areasThatRelay(db: Db, name: string): Promise<string[]> {
  const rows = await db
    .selectFrom('programme')
    .select('areaCode')
    .distinct()
    .where('status', '=', 'active')
    .where('rundownJson', 'like', `%"relay":"${name}"%`)
    .execute()
  return rows.map((row) => row.areaCode)
}

/** What a rundown holds, as text, when a sound is in it. */
export const namingSound = (sound: string): string => `%"sound":"${sound}"%`

/** Communes with an active programme that airs the bulletin, or has. */
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
