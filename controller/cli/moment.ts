import { dateOf, dayOf, isDate } from '#protocol/rules/civil-date.ts'
import { civilTime, instantOf } from '#protocol/rules/civil-time.ts'
import { searchable } from '../areas/searchable.ts'
import { invalid } from '../errors.ts'

const DAYS: Readonly<Record<string, number>> = {
  '': 0,
  'hom nay': 0,
  'hom qua': -1,
  'hom kia': -2,
  'ngay mai': 1,
  mai: 1,
}
const CLOCK = /^(.*?)[\sT]*((?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/i

/** The instant that somebody means: `2026-11-24T05:30` and `05:30` by the local clock, or `hôm qua 17:00`. */
export function parseMoment(text: string, now: number, timeZone: string): number {
  const exact = /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(exact)) return exact
  const [, day = '', clock = ''] = CLOCK.exec(text.trim()) ?? []
  const offset = DAYS[searchable(day)]
  const today = dayOf(civilTime(now, timeZone).date)
  const date = offset === undefined ? day.trim() : dateOf(today + offset)
  if (clock === '' || !isDate(date)) throw invalid('time', 'moment.unreadable', { text })
  return instantOf(date, clock.padStart(clock.length + (clock.indexOf(':') === 1 ? 1 : 0), '0'), timeZone)
}
