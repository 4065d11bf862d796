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
  const days = new Map<string, Started[]>()
  for (const session of [...sessions].sort((a, b) => a.startAt - b.startAt || (a.id < b.id ? -1 : 1))) {
    const { date, minutes } = localOf(session.startAt)
    const started = { session, minutes }
    const day = days.get(date)
    if (day) day.push(started)
    else days.set(date, [started])
  }
  return [...days].flatMap(([date, ofDay]) =>
    [...ofDay.flatMap((started) => breachesOfOne(started, date, limits)), ...breachesOfDay(ofDay, limits)].map(
      ([id, kind]) => ({ id, kind, date }),
    ),
  )
}

interface Started {
  readonly session: Airing
  /** Since local midnight. */
  readonly minutes: number
}
type Broken = readonly [id: string, kind: LimitKind]

const minutesOf = ({ startAt, endAt }: Airing): number => (endAt - startAt) / 60_000

const isExempt = ({ exempt }: Airing, kind: LimitKind): boolean => exempt?.includes(kind) ?? false

function breachesOfOne({ session, minutes: start }: Started, date: string, limits: Limits): Broken[] {
  const { earliest, latest, minutesPerSession, days } = limits
  const end = start + minutesOf(session)
  const breach = (kind: LimitKind, isBroken: boolean): Broken[] =>
    isBroken && !isExempt(session, kind) ? [[session.id, kind]] : []
  return [
    ...breach('days', days !== undefined && !days.includes(weekdayOf(date))),
    ...breach('earliest', earliest !== undefined && start < minutesOfClock(earliest)),
    ...breach('latest', latest !== undefined && end > endOfClock(latest)),
    ...breach('minutesPerSession', minutesPerSession !== undefined && minutesOf(session) > minutesPerSession),
  ]
}

function breachesOfDay(ofDay: readonly Started[], { sessionsPerDay, minutesPerDay }: Limits): Broken[] {
  let count = 0
  let minutes = 0
  return ofDay.flatMap(({ session }): Broken[] => {
    const broken: Broken[] = []
    if (!isExempt(session, 'sessionsPerDay')) {
      count++
      if (sessionsPerDay !== undefined && count > sessionsPerDay) broken.push([session.id, 'sessionsPerDay'])
    }
    if (!isExempt(session, 'minutesPerDay')) {
      minutes += minutesOf(session)
      if (minutesPerDay !== undefined && minutes > minutesPerDay) broken.push([session.id, 'minutesPerDay'])
    }
    return broken
  })
}

/** Of a local date, whatever the zone. */
export const weekdayOf = (date: string): Weekday => WEEKDAYS[weekdayNumber(dayOf(date))] ?? 'MO'
