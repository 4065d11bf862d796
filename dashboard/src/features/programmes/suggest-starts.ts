import { civilTime, instantOf } from '#protocol/rules/civil-time.ts'
import { type QuietHours, touchesQuiet } from '#protocol/rules/quiet-hours.ts'

const MINUTE = 60_000
/** The plan must reach the clusters and the audio after it. */
const LEAD_MS = 2 * MINUTE
/** The customary sessions of a commune station. */
const CUSTOMARY = ['05:30', '17:00']

interface Station {
  readonly quietHours: QuietHours
  readonly timeZone: string
}

/**
 * Sensible starts, nearest first: as soon as the clusters can have it, then the customary morning and evening sessions
 * of the next two days. None touches the quiet hours.
 */
export function suggestStarts(now: number, lengthMs: number, station: Station): number[] {
  const { quietHours, timeZone } = station
  const soon = Math.ceil((now + LEAD_MS) / MINUTE) * MINUTE
  const days = [0, 1, 2].map((day) => civilTime(now + day * 24 * 60 * MINUTE, timeZone).date)
  const customary = days.flatMap((date) => CUSTOMARY.map((time) => instantOf(date, time, timeZone)))
  const loud = [soon, ...customary].filter(
    (at) => at >= soon && !touchesQuiet(at, Math.max(lengthMs, 1), quietHours, timeZone),
  )
  return [...new Set(loud)].sort((a, b) => a - b).slice(0, 4)
}

/** What the form starts with: the next customary session, else the nearest start there is. */
export function defaultStart(now: number, lengthMs: number, station: Station): number | null {
  const suggested = suggestStarts(now, lengthMs, station)
  const isCustomary = (at: number): boolean => CUSTOMARY.includes(civilTime(at, station.timeZone).time.slice(0, 5))
  return suggested.find(isCustomary) ?? suggested[0] ?? null
}
