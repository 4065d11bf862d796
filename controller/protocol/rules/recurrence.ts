import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { civilTime, instantOf } from './civil-time.ts'
import { isProgrammeRule } from './rrule.ts'

/** When a programme takes place: a start date and local time, then RFC 5545 from there. */
export interface Recurrence {
  /** First local date, `2026-11-23`. */
  readonly startsOn: string
  /** Local civil time, `05:30` or `05:30:15`. */
  readonly startTime: string
  /** RFC 5545 RRULE value such as `FREQ=WEEKLY;BYDAY=MO,WE`; null: once. */
  readonly rrule: string | null
  /** Local dates on which it does not take place. */
  readonly skip: readonly string[]
}

/** Half-open: `from` inclusive, `until` exclusive, epoch milliseconds. */
export interface Window {
  readonly from: number
  readonly until: number
}

/** A cap on how many sessions one rule may yield in one window: a rule that says more is a mistake. */
export const MAX_OCCURRENCES = 5_000

/** Start instants of a recurrence inside the window, ascending. Throws RangeError on a rule that is not allowed. */
export function occurrencesIn(recurrence: Recurrence, window: Window, timeZone: string): number[] {
  if (window.until <= window.from) return []
  const skipped = new Set(recurrence.skip)
  return startsIn(recurrence, window, timeZone).filter((at) => !skipped.has(civilTime(at, timeZone).date))
}

function startsIn(recurrence: Recurrence, window: Window, timeZone: string): number[] {
  if (recurrence.rrule === null) {
    const at = instantOf(recurrence.startsOn, recurrence.startTime, timeZone)
    return at >= window.from && at < window.until ? [at] : []
  }
  return ruleOf(recurrence.rrule, firstStart(recurrence, timeZone))
    .between(instant(window.from), instant(window.until - 1), true)
    .slice(0, MAX_OCCURRENCES)
    .map((start) => start.epochMilliseconds)
}

function ruleOf(rrule: string, dtstart: Temporal.ZonedDateTime): RRuleTemporal {
  if (!isProgrammeRule(rrule)) throw new RangeError('not a rule that a programme can have')
  try {
    return new RRuleTemporal({ rruleString: rrule, dtstart })
  } catch (cause) {
    throw new RangeError('not an RFC 5545 rule', { cause })
  }
}

const instant = (at: number): Date => new Date(at)

function firstStart(recurrence: Recurrence, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.PlainDate.from(recurrence.startsOn).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from(recurrence.startTime),
  })
}
