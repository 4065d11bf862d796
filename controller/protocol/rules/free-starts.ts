import { MINUTES_PER_DAY, minutesOfClock } from './civil-time.ts'
import type { QuietHours } from './quiet-hours.ts'
import { clockOf } from './said-rules.ts'

/** Minutes since local midnight, `until` exclusive; may lie partly in the day before or after. */
export interface MinuteSpan {
  readonly from: number
  readonly until: number
}

/** People keep appointments on the five minutes. */
const STEP = 5

/** Of each free gap the start that is nearest to the one that was wanted, nearest first, as local civil times. */
export function freeStarts(
  { wanted, minutes }: { readonly wanted: string; readonly minutes: number },
  taken: readonly MinuteSpan[],
): string[] {
  const at = minutesOfClock(wanted)
  const starts = gapsBetween(taken).flatMap(({ from, until }) => {
    const first = Math.ceil(from / STEP) * STEP
    const last = Math.min(Math.floor((until - minutes) / STEP) * STEP, MINUTES_PER_DAY - STEP)
    return first > last ? [] : [Math.min(Math.max(Math.round(at / STEP) * STEP, first), last)]
  })
  return starts.sort((a, b) => Math.abs(a - at) - Math.abs(b - at) || a - b).map(clockOf)
}

/** The quiet hours of one day; none where they begin and end at once. */
export function quietSpans({ from, to }: QuietHours): MinuteSpan[] {
  const [begin, end] = [minutesOfClock(from), minutesOfClock(to)]
  if (begin === end) return []
  if (begin < end) return [{ from: begin, until: end }]
  return [
    { from: begin - MINUTES_PER_DAY, until: end },
    { from: begin, until: end + MINUTES_PER_DAY },
  ]
}

/** What is left of a day and of the night after it, for sessions that end past midnight. */
function gapsBetween(taken: readonly MinuteSpan[]): MinuteSpan[] {
  const gaps: MinuteSpan[] = []
  let from = 0
  for (const span of [...taken].sort((a, b) => a.from - b.from)) {
    if (span.from > from) gaps.push({ from, until: span.from })
    from = Math.max(from, span.until)
  }
  return [...gaps, { from, until: 2 * MINUTES_PER_DAY }]
}
