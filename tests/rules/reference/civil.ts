import { Temporal } from 'temporal-polyfill'

const HOUR_MS = 3_600_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks of a zone show at an instant, `2026-11-23 05:30:00`, by the machine's own zone data. */
export function shownAt(at: number, timeZone: string): string {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  formats.set(timeZone, format)
  return format.format(at)
}

const known = new Map<string, number | null>()

/**
 * When the clocks of a zone first show a local time, found by trying; where they skip it, as long after the change as it
 * would have been without one; null on a date that they never show.
 */
export function firstShowing(date: string, time: string, timeZone: string): number | null {
  const key = `${date} ${time} ${timeZone}`
  const cached = known.get(key)
  if (cached !== undefined) return cached
  const found = search(date, time.length === 5 ? `${time}:00` : time, timeZone)
  known.set(key, found)
  return found
}

function search(date: string, time: string, timeZone: string): number | null {
  const asUtc = Date.parse(`${date}T${time}Z`)
  const before = offsetAt(asUtc - 24 * HOUR_MS, timeZone)
  const after = offsetAt(asUtc + 24 * HOUR_MS, timeZone)
  const shown = [asUtc - before, asUtc - after].filter((at) => shownAt(at, timeZone) === `${date} ${time}`)
  if (shown.length > 0) return Math.min(...shown)
  for (let hour = -36; hour <= 36; hour++)
    if (shownAt(asUtc + hour * HOUR_MS, timeZone).startsWith(date)) return asUtc - before
  return null
}

const offsetAt = (at: number, timeZone: string): number =>
  Date.parse(`${shownAt(at, timeZone).replace(' ', 'T')}Z`) - Math.floor(at / 1_000) * 1_000

const dates = new Map<string, Temporal.PlainDate>()

export function plainDate(date: string): Temporal.PlainDate {
  const plain = dates.get(date) ?? Temporal.PlainDate.from(date)
  dates.set(date, plain)
  return plain
}

const dayAfter = (date: string): string => new Date(Date.parse(date) + 24 * HOUR_MS).toISOString().slice(0, 10)

/** Both dates included. */
export function* datesBetween(from: string, until: string): Generator<string> {
  for (let date = from; date <= until; date = dayAfter(date)) yield date
}

const years = new Map<number, readonly string[]>()

export function datesOfYear(year: number): readonly string[] {
  const found = years.get(year) ?? [...datesBetween(`${year}-01-01`, `${year}-12-31`)]
  years.set(year, found)
  return found
}
