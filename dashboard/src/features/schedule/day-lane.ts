import type { CSSProperties } from 'react'
import type { DaySession } from '#protocol/http/days.ts'
import { startOfDay } from '../../lib/format/time.ts'
import type { Span, TimeScale } from './time-scale.ts'

const MINUTE = 60_000

/** A session's name within its station. */
export const keyOf = ({ programmeId, originalDate }: Pick<DaySession, 'programmeId' | 'originalDate'>): string =>
  `${programmeId}@${originalDate}`

/** Minutes since the midnight with which a date begins. */
export const minuteOf = (at: string | number, date: string): number =>
  (new Date(at).getTime() - startOfDay(date)) / MINUTE

/** `17:20` of minutes since midnight. */
export function clockOf(minute: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${pad(Math.floor(minute / 60) % 24)}:${pad(Math.floor(minute) % 60)}`
}

/** The time that its programme has for it, or that it takes if that is more. */
export const slotOf = (session: Pick<DaySession, 'startAt' | 'endAt' | 'slotEndAt'>, date: string): Span => ({
  from: minuteOf(session.startAt, date),
  to: Math.max(minuteOf(session.slotEndAt, date), minuteOf(session.endAt, date)),
})

export interface Placed<T> {
  readonly item: T
  readonly top: number
  readonly height: number
  /** How tall its time is: less than the height where words need more room than that. */
  readonly timePx: number
  /** Side by side with others that would cover it: which of how many. */
  readonly column: number
  readonly columns: number
}

/** Where a box is drawn; its stylesheet knows how tall its time is by `--time`. */
export const boxStyle = ({ top, height, timePx, column, columns }: Omit<Placed<unknown>, 'item'>): CSSProperties => ({
  top,
  height,
  left: `${(column / columns) * 100}%`,
  width: `${100 / columns}%`,
  ...{ '--time': `${Math.min(timePx, height)}px` },
})

/** Puts spans on a lane, each at least as tall as its words want; those that would cover each other stand side by side. */
export function placeOnLane<T>(
  items: readonly { readonly item: T; readonly span: Span }[],
  scale: TimeScale,
  minPxOf: (item: T) => number,
): Placed<T>[] {
  const boxes = items
    .map(({ item, span }) => {
      const timePx = scale.yOf(span.to) - scale.yOf(span.from)
      const height = Math.max(minPxOf(item), timePx)
      return { item, top: Math.min(scale.yOf(span.from), Math.max(0, scale.height - height)), height, timePx }
    })
    .sort((a, b) => a.top - b.top || b.height - a.height)
  return clusters(boxes).flatMap((together) => inColumns(together))
}

type Box<T> = Pick<Placed<T>, 'item' | 'top' | 'height' | 'timePx'>

/** Boxes that hang together by overlapping. */
function clusters<T>(boxes: readonly Box<T>[]): Box<T>[][] {
  const found: Box<T>[][] = []
  let bottom = Number.NEGATIVE_INFINITY
  for (const box of boxes) {
    const last = found.at(-1)
    if (last && box.top < bottom) last.push(box)
    else found.push([box])
    bottom = Math.max(bottom, box.top + box.height)
  }
  return found
}

function inColumns<T>(together: readonly Box<T>[]): Placed<T>[] {
  const bottoms: number[] = []
  const placed = together.map((box) => {
    const free = bottoms.findIndex((bottom) => bottom <= box.top)
    const column = free === -1 ? bottoms.length : free
    bottoms[column] = box.top + box.height
    return { ...box, column }
  })
  return placed.map((box) => ({ ...box, columns: bottoms.length }))
}
