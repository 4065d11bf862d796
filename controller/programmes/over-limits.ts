import type { Window } from '#protocol/rules/civil-time.ts'
import { breachesOf, type LimitKind } from '#protocol/rules/limits.ts'
import { valuesOf } from '#protocol/rules/said-rules.ts'
import { HOUR } from '../units.ts'
import { type SlotProgramme, slotsIn } from './slots.ts'
import type { StationTimes } from './station-times.ts'

/** A day and an hour, for when the clocks are put back. */
const LONGEST_DAY_MS = 25 * HOUR

/** Sessions of a station that are more than it may broadcast, by their keys, with the first limit that each breaks. */
export function overLimits(
  programmes: readonly SlotProgramme[],
  times: StationTimes,
  window: Window,
): ReadonlyMap<string, LimitKind> {
  const limits = valuesOf(times.limits ?? {})
  if (Object.keys(limits).length === 0) return new Map()
  // What else takes place on a day counts, though it has aired already or lies beyond the window.
  const days = { from: window.from - LONGEST_DAY_MS, until: window.until + LONGEST_DAY_MS }
  const slots = programmes.flatMap((programme) => slotsIn(programme, times, days))
  const first = new Map<string, LimitKind>()
  for (const { id, kind } of breachesOf(slots, limits, times.timeZone)) if (!first.has(id)) first.set(id, kind)
  return first
}
