import type { Window } from '#protocol/rules/civil-time.ts'
import { breachesOf, type LimitKind } from '#protocol/rules/limits.ts'
import { valuesOf } from '#protocol/rules/said-rules.ts'
import { begunSlots, comingSlots } from './counted-slots.ts'
import type { SlotProgramme } from './slots.ts'
import type { StationTimes } from './station-times.ts'

/** Sessions of a station that are more than it may broadcast, by their keys, with the first limit that each breaks. */
export function overLimits(
  programmes: readonly SlotProgramme[],
  times: StationTimes,
  window: Window,
): ReadonlyMap<string, LimitKind> {
  const limits = valuesOf(times.limits ?? {})
  if (Object.keys(limits).length === 0) return new Map()
  const counted = [...begunSlots(times), ...comingSlots(programmes, times, window)]
  const first = new Map<string, LimitKind>()
  for (const { id, kind } of breachesOf(counted, limits, times.timeZone)) if (!first.has(id)) first.set(id, kind)
  return first
}
