import { z } from 'zod'
import { ExemptUpTo } from '#protocol/http/exemptions.ts'
import type { ExemptionId } from '#protocol/ids.ts'
import { LIMIT_KINDS, type LimitKind } from '#protocol/rules/limits.ts'
import type { ExemptionTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'

export interface StoredExemption extends Omit<ExemptionTable, 'kindsJson' | 'upToJson'> {
  readonly kinds: LimitKind[]
  readonly upTo: ExemptUpTo
}

const Kinds = z.array(z.enum(LIMIT_KINDS))

const parse = ({ kindsJson, upToJson, ...row }: ExemptionTable): StoredExemption => ({
  ...row,
  kinds: Kinds.parse(JSON.parse(kindsJson)),
  upTo: ExemptUpTo.parse(JSON.parse(upToJson)),
})

export async function insertExemption(db: Db, { kinds, upTo, ...row }: StoredExemption): Promise<void> {
  await db
    .insertInto('exemption')
    .values({ ...row, kindsJson: JSON.stringify(kinds), upToJson: JSON.stringify(upTo) })
    .execute()
}

export async function findExemption(db: Db, id: ExemptionId): Promise<StoredExemption | null> {
  const row = await db.selectFrom('exemption').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? parse(row) : null
}

/** Of one station, the latest dates first. */
export async function listExemptions(
  db: Db,
  areaCode: string,
  limit: number,
): Promise<(StoredExemption & { programmeName: string | null })[]> {
  const rows = await db
    .selectFrom('exemption')
    .leftJoin('programme', 'programme.id', 'exemption.programmeId')
    .selectAll('exemption')
    .select('programme.name as programmeName')
    .where('exemption.areaCode', '=', areaCode)
    .orderBy('exemption.untilDate', 'desc')
    .orderBy('exemption.id')
    .limit(limit)
    .execute()
  return rows.map(({ programmeName, ...row }) => ({ ...parse(row), programmeName }))
}

export async function countWaiting(db: Db, areaCode: string): Promise<number> {
  const row = await db
    .selectFrom('exemption')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('areaCode', '=', areaCode)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** What a station has been granted for a local date or later. */
export async function grantedFrom(db: Db, areaCode: string, date: string): Promise<StoredExemption[]> {
  const rows = await db
    .selectFrom('exemption')
    .selectAll()
    .where('areaCode', '=', areaCode)
    .where('untilDate', '>=', date)
    .where('state', '=', 'granted')
    .orderBy('id')
    .execute()
  return rows.map(parse)
}

/** By somebody else than asked for it; false when it has been decided already, or this person asked. */
export async function decideExemption(
  db: Db,
  id: ExemptionId,
  decision: { state: 'granted' | 'refused'; by: string; byName: string; at: number },
): Promise<boolean> {
  const { state, by, byName, at } = decision
  const { numUpdatedRows } = await db
    .updateTable('exemption')
    .set({ state, decidedBy: by, decidedByName: byName, decidedAt: at })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('askedBy', '!=', by)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** False when there is nothing to take back any more. */
export async function revokeExemption(
  db: Db,
  id: ExemptionId,
  { byName, at }: { byName: string; at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('exemption')
    .set({ state: 'revoked', revokedByName: byName, revokedAt: at })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'granted'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
