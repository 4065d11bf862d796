import { civilTime, MINUTES_PER_DAY, minutesOfClock } from './civil-time.ts'
import type { Level } from './ladder.ts'

/** Local civil times; `from` later than `to` spans midnight; equal bounds mean no quiet hours. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

/** Bounds used where neither station nor province has said otherwise. */
export const DEFAULT_QUIET_HOURS: QuietHours = { from: '22:00', to: '05:00' }

/** Whether an instant lies in the quiet hours: `from` inclusive, `to` exclusive. */
export function isQuiet(at: number, quiet: QuietHours, timeZone: string): boolean {
  return isQuietMinute(civilTime(at, timeZone).minutes, quiet)
}

/** Whether a session of `ms` from `startAt` touches the quiet hours anywhere. */
export function touchesQuiet(startAt: number, ms: number, quiet: QuietHours, timeZone: string): boolean {
  const from = minutesOfClock(quiet.from)
  if (from === minutesOfClock(quiet.to)) return false
  const last = startAt + Math.max(0, ms - 1)
  const first = civilTime(startAt, timeZone).minutes
  const passed = Math.floor(last / 60_000) - Math.floor(startAt / 60_000)
  if ((first + passed) % MINUTES_PER_DAY === civilTime(last, timeZone).minutes)
    return isQuietMinute(first, quiet) || passed >= (from - first + MINUTES_PER_DAY) % MINUTES_PER_DAY
  // The clocks change during the session, so its minutes do not run on evenly: look at each.
  for (let at = startAt; at < last; at += 60_000) if (isQuiet(at, quiet, timeZone)) return true
  return isQuiet(last, quiet, timeZone)
}

function isQuietMinute(minute: number, quiet: QuietHours): boolean {
  const from = minutesOfClock(quiet.from)
  const to = minutesOfClock(quiet.to)
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}

/** Only an emergency sounds in the quiet hours; no person can override this guard alone. */
export const mayBreakQuiet = (level: Level): boolean => level === 'emergency'
