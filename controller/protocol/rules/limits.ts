import { dayOf, WEEKDAYS, type Weekday, weekdayNumber } from './civil-date.ts'
import { civilTime, MINUTES_PER_DAY, minutesOfClock } from './civil-time.ts'

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

export type LimitKind = keyof Limits

/** A field of the commune or the cluster stands in for its province's: whoever is nearer to the people decides. */
export function inheritLimits(fromFarToNear: readonly (Limits | null)[]): Limits {
  return Object.assign(
    {},
    ...fromFarToNear.map((limits) =>
      Object.fromEntries(Object.entries(limits ?? {}).filter(([, value]) => value !== undefined)),
    ),
  )
}

export interface Airing {
  readonly id: string
  /** Epoch ms, `endAt` exclusive. */
  readonly startAt: number
  readonly endAt: number
}

/** Which session breaks which limit. */
export interface Breach {
  readonly id: string
  readonly kind: LimitKind
}

/**
 * What of a station's sessions is more than its limits allow, all of them on whatever days. Of the sessions of one day the
 * earliest count first, so that it is the later one that is too many. A session belongs to the local day of its start.
 */
export function breachesOf(sessions: readonly Airing[], limits: Limits, timeZone: string): Breach[] {
  const days = new Map<string, Airing[]>()
  for (const session of [...sessions].sort((a, b) => a.startAt - b.startAt || (a.id < b.id ? -1 : 1))) {
    const { date } = civilTime(session.startAt, timeZone)
    days.set(date, [...(days.get(date) ?? []), session])
  }
  return [...days].flatMap(([date, ofDay]) => [
    ...ofDay.flatMap((session) => breachesOfOne(session, date, limits, timeZone)),
    ...breachesOfDay(ofDay, limits),
  ])
}

const minutesOf = ({ startAt, endAt }: Airing): number => (endAt - startAt) / 60_000

function breachesOfOne(session: Airing, date: string, limits: Limits, timeZone: string): Breach[] {
  const { earliest, latest, minutesPerSession, days } = limits
  const start = civilTime(session.startAt, timeZone).minutes
  const end = start + minutesOf(session)
  const breach = (kind: LimitKind, isBroken: boolean): Breach[] => (isBroken ? [{ id: session.id, kind }] : [])
  return [
    ...breach('days', days !== undefined && !days.includes(weekdayOf(date))),
    ...breach('earliest', earliest !== undefined && start < minutesOfClock(earliest)),
    ...breach('latest', latest !== undefined && end > (minutesOfClock(latest) || MINUTES_PER_DAY)),
    ...breach('minutesPerSession', minutesPerSession !== undefined && minutesOf(session) > minutesPerSession),
  ]
}

function breachesOfDay(ofDay: readonly Airing[], { sessionsPerDay, minutesPerDay }: Limits): Breach[] {
  let minutes = 0
  return ofDay.flatMap((session, index): Breach[] => {
    minutes += minutesOf(session)
    return [
      ...(sessionsPerDay !== undefined && index >= sessionsPerDay
        ? [{ id: session.id, kind: 'sessionsPerDay' as const }]
        : []),
      ...(minutesPerDay !== undefined && minutes > minutesPerDay
        ? [{ id: session.id, kind: 'minutesPerDay' as const }]
        : []),
    ]
  })
}

/** Of a local date, whatever the zone. */
export const weekdayOf = (date: string): Weekday => WEEKDAYS[weekdayNumber(dayOf(date))] ?? 'MO'
