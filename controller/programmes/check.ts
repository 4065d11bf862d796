import type { Station } from '#protocol/http/areas.ts'
import type { CreateProgramme } from '#protocol/http/programmes.ts'
import { instantOf } from '#protocol/rules/civil-time.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { occurrencesIn } from '#protocol/rules/recurrence.ts'
import type { AiringItem } from '../broadcasts/session.ts'
import { lengthOf } from '../broadcasts/session.ts'
import type { Problem } from '../errors.ts'
import { DAY, MINUTE } from '../units.ts'

/** How far ahead a rule is looked at when it is saved: a year and a day, so that every yearly date comes up. */
const LOOK_AHEAD_MS = 367 * DAY

/**
 * What is wrong with a programme, found when it is saved rather than at 03:15. `items` is what its rundown airs as far
 * as it is ready.
 */
export function programmeProblems(
  programme: CreateProgramme,
  station: Station,
  items: readonly AiringItem[],
  now: number,
): Problem[] {
  const first = instantOf(programme.startsOn, programme.startTime, station.timeZone)
  if (first > now + LOOK_AHEAD_MS) return [{ field: 'startsOn', key: 'programme.tooFar' }]
  let starts: number[]
  try {
    starts = occurrencesIn(programme, { from: now + 1, until: now + LOOK_AHEAD_MS }, station.timeZone)
  } catch {
    return [{ field: 'rrule', key: 'programme.rrule' }]
  }
  if (starts.length === 0) return [{ field: 'startTime', key: 'programme.inPast' }]
  const ms = lengthOf(items)
  const problems: Problem[] = []
  if (starts.some((at) => touchesQuiet(at, ms, station.quietHours, station.timeZone))) {
    const { from, to } = station.quietHours
    problems.push({ field: 'startTime', key: 'programme.quietHours', values: { from, to } })
  }
  if (ms > programme.maxMinutes * MINUTE) {
    const values = { minutes: Math.ceil(ms / MINUTE), limit: programme.maxMinutes }
    problems.push({ field: 'maxMinutes', key: 'programme.tooLong', values })
  }
  return problems
}
