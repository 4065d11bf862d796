import { MINUTES_PER_DAY, minutesOfClock } from '#protocol/rules/civil-time.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'

/** Minutes since midnight; `to` exclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

const HOUR = 60

/** The quiet part of a day, in up to two pieces. */
export function quietSpans({ from, to }: QuietHours): Span[] {
  const [start, end] = [minutesOfClock(from), minutesOfClock(to)]
  const spans =
    start <= end
      ? [{ from: start, to: end }]
      : [
          { from: 0, to: end },
          { from: start, to: MINUTES_PER_DAY },
        ]
  return spans.filter((span) => span.to > span.from)
}

/**
 * The hours worth drawing: those that are not quiet, one quiet hour on either side to show where it ends, and whatever
 * sessions need. Whole hours, at least one.
 */
export function axisOf(quiet: QuietHours, sessions: readonly Span[]): Span {
  const loud = loudBounds(quietSpans(quiet))
  const from = Math.min(loud.from - HOUR, ...sessions.map((session) => session.from))
  const to = Math.max(loud.to + HOUR, ...sessions.map((session) => session.to))
  return {
    from: Math.max(0, Math.floor(from / HOUR) * HOUR),
    to: Math.min(MINUTES_PER_DAY, Math.ceil(to / HOUR) * HOUR),
  }
}

function loudBounds(quiet: readonly Span[]): Span {
  const first = quiet.find((span) => span.from === 0)
  const last = quiet.find((span) => span.to === MINUTES_PER_DAY)
  const bounds = { from: first?.to ?? 0, to: last?.from ?? MINUTES_PER_DAY }
  return bounds.from < bounds.to ? bounds : { from: 0, to: MINUTES_PER_DAY }
}

/** Where minutes of a day are on a lane, in pixels from its top. */
export interface TimeScale {
  readonly axis: Span
  readonly height: number
  /** Each whole hour with its place and how tall it is. */
  readonly hours: readonly { readonly minute: number; readonly y: number; readonly px: number }[]
  yOf(minute: number): number
}

/** Every hour as tall as the others, as dragging wants it. */
export const evenScale = (axis: Span, hourPx: number): TimeScale => scaleOf(axis, () => hourPx)

/**
 * Hours in which nothing happens all week are drawn low, so that a morning and an evening session fit on one screen and
 * are still tall enough to read.
 */
export function denseScale(
  axis: Span,
  sessions: readonly Span[],
  { busyPx, idlePx }: { busyPx: number; idlePx: number },
) {
  const isBusy = (hour: number): boolean => sessions.some(({ from, to }) => from < hour + HOUR && to > hour)
  return scaleOf(axis, (hour) => (isBusy(hour) ? busyPx : idlePx))
}

function scaleOf(axis: Span, pxOf: (hour: number) => number): TimeScale {
  let height = 0
  const hours: { minute: number; y: number; px: number }[] = []
  for (let minute = axis.from; minute < axis.to; minute += HOUR) {
    const px = pxOf(minute)
    hours.push({ minute, y: height, px })
    height += px
  }
  return {
    axis,
    height,
    hours,
    yOf: (minute) => {
      const within = Math.min(Math.max(minute, axis.from), axis.to)
      const hour = hours[Math.min(Math.floor((within - axis.from) / HOUR), hours.length - 1)]
      return hour ? hour.y + ((within - hour.minute) / HOUR) * hour.px : 0
    },
  }
}
