import { LocalTime } from '#protocol/http/common.ts'
import type { DaySession, StationDay } from '#protocol/http/days.ts'
import { minutesOfClock } from '#protocol/rules/civil-time.ts'
import { airMsOf } from '#protocol/rules/lead-in.ts'
import { type QuietHours, touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { silencedEverywhere } from '#protocol/rules/silences.ts'
import { alternativesOf } from '../../lib/form-problems.ts'
import { startOfDay, TIME_ZONE } from '../../lib/format/time.ts'
import { keyOf } from './day-lane.ts'
import { STEP, type Target } from './move.ts'

const MINUTE = 60_000
const HOW_MANY = 3

/** Why a session had better not begin at a time, by what the page knows; the controller has the last word. */
export type Obstacle =
  | { readonly kind: 'past' }
  | { readonly kind: 'quiet' }
  | { readonly kind: 'silence'; readonly reason: string }
  | { readonly kind: 'meets'; readonly other: DaySession }

interface Around {
  readonly day: Pick<StationDay, 'sessions' | 'silences'>
  readonly quietHours: QuietHours
  readonly now: number
}

export function obstacleAt(
  session: DaySession,
  { date, minute }: Target,
  { day, quietHours, now }: Around,
): Obstacle | null {
  const startAt = startOfDay(date) + minute * MINUTE
  const began = Date.parse(session.startAt)
  const ms = airMsOf(Math.max(1, Date.parse(session.endAt) - began))
  if (startAt <= now) return { kind: 'past' }
  if (touchesQuiet(startAt, ms, quietHours, TIME_ZONE)) return { kind: 'quiet' }
  const spans = day.silences.map((span) => ({ ...span, from: Date.parse(span.from), until: Date.parse(span.until) }))
  const silence = silencedEverywhere(startAt, ms, spans)
  if (silence) return { kind: 'silence', reason: silence.reason }
  // What a programme keeps for itself is taken, though it may not fill it yet.
  const slotEndAt = startAt + Date.parse(session.slotEndAt) - began
  const other = day.sessions.find(
    (one) =>
      keyOf(one) !== keyOf(session) &&
      one.status !== 'cancelled' &&
      one.status !== 'barred' &&
      startAt < Date.parse(one.slotEndAt) &&
      slotEndAt > Date.parse(one.startAt),
  )
  return other ? { kind: 'meets', other } : null
}

/** What the controller says would do, in minutes since midnight; empty where it offers nothing. */
export const offeredStarts = (error: unknown): number[] =>
  alternativesOf(error, 'startTime')
    .filter((text) => LocalTime.safeParse(text).success)
    .map(minutesOfClock)

/** The nearest starts on the same day that nothing is in the way of, in the order of the clock. */
export function freeStarts(session: DaySession, target: Target, around: Around): number[] {
  const starts: number[] = []
  const base = Math.round(target.minute / STEP) * STEP
  for (let away = STEP; away < 24 * 60 && starts.length < HOW_MANY; away += STEP) {
    for (const minute of [base - away, base + away]) {
      if (minute < 0 || minute >= 24 * 60 || starts.length >= HOW_MANY) continue
      if (!obstacleAt(session, { ...target, minute }, around)) starts.push(minute)
    }
  }
  return starts.sort((a, b) => a - b)
}
