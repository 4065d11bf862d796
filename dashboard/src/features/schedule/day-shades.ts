import type { StationDay } from '#protocol/http/days.ts'
import { MINUTES_PER_DAY } from '#protocol/rules/civil-time.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import { minuteOf } from './day-lane.ts'
import { quietSpans, type Span } from './time-scale.ts'

/** A part of a day in which nothing may sound, and why. */
export interface Shade extends Span {
  readonly kind: 'quiet' | 'silence' | 'silence-of-some'
  /** What whoever ordered a silence has said; empty for quiet hours. */
  readonly reason: string
}

/** What shades a day, within the hours that are drawn. */
export function shadesOf(day: Pick<StationDay, 'date' | 'silences'>, quiet: QuietHours, axis: Span): Shade[] {
  const silences = day.silences.map(
    ({ from, until, reason, clusters }): Shade => ({
      from: Math.max(0, minuteOf(from, day.date)),
      to: Math.min(MINUTES_PER_DAY, minuteOf(until, day.date)),
      kind: clusters === 'all' ? 'silence' : 'silence-of-some',
      reason,
    }),
  )
  const quietOnes = quietSpans(quiet).map((span): Shade => ({ ...span, kind: 'quiet', reason: '' }))
  return [...quietOnes, ...silences]
    .map((shade) => ({ ...shade, from: Math.max(shade.from, axis.from), to: Math.min(shade.to, axis.to) }))
    .filter(({ from, to }) => to > from)
}
