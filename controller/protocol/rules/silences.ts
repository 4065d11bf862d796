import type { Silence } from '../calendar.ts'
import type { ClusterId } from '../ids.ts'
import { dateOf } from './civil-date.ts'
import { civilTime, instantOf, type Window } from './civil-time.ts'
import { lunarMonth } from './lunar.ts'

/** A silence in one year: epoch milliseconds, `until` exclusive. */
export interface SilentSpan {
  readonly from: number
  readonly until: number
  readonly clusters: 'all' | readonly ClusterId[]
  readonly reason: string
}

/** What a station may start from: from 18:00 on the last evening of the lunar year to the end of mùng 3. */
export const TET_SILENCE: Silence = {
  period: {
    kind: 'lunar',
    from: { month: 12, day: -1, time: '18:00' },
    until: { month: 1, day: 4, time: '00:00' },
  },
  clusters: 'all',
  reason: 'Tết Nguyên đán',
}

/** Silences as instants: those that touch the window, ascending. */
export function silentSpans(silences: readonly Silence[], window: Window, timeZone: string): SilentSpan[] {
  // A lunar year begins up to two months into the civil one, and a silence may last for all of it.
  const years = [yearOf(window.from, timeZone) - 2, yearOf(window.until, timeZone)] as const
  return silences
    .flatMap((silence) => spansOf(silence, years, timeZone))
    .filter(({ from, until }) => from < window.until && until > window.from)
    .sort((a, b) => a.from - b.from)
}

/**
 * The silence that a session of `ms` from `startAt` would break on a cluster, or null. Quiet hours are another matter:
 * they return every night and the cluster keeps them itself. An emergency is not asked.
 */
export function silencedBy(
  startAt: number,
  ms: number,
  clusterId: ClusterId,
  spans: readonly SilentSpan[],
): SilentSpan | null {
  return spans.find((span) => touches(startAt, ms, span) && isFor(clusterId, span)) ?? null
}

/** The silence that such a session would break everywhere, or null. */
export function silencedEverywhere(startAt: number, ms: number, spans: readonly SilentSpan[]): SilentSpan | null {
  return spans.find((span) => touches(startAt, ms, span) && span.clusters === 'all') ?? null
}

/** A session of no length is a moment. */
const touches = (startAt: number, ms: number, { from, until }: SilentSpan): boolean =>
  startAt < until && startAt + Math.max(ms, 1) > from

/** Whether a silence is for a cluster. */
export const isFor = (clusterId: ClusterId, { clusters }: SilentSpan): boolean =>
  clusters === 'all' || clusters.includes(clusterId)

const yearOf = (at: number, timeZone: string): number => Number(civilTime(at, timeZone).date.slice(0, 4))

function spansOf(
  { period, clusters, reason }: Silence,
  [firstYear, lastYear]: readonly [number, number],
  timeZone: string,
): SilentSpan[] {
  if (period.kind === 'once') {
    const from = instantOf(period.from.date, period.from.time, timeZone)
    return [{ from, until: instantOf(period.until.date, period.until.time, timeZone), clusters, reason }]
  }
  const spans: SilentSpan[] = []
  for (let year = firstYear; year <= lastYear; year++) {
    const from = lunarInstant(year, period.from, timeZone)
    if (from === null) continue
    const sameYear = lunarInstant(year, period.until, timeZone)
    // In a month that has no 30th, from its last day to its 30th is no time, not a year.
    const until = sameYear !== null && sameYear >= from ? sameYear : lunarInstant(year + 1, period.until, timeZone)
    if (until !== null && until > from) spans.push({ from, until, clusters, reason })
  }
  return spans
}

type LunarMoment = Extract<Silence['period'], { kind: 'lunar' }>['from']

function lunarInstant(year: number, { month, day, time }: LunarMoment, timeZone: string): number | null {
  const found = lunarMonth(year, month)
  if (!found) return null
  const monthDay = day === -1 ? found.length : Math.min(day, found.length)
  return instantOf(dateOf(found.first + monthDay - 1), time, timeZone)
}
