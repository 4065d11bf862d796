import type { ClusterPlan, JournalReason } from '#protocol/messages.ts'

export type PlanVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'same' }
  | { readonly kind: 'refuse'; readonly reason: JournalReason }

/** Whether a plan with a good signature is obeyed. Brokers repeat and reorder, so only a higher version is news. */
export function judgePlan(input: {
  readonly plan: ClusterPlan
  readonly clusterId: string
  readonly heldVersion: number
  readonly now: number
  readonly isClockGood: boolean
}): PlanVerdict {
  const { plan, heldVersion } = input
  if (plan.clusterId !== input.clusterId) return { kind: 'refuse', reason: 'wrong-cluster' }
  if (plan.version === heldVersion) return { kind: 'same' }
  if (plan.version < heldVersion) return { kind: 'refuse', reason: 'stale-version' }
  if (input.isClockGood && plan.validUntil < input.now) return { kind: 'refuse', reason: 'expired' }
  return { kind: 'accept' }
}
