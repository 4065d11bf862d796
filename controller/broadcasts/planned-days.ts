import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime, instantOf, type Window } from '#protocol/rules/civil-time.ts'

/** Whole local days that are planned besides the rest of today: a cluster without network for a week misses nothing. */
const DAYS_AHEAD = 7

/**
 * The starts that are planned now. The end moves on at midnight only: plans, which cost clusters their data, change once a
 * day, when nothing is on the air, and when somebody changes something.
 */
export function plannedDays(now: number, timeZone: string): Window {
  const { date } = civilTime(now, timeZone)
  return { from: now + 1, until: instantOf(dateOf(dayOf(date) + 1 + DAYS_AHEAD), '00:00', timeZone) }
}

/** The midnight from which on a start is among those that are planned. */
export const plannedFrom = (startAt: number, timeZone: string): number =>
  instantOf(dateOf(dayOf(civilTime(startAt, timeZone).date) - DAYS_AHEAD), '00:00', timeZone)

/** The midnight with which the local day of an instant has begun. */
export const dayBegan = (now: number, timeZone: string): number =>
  instantOf(civilTime(now, timeZone).date, '00:00', timeZone)
