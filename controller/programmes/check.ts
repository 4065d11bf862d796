import type { PutProgramme } from '#protocol/http/programmes.ts'
import { MAX_PLAN_ITEMS } from '#protocol/messages.ts'
import { instantOf } from '#protocol/rules/civil-time.ts'
import { airMsOf, capacityOf } from '#protocol/rules/lead-in.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'
import type { Problem } from '../errors.ts'
import { dayMonthYear } from '../iso.ts'
import { DAY, MINUTE } from '../units.ts'
import type { ProgrammeContent } from './rundown.ts'
import { type AiringItem, lengthOf } from './session/airing-item.ts'
import type { Approved } from './session/validity.ts'
import type { StationTimes } from './station-times.ts'

/** How far ahead a rule is looked at when it is saved: a year and a day, so that every yearly date comes up. */
export const LOOK_AHEAD_MS = 367 * DAY

/**
 * What is wrong with a programme, found when it is saved rather than at 03:15. `items` is what its rundown airs as far
 * as it is ready, `approved` what of it may air, and how long. Nothing may start within the lead time.
 */
export function programmeProblems(
  programme: ProgrammeContent,
  station: StationTimes,
  { items, approved }: { items: readonly AiringItem[]; approved: Approved },
  { now, leadMs }: { now: number; leadMs: number },
): Problem[] {
  const { timeZone, quietHours, holidays = [] } = station
  const first = instantOf(programme.startsOn, programme.startTime, timeZone)
  if (first > now + LOOK_AHEAD_MS) return [{ field: 'startsOn', key: 'programme.tooFar' }]
  const starts = occurrencesOf(programme, { from: now + 1, until: now + LOOK_AHEAD_MS }, timeZone, { holidays }).map(
    ({ startAt }) => startAt,
  )
  if (starts.length === 0) return [{ field: 'startTime', key: 'programme.inPast' }]
  const ms = lengthOf(items)
  const problems = expiryProblems(programme, approved, { starts, now, timeZone })
  if (starts.every((at) => at < now + leadMs)) {
    problems.push({ field: 'startTime', key: 'programme.tooSoon', values: { seconds: Math.ceil(leadMs / 1_000) } })
  }
  if (starts.some((at) => touchesQuiet(at, airMsOf(ms), quietHours, timeZone))) {
    const { from, to } = quietHours
    problems.push({ field: 'startTime', key: 'programme.quietHours', values: { from, to } })
  }
  if (ms > capacityOf(programme)) {
    const values = { minutes: Math.ceil(airMsOf(ms) / MINUTE), limit: programme.maxMinutes }
    problems.push({ field: 'maxMinutes', key: 'programme.tooLong', values })
  }
  if (items.length > MAX_PLAN_ITEMS) {
    problems.push({ field: 'rundown', key: 'programme.tooManyItems', values: { limit: MAX_PLAN_ITEMS } })
  }
  return problems
}

/** A bulletin that has expired, or will have before the first session, is not scheduled for nothing. */
function expiryProblems(
  { rundown }: Pick<PutProgramme, 'rundown'>,
  approved: Approved,
  { starts, now, timeZone }: { starts: readonly number[]; now: number; timeZone: string },
): Problem[] {
  return rundown.flatMap((item, i) => {
    const expiresOn = item.kind === 'bulletin' ? (approved.get(item.bulletinId)?.expiresOn ?? null) : null
    if (expiresOn === null || starts.some((at) => mayAirAt(expiresOn, at, timeZone))) return []
    const key = mayAirAt(expiresOn, now, timeZone) ? 'bulletin.expiresBefore' : 'bulletin.expired'
    return [{ field: `rundown.${i}.bulletinId`, key, values: { date: dayMonthYear(expiresOn) } }]
  })
}
