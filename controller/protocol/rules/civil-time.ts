import { Temporal } from 'temporal-polyfill'
import { DAY_MS, dateOf } from './civil-date.ts'

/** Half-open: `from` inclusive, `until` exclusive, epoch milliseconds. */
export interface Window {
  readonly from: number
  readonly until: number
}

export const MINUTES_PER_DAY = 24 * 60

/** Minutes since local midnight of `05:30` or `05:30:15` (seconds dropped). */
export function minutesOfClock(text: string): number {
  const [hours = '0', minutes = '0'] = text.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** Local civil date and time of an instant, e.g. `{ date: '2026-11-23', time: '05:30:00', minutes: 330 }`. */
export function civilTime(at: number, timeZone: string): { date: string; time: string; minutes: number } {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  return {
    date: local.toPlainDate().toString(),
    time: local.toPlainTime().toString({ smallestUnit: 'second' }),
    minutes: local.hour * 60 + local.minute,
  }
}

/** The instant of a local date and time; a time that a clock change skips moves forward, one that it repeats is the first. */
export function instantOf(date: string, time: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
    .epochMilliseconds
}

/** Milliseconds since local midnight of `05:30` or `05:30:15`. */
export function msOfClock(text: string): number {
  const [, , seconds = '0'] = text.split(':')
  return minutesOfClock(text) * 60_000 + Number(seconds) * 1_000
}

/** The instant of a local day and time; null on a day that the zone leaves out, as Samoa did in 2011. */
export type CivilClock = (day: number, time: string) => number | null

/**
 * `instantOf` for many days of one zone. Between two changes of its clocks a zone is an offset, which is looked up once;
 * within a day of a change, where local times are skipped or repeated, each is asked for by itself.
 */
export function civilClock(timeZone: string): CivilClock {
  let span = NO_SPAN
  return (day, time) => {
    const at = day * DAY_MS + msOfClock(time) - span.offset
    if (at - DAY_MS >= span.from && at + DAY_MS < span.until) return at
    const date = dateOf(day)
    const exact = instantOf(date, time, timeZone)
    if (exact < span.from || exact >= span.until) span = offsetSpan(exact, timeZone)
    return isDateOf(date, timeZone) ? exact : null
  }
}

/** Local date, and minutes since its midnight, of many instants of one zone: looks its offset up once and reckons from there. */
export function localTimes(timeZone: string): (at: number) => { date: string; minutes: number } {
  let span = NO_SPAN
  let last = { day: Number.NaN, date: '' }
  return (at) => {
    if (at < span.from || at >= span.until) span = offsetSpan(at, timeZone)
    const local = at + span.offset
    const day = Math.floor(local / DAY_MS)
    if (day !== last.day) last = { day, date: dateOf(day) }
    return { date: last.date, minutes: Math.floor((local - day * DAY_MS) / 60_000) }
  }
}

/** How far local time is ahead of UTC, in ms, between two changes of the clocks. */
export interface OffsetSpan extends Window {
  readonly offset: number
}

/** Before any instant: what a search starts from that looks up a span when it needs another. */
export const NO_SPAN: OffsetSpan = { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY, offset: 0 }

export function offsetSpan(at: number, timeZone: string): OffsetSpan {
  const known = latestSpans.get(timeZone)
  if (known && at >= known.from && at < known.until) return known
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  // At the very instant of a change, the change before it would be the previous one.
  const after = Temporal.Instant.fromEpochMilliseconds(at + 1).toZonedDateTimeISO(timeZone)
  const span = {
    from: after.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: local.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: local.offsetNanoseconds / 1_000_000,
  }
  latestSpans.set(timeZone, span)
  return span
}

/** By zone: looking for changes of the clocks takes a millisecond, and the next question is about the same days. */
const latestSpans = new Map<string, OffsetSpan>()

const isDateOf = (date: string, timeZone: string): boolean =>
  civilTime(instantOf(date, '00:00', timeZone), timeZone).date === date

/** Whether a text is the name of a zone, such as `Asia/Ho_Chi_Minh`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
