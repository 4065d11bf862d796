import { sql } from 'kysely'
import type { Db } from '../db/open.ts'

/** A row of the budget: what one family has used in one month of the provider's. */
export interface BudgetKey {
  readonly month: string
  readonly family: string
}

/**
 * Adds characters unless that would pass the limit: one statement, so that controllers that share a database cannot
 * pass it together. The new total; null when there is no room, and nothing was added.
 */
export async function addWithin(db: Db, key: BudgetKey, characters: number, limit: number): Promise<number | null> {
  if (characters > limit) return null
  const row = await db
    .insertInto('speechBudget')
    .values({ ...key, characters })
    .onConflict((oc) =>
      oc
        .columns(['month', 'family'])
        .doUpdateSet({ characters: sql<number>`"speechBudget"."characters" + excluded."characters"` })
        .where(sql<boolean>`"speechBudget"."characters" + excluded."characters" <= ${limit}`),
    )
    .returning('characters')
    .executeTakeFirst()
  return row?.characters ?? null
}

export async function subtract(db: Db, { month, family }: BudgetKey, characters: number): Promise<void> {
  await db
    .updateTable('speechBudget')
    .set((eb) => ({ characters: eb('characters', '-', characters) }))
    .where('month', '=', month)
    .where('family', '=', family)
    .execute()
}

export async function usedIn(db: Db, { month, family }: BudgetKey): Promise<number> {
  const row = await db
    .selectFrom('speechBudget')
    .select('characters')
    .where('month', '=', month)
    .where('family', '=', family)
    .executeTakeFirst()
  return row?.characters ?? 0
}
