import { z } from 'zod'
import { HolidayDecision, Silence } from '#protocol/calendar.ts'
import { AiringLimits } from '#protocol/http/airing-rules.ts'
import type { Limits } from '#protocol/rules/limits.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import type { AiringRulesTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'

/** What one province, commune or cluster has said about when it may sound; null and what is left out is inherited. */
export interface AiringRules {
  readonly quietHours: QuietHours | null
  readonly limits: Limits
  readonly silences: readonly Silence[]
  readonly holidays: readonly HolidayDecision[]
}

export interface StoredAiringRules extends AiringRules {
  readonly scope: string
  readonly revision: number
  readonly updatedByName: string
  readonly updatedAt: number
}

const parse = (row: AiringRulesTable): StoredAiringRules => ({
  scope: row.scope,
  quietHours: row.quietFrom !== null && row.quietTo !== null ? { from: row.quietFrom, to: row.quietTo } : null,
  limits: AiringLimits.parse(JSON.parse(row.limitsJson)),
  silences: z.array(Silence).parse(JSON.parse(row.silencesJson)),
  holidays: z.array(HolidayDecision).parse(JSON.parse(row.holidaysJson)),
  revision: row.revision,
  updatedByName: row.updatedByName,
  updatedAt: row.updatedAt,
})

/** Of those of these areas and clusters that have said anything. */
export async function airingRulesOf(db: Db, scopes: readonly string[]): Promise<Map<string, StoredAiringRules>> {
  const rows = await db
    .selectFrom('airingRules')
    .selectAll()
    .where('scope', 'in', [...scopes])
    .execute()
  return new Map(rows.map((row) => [row.scope, parse(row)]))
}

/** All that bears on a commune's station: what its province, the commune itself and its clusters have said. */
export async function airingRulesOfStation(db: Db, areaCode: string): Promise<Map<string, StoredAiringRules>> {
  const rows = await db
    .selectFrom('airingRules')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('scope', '=', areaCode),
        eb('scope', 'in', eb.selectFrom('area').select('parentCode').where('code', '=', areaCode)),
        eb('scope', 'in', eb.selectFrom('cluster').select('id').where('areaCode', '=', areaCode)),
      ]),
    )
    .execute()
  return new Map(rows.map((row) => [row.scope, parse(row)]))
}

/** Whoever has set quiet hours of its own. */
export async function saidQuietHours(db: Db): Promise<{ scope: string; quietHours: QuietHours }[]> {
  const rows = await db
    .selectFrom('airingRules')
    .select(['scope', 'quietFrom', 'quietTo'])
    .where('quietFrom', 'is not', null)
    .orderBy('scope')
    .execute()
  return rows.map(({ scope, quietFrom, quietTo }) => ({
    scope,
    quietHours: { from: quietFrom ?? '', to: quietTo ?? '' },
  }))
}

/** Replaces what a scope has said; false when it has said something else since `revision` was read, 0 meaning nothing. */
export async function saveAiringRules(
  db: Db,
  rules: Omit<StoredAiringRules, 'revision'>,
  revision: number,
): Promise<boolean> {
  const { scope, quietHours, limits, silences, holidays, updatedByName, updatedAt } = rules
  const values = {
    quietFrom: quietHours?.from ?? null,
    quietTo: quietHours?.to ?? null,
    limitsJson: JSON.stringify(limits),
    silencesJson: JSON.stringify(silences),
    holidaysJson: JSON.stringify(holidays),
    revision: revision + 1,
    updatedByName,
    updatedAt,
  }
  if (revision === 0) {
    const inserted = await db
      .insertInto('airingRules')
      .values({ scope, ...values })
      .onConflict((oc) => oc.column('scope').doNothing())
      .returning('scope')
      .executeTakeFirst()
    return inserted !== undefined
  }
  const { numUpdatedRows } = await db
    .updateTable('airingRules')
    .set(values)
    .where('scope', '=', scope)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
