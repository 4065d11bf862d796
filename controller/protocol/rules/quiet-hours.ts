import { civilTime, minutesOfClock } from './civil-time.ts'
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
  const from = minutesOfClock(quiet.from)
  const to = minutesOfClock(quiet.to)
  const { minutes } = civilTime(at, timeZone)
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to
}

/** Whether a session of `ms` from `startAt` touches the quiet hours anywhere. */
export function touchesQuiet(startAt: number, ms: number, quiet: QuietHours, timeZone: string): boolean {
  if (minutesOfClock(quiet.from) === minutesOfClock(quiet.to)) return false
  for (let at = startAt; at < startAt + ms; at += 60_000) if (isQuiet(at, quiet, timeZone)) return true
  return isQuiet(startAt + Math.max(0, ms - 1), quiet, timeZone)
}

/** Only an emergency sounds in the quiet hours; no person can override this guard alone. */
export const mayBreakQuiet = (level: Level): boolean => level === 'emergency'
