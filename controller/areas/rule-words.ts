import { WEEKDAYS } from '#protocol/rules/civil-date.ts'
import type { LimitKind, Limits } from '#protocol/rules/limits.ts'
import type { RuleLevel } from '#protocol/rules/said-rules.ts'

/** Thứ Hai is the second day, and Sunday the Lord's. */
const DAY_NAMES = ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN']

/** A limit's value as it is read out. */
export function limitText(value: Limits[LimitKind]): string {
  if (!Array.isArray(value)) return String(value ?? '')
  if (value.length === 0) return 'không ngày nào'
  return WEEKDAYS.flatMap((day, i) => (value.includes(day) ? (DAY_NAMES[i] ?? []) : [])).join(', ')
}

/** Whose word it is, by name. */
export const ruleAuthorName = (
  by: RuleLevel,
  authors: readonly { readonly by: RuleLevel; readonly name: string }[],
): string => authors.find((author) => author.by === by)?.name ?? 'hệ thống'
