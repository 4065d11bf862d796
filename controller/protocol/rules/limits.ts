import { dayOf, WEEKDAYS, type Weekday, weekdayNumber } from './civil-date.ts'
import { localTimes, MINUTES_PER_DAY, minutesOfClock } from './civil-time.ts'

/** How much a station may broadcast. A field that is left out limits nothing. */
export interface Limits {
  readonly sessionsPerDay?: number | undefined
  readonly minutesPerSession?: number | undefined
  readonly minutesPerDay?: number | undefined
  /** Local civil times between which sessions lie, `05:00` and `20:00`. */
  readonly earliest?: string | undefined
  readonly latest?: string | undefined
  readonly days?: readonly Weekday[] | undefined
}

export const LIMIT_KINDS = [
  'sessionsPerDay',
  'minutesPerSession',
  'minutesPerDay',
  'earliest',
  'latest',
  'days',
] as const satisfies readonly (keyof Limits)[]
export type LimitKind = (typeof LIMIT_KINDS)[number]

/** What two levels allow together: never more than either of them. */
export function tightestOf(a: Limits, b: Limits): Limits {
  const pick = <T>(one: T | undefined, other: T | undefined, tighter: (x: T, y: T) => T): T | undefined =>
    one === undefined || other === undefined ? (one ?? other) : tighter(one, other)
  const least = (x: number, y: number): number => Math.min(x, y)
  return {
    sessionsPerDay: pick(a.sessionsPerDay, b.sessionsPerDay, least),
    minutesPerSession: pick(a.minutesPerSession, b.minutesPerSession, least),
    minutesPerDay: pick(a.minutesPerDay, b.minutesPerDay, least),
    earliest: pick(a.earliest, b.earliest, (x, y) => (minutesOfClock(y) > minutesOfClock(x) ? y : x)),
    latest: pick(a.latest, b.latest, (x, y) => (endOfClock(y) < endOfClock(x) ? y : x)),
    days: pick(a.days, b.days, (x, y) => y.filter((day) => x.includes(day))),
  }
}

/** As an end, midnight is that of the same day. */
const endOfClock = (text: string): number => minutesOfClock(text) || MINUTES_PER_DAY

export interface Airing {
  readonly id: string
  /** Epoch ms, `endAt` exclusive. */
  readonly startAt: number
  readonly endAt: number
  /** It neither breaks these nor counts for them. */
  readonly exempt?: readonly LimitKind[]
}

/** Which session breaks which limit. */
export interface Breach {
  readonly id: string
  readonly kind: LimitKind
  /** The local day of its start. */
  readonly date: string
}

/**
 * What of a station's sessions is more than its limits allow, all of them on whatever days. Of the sessions of one day the
 * earliest count first, so that it is the later one that is too many. A session belongs to the local day of its start.
 */
export function breachesOf(sessions: readonly Airing[], limits: Limits, timeZone: string): Breach[] {
  const localOf = localTimes(timeZone)
  const breaches: Breach[] = []
  let today = ''
  let day: DayCount = { sessions: 0, minutes: 0 }
  for (const session of [...sessions].sort(byStart)) {
    const { date, minutes } = localOf(session.startAt)
    if (date !== today) [today, day] = [date, { sessions: 0, minutes: 0 }]
    count(day, session)
    for (const kind of LIMIT_KINDS)
      if (
        !isExempt(session, kind) &&
        IS_BROKEN[kind](limits, { date, start: minutes, length: minutesOf(session), day })
      )
        breaches.push({ id: session.id, kind, date })
  }
  return breaches
}

/** What a day has had so far, this session included. */
interface DayCount {
  sessions: number
  minutes: number
}

function count(day: DayCount, session: Airing): void {
  if (!isExempt(session, 'sessionsPerDay')) day.sessions++
  if (!isExempt(session, 'minutesPerDay')) day.minutes += minutesOf(session)
}

interface Measured {
  readonly date: string
  /** Minutes since local midnight. */
  readonly start: number
  readonly length: number
  readonly day: Readonly<DayCount>
}

const IS_BROKEN = {
  sessionsPerDay: ({ sessionsPerDay }, { day }) => sessionsPerDay !== undefined && day.sessions > sessionsPerDay,
  minutesPerSession: ({ minutesPerSession }, { length }) =>
    minutesPerSession !== undefined && length > minutesPerSession,
  minutesPerDay: ({ minutesPerDay }, { day }) => minutesPerDay !== undefined && day.minutes > minutesPerDay,
  earliest: ({ earliest }, { start }) => earliest !== undefined && start < minutesOfClock(earliest),
  latest: ({ latest }, { start, length }) => latest !== undefined && start + length > endOfClock(latest),
  days: ({ days }, { date }) => days !== undefined && !days.includes(weekdayOf(date)),
} as const satisfies Record<LimitKind, (limits: Limits, measured: Measured) => boolean>

const byStart = (a: Airing, b: Airing): number => a.startAt - b.startAt || (a.id < b.id ? -1 : 1)

const minutesOf = ({ startAt, endAt }: Airing): number => (endAt - startAt) / 60_000

const isExempt = ({ exempt }: Airing, kind: LimitKind): boolean => exempt?.includes(kind) ?? false

/** Of a local date, whatever the zone. */
export const weekdayOf = (date: string): Weekday => WEEKDAYS[weekdayNumber(dayOf(date))] ?? 'MO'
