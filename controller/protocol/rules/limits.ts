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

/** That sessions may be more than limits of some kinds allow. */
export interface Exempt {
  readonly kinds: readonly LimitKind[]
  /** How much more; a kind that has no value here is lifted whole. */
  readonly upTo: Omit<Limits, 'days'>
}

export interface Airing {
  readonly id: string
  /** Epoch ms, `endAt` exclusive. */
  readonly startAt: number
  readonly endAt: number
  /** All that it has been granted. */
  readonly exempt?: readonly Exempt[]
}

/** Which session breaks which limit. */
export interface Breach {
  readonly id: string
  readonly kind: LimitKind
  /** The local day of its start. */
  readonly date: string
  /** What it might have been: the limit itself, or what the session has been granted in its place. */
  readonly limit: Limits[LimitKind]
}

/**
 * What of a station's sessions is more than its limits allow, all of them on whatever days. Of the sessions of one day the
 * earliest count first, so that it is the later one that is too many. A session belongs to the local day of its start.
 */
export function breachesOf(sessions: readonly Airing[], limits: Limits, timeZone: string): Breach[] {
  const localOf = localTimes(timeZone)
  const breaches: Breach[] = []
  let today: Placed[] = []
  for (const session of [...sessions].sort(byStart)) {
    const { date, minutes: start } = localOf(session.startAt)
    if (date !== today[0]?.date) {
      breaches.push(...breachesOn(today, limits))
      today = []
    }
    const left = (session.exempt ?? []).reduce(loosenedBy, limits)
    today.push({ id: session.id, date, start, length: minutesOf(session), limits: left })
  }
  return [...breaches, ...breachesOn(today, limits)]
}

/** What limits leave to whoever is exempt: never less than they allow everybody. */
function loosenedBy(limits: Limits, { kinds, upTo }: Exempt): Limits {
  const ease = <T>(kind: LimitKind, limit: T | undefined, granted: T | undefined, looser: (x: T, y: T) => T) => {
    if (limit === undefined || !kinds.includes(kind)) return limit
    return granted === undefined ? undefined : looser(limit, granted)
  }
  const most = (x: number, y: number): number => Math.max(x, y)
  return {
    sessionsPerDay: ease('sessionsPerDay', limits.sessionsPerDay, upTo.sessionsPerDay, most),
    minutesPerSession: ease('minutesPerSession', limits.minutesPerSession, upTo.minutesPerSession, most),
    minutesPerDay: ease('minutesPerDay', limits.minutesPerDay, upTo.minutesPerDay, most),
    earliest: ease('earliest', limits.earliest, upTo.earliest, (x, y) =>
      minutesOfClock(y) < minutesOfClock(x) ? y : x,
    ),
    latest: ease('latest', limits.latest, upTo.latest, (x, y) => (endOfClock(y) > endOfClock(x) ? y : x)),
    days: kinds.includes('days') ? undefined : limits.days,
  }
}

/** A session on its local day. */
interface Placed {
  readonly id: string
  readonly date: string
  /** Minutes since local midnight. */
  readonly start: number
  readonly length: number
  /** What it has to keep to. */
  readonly limits: Limits
}

/** All of one day, in order of time. */
function breachesOn(day: readonly Placed[], limits: Limits): Breach[] {
  const sessions = takenOn(day, 'sessionsPerDay', limits, () => 1)
  const minutes = takenOn(day, 'minutesPerDay', limits, ({ length }) => length)
  return day.flatMap((placed, i) => {
    const { id, date } = placed
    const measured = { ...placed, day: { sessions: sessions[i] ?? 0, minutes: minutes[i] ?? 0 } }
    return LIMIT_KINDS.filter((kind) => IS_BROKEN[kind](placed.limits, measured)).map((kind) => ({
      id,
      kind,
      date,
      limit: placed.limits[kind],
    }))
  })
}

/**
 * What a day has had by each of its sessions, that one included. Those that the limit itself binds are counted among
 * themselves: nobody's exemption takes their place. Those that may be more come after them, each within what it has been
 * granted for the whole day. What is exempt without a bound counts nowhere.
 */
function takenOn(
  day: readonly Placed[],
  kind: 'sessionsPerDay' | 'minutesPerDay',
  { [kind]: limit }: Limits,
  amountOf: (placed: Placed) => number,
): number[] {
  const isBound = ({ limits }: Placed): boolean => limits[kind] === limit
  const bound = day.filter(isBound).reduce((sum, placed) => sum + amountOf(placed), 0)
  const taken = { within: 0, beyond: Math.min(bound, limit ?? bound) }
  return day.map((placed) => {
    if (placed.limits[kind] === undefined) return 0
    const side = isBound(placed) ? 'within' : 'beyond'
    taken[side] += amountOf(placed)
    return taken[side]
  })
}

interface Measured extends Pick<Placed, 'date' | 'start' | 'length'> {
  /** What its day has had, the session included. */
  readonly day: { readonly sessions: number; readonly minutes: number }
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

/** Of a local date, whatever the zone. */
export const weekdayOf = (date: string): Weekday => WEEKDAYS[weekdayNumber(dayOf(date))] ?? 'MO'
