import { civilTime, MINUTES_PER_DAY, minutesOfClock, NO_SPAN, offsetSpan } from './civil-time.ts'
import { LEVELS, type Level } from './ladder.ts'

/** Local civil times; `from` later than `to` spans midnight; equal bounds mean no quiet hours. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

/** The first quiet instant at or after another; infinity where there are no quiet hours. */
export type NextQuiet = (at: number) => number

/** Bounds used where neither station nor province has said otherwise. */
export const DEFAULT_QUIET_HOURS: QuietHours = { from: '22:00', to: '05:00' }

const MINUTE = 60_000
/** Clock changes may skip the quiet hours of a day, but not of three. */
const FARTHEST_MS = 3 * MINUTES_PER_DAY * MINUTE

/** Whether an instant lies in the quiet hours: `from` inclusive, `to` exclusive. */
export function isQuiet(at: number, quiet: QuietHours, timeZone: string): boolean {
  return isQuietMinute(civilTime(at, timeZone).minutes, quiet)
}

/** Whether a session of `ms` from `startAt` touches the quiet hours anywhere. */
export function touchesQuiet(startAt: number, ms: number, quiet: QuietHours, timeZone: string): boolean {
  return quietSearch(quiet, timeZone)(startAt) <= startAt + Math.max(0, ms - 1)
}

/** For many questions about one zone: looks up its offset once and reckons from there. */
export function quietSearch(quiet: QuietHours, timeZone: string): NextQuiet {
  const from = minutesOfClock(quiet.from)
  if (from === minutesOfClock(quiet.to)) return () => Number.POSITIVE_INFINITY
  let span = NO_SPAN
  return (at) => {
    if (at < span.from || at >= span.until) span = offsetSpan(at, timeZone)
    const localMinute = Math.floor((at + span.offset) / MINUTE)
    const minute = localMinute % MINUTES_PER_DAY
    if (isQuietMinute(minute, quiet)) return at
    const wait = (from - minute + MINUTES_PER_DAY) % MINUTES_PER_DAY
    const startsAt = (localMinute + wait) * MINUTE - span.offset
    return startsAt < span.until ? startsAt : searchByMinute(at, quiet, timeZone)
  }
}

/** Where the clocks change, minutes do not run on evenly: look at each. */
function searchByMinute(from: number, quiet: QuietHours, timeZone: string): number {
  for (let at = from; at < from + FARTHEST_MS; at = Math.floor(at / MINUTE + 1) * MINUTE)
    if (isQuiet(at, quiet, timeZone)) return at
  return Number.POSITIVE_INFINITY
}

function isQuietMinute(minute: number, quiet: QuietHours): boolean {
  const from = minutesOfClock(quiet.from)
  const to = minutesOfClock(quiet.to)
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}

/** Only an emergency sounds in the quiet hours; no person can override this guard alone. */
export const mayBreakQuiet = (level: Level): boolean => LEVELS[level].breaksQuietHours
