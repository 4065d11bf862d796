import type { ArmedState, ClusterPlan, ClusterStatus, Codec, PlanOccurrence } from '#protocol/messages.ts'
import { type ClockHealth, isClockGood } from './parts.ts'

const UPCOMING = 10

/** What the cluster says about itself now. */
export function statusOf(input: {
  readonly now: number
  readonly plan: ClusterPlan | null
  readonly clockHealth: ClockHealth
  readonly volume: number
  readonly firmware: string
  readonly codecs: readonly Codec[] | undefined
  readonly features: readonly string[] | undefined
  readonly storageFreeBytes: number
  readonly audioState: (occurrence: PlanOccurrence) => Exclude<ArmedState, 'clock-bad'>
  readonly hasBegun: (occurrence: PlanOccurrence) => boolean
}): ClusterStatus {
  const isGood = isClockGood(input.clockHealth)
  const stateOf = (occurrence: PlanOccurrence): ArmedState =>
    isGood || occurrence.level === 'emergency' ? input.audioState(occurrence) : 'clock-bad'
  const upcoming = (input.plan?.occurrences ?? [])
    .filter((occurrence) => !input.hasBegun(occurrence))
    .sort((a, b) => a.startAt - b.startAt)
    .slice(0, UPCOMING)
  return {
    at: input.now,
    planVersion: input.plan?.version ?? 0,
    upcoming: upcoming.map((occurrence) => ({ id: occurrence.id, state: stateOf(occurrence) })),
    clock: { offsetMs: input.clockHealth.offsetMs, synchronised: input.clockHealth.synchronised },
    volume: input.volume,
    power: 'mains',
    storageFreeBytes: input.storageFreeBytes,
    firmware: input.firmware,
    ...(input.codecs ? { codecs: [...input.codecs] } : {}),
    ...(input.features ? { features: [...input.features] } : {}),
  }
}
