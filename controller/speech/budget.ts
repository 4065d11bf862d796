import { civilTime } from '#protocol/rules/civil-time.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/open.ts'
import type { Logger } from '../logger.ts'
import * as budgetStore from './budget.store.ts'
import { SpeechError } from './speech.ts'

export interface BudgetSettings {
  /** Characters a month, by family. */
  readonly limits: Readonly<Record<string, number>>
  /** Share of a limit at which somebody is told, 0 to 1. */
  readonly warnAt: number
}

/** Characters that are counted as spent until somebody knows better. */
export interface Reservation extends budgetStore.BudgetKey {
  readonly characters: number
}

/**
 * What may be spent on speech in a month. A request is counted before it is made and discounted only when it is known
 * not to be billed, so that a crash in between errs on the side of money.
 */
export interface SpeechBudget {
  /** Rejects with `SpeechError` `budget` when there is no room. */
  reserve(family: string, characters: number): Promise<Reservation>
  /** Gives back what was not billed. */
  release(reservation: Reservation): Promise<void>
  left(family: string): Promise<number>
}

/**
 * Google's months begin at midnight Pacific time: Cloud Billing's calendar periods "begin at 12 AM US and Canadian
 * Pacific Time" (https://cloud.google.com/billing/docs/reference/budget/rest/v1/billingAccounts.budgets).
 */
const BILLING_ZONE = 'America/Los_Angeles'

/** The billing month of an instant, e.g. `2026-11`. */
export const billingMonth = (at: number): string => civilTime(at, BILLING_ZONE).date.slice(0, 7)

export function createSpeechBudget(
  settings: BudgetSettings,
  ctx: { readonly db: Db; readonly clock: Clock; readonly log: Logger },
): SpeechBudget {
  const limitOf = (family: string): number => settings.limits[family] ?? 0
  const keyOf = (family: string): budgetStore.BudgetKey => ({ month: billingMonth(ctx.clock.now()), family })

  return {
    async reserve(family, characters) {
      const key = keyOf(family)
      const limit = limitOf(family)
      const used = await budgetStore.addWithin(ctx.db, key, characters, limit)
      if (used === null) {
        throw new SpeechError('budget', `${characters} more characters would pass the limit of ${limit} for ${family}`)
      }
      const warning = limit * settings.warnAt
      // Whoever crosses the line says so: the sum is the database's, so of all controllers it is one.
      if (used >= warning && used - characters < warning) {
        ctx.log.warn({ family, month: key.month, used, limit }, 'speech budget nearly spent')
      }
      return { ...key, characters }
    },
    release: async ({ month, family, characters }) => budgetStore.subtract(ctx.db, { month, family }, characters),
    left: async (family) => Math.max(0, limitOf(family) - (await budgetStore.usedIn(ctx.db, keyOf(family)))),
  }
}
