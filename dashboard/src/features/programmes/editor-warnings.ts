import type { CalendarException } from '#protocol/calendar.ts'
import type { Station } from '#protocol/http/areas.ts'
import type { RundownItem } from '#protocol/http/programmes.ts'
import { occurrencesOf, type ProgrammeOccurrence } from '#protocol/rules/occurrences.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { DAY_MS } from '../../lib/format/time.ts'
import { calendarOf, type EditorValues } from './editor-values.ts'

/** A year and a day, as far as the controller looks. */
const AHEAD_MS = 367 * DAY_MS
const MINUTE = 60_000

/** The next sessions of what the fields describe, by the rules of the planner; empty while something is missing. */
export function nextSessions(
  values: EditorValues,
  exceptions: readonly CalendarException[],
  { station, now, count }: { station: Pick<Station, 'timeZone'>; now: number; count: number },
): ProgrammeOccurrence[] {
  const calendar = calendarOf(values, [...exceptions])
  if (!calendar) return []
  return occurrencesOf(calendar, { from: now + 1, until: now + AHEAD_MS }, station.timeZone).slice(0, count)
}

/** What a rundown airs in all, as far as the lengths are known; chimes are not counted. */
export const lengthOf = (rundown: readonly RundownItem[], msOf: (bulletinId: string) => number | null): number =>
  rundown.reduce((sum, item) => {
    if (item.kind === 'relay') return sum + item.minutes * MINUTE
    if (item.kind !== 'bulletin') return sum
    const ms = msOf(item.bulletinId) ?? 0
    return sum + Math.min(ms, item.excerptMs ?? ms)
  }, 0)

/** What the controller will not take, or what will air less than is thought, by field. */
export interface EditorWarnings {
  readonly startTime: 'quiet' | null
  readonly startsOn: 'never' | null
  readonly maxMinutes: 'too-long' | null
}

export function warningsOf(
  values: EditorValues,
  sessions: readonly ProgrammeOccurrence[],
  { station, lengthMs }: { station: Pick<Station, 'timeZone' | 'quietHours'>; lengthMs: number },
): EditorWarnings {
  const { quietHours, timeZone } = station
  const isQuiet = sessions.some(({ startAt }) => touchesQuiet(startAt, Math.max(lengthMs, 1), quietHours, timeZone))
  const maxMs = typeof values.maxMinutes === 'number' ? values.maxMinutes * MINUTE : Number.POSITIVE_INFINITY
  return {
    startTime: isQuiet ? 'quiet' : null,
    startsOn: sessions.length === 0 && calendarOf(values) ? 'never' : null,
    maxMinutes: lengthMs > maxMs ? 'too-long' : null,
  }
}
