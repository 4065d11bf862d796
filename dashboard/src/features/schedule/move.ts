import type { CalendarException } from '#protocol/calendar.ts'
import type { DaySession } from '#protocol/http/days.ts'
import type { Programme, PutProgrammeInput } from '#protocol/http/programmes.ts'
import { localDate, startOfDay } from '../../lib/format/time.ts'
import { clockOf, minuteOf } from './day-lane.ts'
import type { Span } from './time-scale.ts'

/** A drag and the arrow keys go in steps of five minutes. */
export const STEP = 5

/** The nearest step, such that the session still begins within the hours that are drawn. */
export const snapped = (minute: number, axis: Span): number =>
  Math.min(Math.max(Math.round(minute / STEP) * STEP, axis.from), axis.to - STEP)

/** One step on from wherever it is: 17:02 goes to 17:05, not to 17:07. */
export const stepped = (minute: number, by: number, axis: Span): number =>
  snapped(by > 0 ? Math.floor(minute / STEP) * STEP + by : Math.ceil(minute / STEP) * STEP + by, axis)

/** Whether a move is for one session, for the series, or for a programme that is no series. */
export type Scope = 'this-day' | 'all-days' | 'once'

type Moved = Pick<DaySession, 'originalDate' | 'startAt' | 'movedFrom'>

/** Where a session is wanted. */
export interface Target {
  readonly date: string
  /** Minutes since midnight. */
  readonly minute: number
}

export const targetOf = ({ startAt }: Pick<DaySession, 'startAt'>): Target => {
  const date = localDate(startAt)
  return { date, minute: minuteOf(startAt, date) }
}

/**
 * The exception that puts one session of a series there; null: none, it is where its series has it. The date is said only
 * where it is another, so that what moves within its day keeps to it.
 */
export function exceptionFor(session: Moved, { date, minute }: Target): CalendarException | null {
  const usual = session.movedFrom ?? session.startAt
  if (Date.parse(usual) === startOfDay(date) + minute * 60_000) return null
  const time = clockOf(minute)
  const to = date === session.originalDate ? { time } : { date, time }
  return { date: session.originalDate, kind: 'move', to }
}

/** Whom a move may be for, first whom it is for unless somebody says so: a series has one time, but no other day. */
export function scopesOf(
  { repeat }: Pick<Programme, 'repeat'>,
  { originalDate }: Pick<DaySession, 'originalDate'>,
  { date }: Target,
): readonly [Scope, ...Scope[]] {
  if (repeat.kind === 'once') return ['once']
  return date === originalDate ? ['this-day', 'all-days'] : ['this-day']
}

/** What a client sends to change a programme: all of it but what is no part of the series. */
export function seriesOf(programme: Programme): PutProgrammeInput {
  const { id, areaCode, key, status, createdByName, createdAt, nextStartAt, warnings, exceptions, ...series } =
    programme
  return series
}

/**
 * The series with another start time; of one that takes place once, with its date as well. `startsOn` of others stays: what
 * has been is not rewritten, and what is to come falls on the same days.
 */
export function seriesFor(programme: Programme, { date, minute }: Target): PutProgrammeInput {
  const series = { ...seriesOf(programme), startTime: clockOf(minute) }
  return programme.repeat.kind === 'once' ? { ...series, startsOn: date } : series
}
