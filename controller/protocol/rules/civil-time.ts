import { Temporal } from 'temporal-polyfill'

export const MINUTES_PER_DAY = 24 * 60

/** Minutes since local midnight of `05:30` or `05:30:15` (seconds dropped). */
export function minutesOfClock(text: string): number {
  const [hours = '0', minutes = '0'] = text.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** Local civil date and time of an instant, e.g. `{ date: '2026-11-23', time: '05:30:00', minutes: 330 }`. */
export function civilTime(at: number, timeZone: string): { date: string; time: string; minutes: number } {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  return {
    date: local.toPlainDate().toString(),
    time: local.toPlainTime().toString({ smallestUnit: 'second' }),
    minutes: local.hour * 60 + local.minute,
  }
}

/** The instant of a local date and time; a time that a clock change skips moves forward, one that it repeats is the first. */
export function instantOf(date: string, time: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
    .epochMilliseconds
}
