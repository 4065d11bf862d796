import fc from 'fast-check'
import type { CalendarException, ProgrammeCalendar } from '#protocol/calendar.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { isProgrammeRule } from '#protocol/rules/rrule.ts'

const two = (n: number): string => String(n).padStart(2, '0')

/** Zones whose clocks change in different ways: never, by an hour, by half an hour, over midnight, around Ramadan. */
export const zone = fc.constantFrom(
  'Asia/Ho_Chi_Minh',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Africa/Casablanca',
)
export const clockText = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${two(h)}:${two(m)}`)

export const dateBetween = (from: string, until: string): fc.Arbitrary<string> =>
  fc.integer({ min: dayOf(from), max: dayOf(until) }).map(dateOf)

const some = <T>(item: fc.Arbitrary<T>, max: number): fc.Arbitrary<string> =>
  fc.uniqueArray(item, { minLength: 1, maxLength: max }).map((items) => items.join(','))
const part = (name: string, value: fc.Arbitrary<string | number>): fc.Arbitrary<string> =>
  fc.option(
    value.map((said) => `;${name}=${said}`),
    { nil: '', freq: 2 },
  )
const fromEitherEnd = (max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: 1, max }), fc.integer({ min: -max, max: -1 }))

const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')
const months = part('BYMONTH', some(fc.integer({ min: 1, max: 12 }), 3))
const monthDays = part('BYMONTHDAY', some(fromEitherEnd(31), 6))
const weekdays = part('BYDAY', some(weekday, 4))
const nthWeekdays = part(
  'BYDAY',
  some(
    fc.tuple(fc.oneof(fc.constant(''), fromEitherEnd(5).map(String)), weekday).map((pair) => pair.join('')),
    4,
  ),
)
const positions = part('BYSETPOS', some(fromEitherEnd(5), 2))
const frame = [
  part('INTERVAL', fc.integer({ min: 1, max: 4 })),
  part('WKST', weekday),
  fc.oneof(
    fc.constant(''),
    fc.integer({ min: 1, max: 60 }).map((count) => `;COUNT=${count}`),
    dateBetween('2025-01-01', '2028-12-31').map((date) => `;UNTIL=${date.replaceAll('-', '')}`),
    fc
      .tuple(dateBetween('2025-01-01', '2028-12-31'), clockText)
      .map(([date, time]) => `;UNTIL=${date.replaceAll('-', '')}T${time.replace(':', '')}00Z`),
  ),
]
const ruleOf = (frequency: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constant(`FREQ=${frequency}`), ...parts, ...frame).map((said) => said.join(''))

/** Everything that a programme's rule may say, also what nobody would. */
export const rrule = fc
  .oneof(
    ruleOf('DAILY', months, monthDays, weekdays),
    ruleOf('WEEKLY', months, weekdays, positions),
    ruleOf('MONTHLY', months, monthDays, nthWeekdays, positions),
    ruleOf('YEARLY', months, monthDays, nthWeekdays, positions),
    ruleOf('YEARLY', part('BYYEARDAY', some(fromEitherEnd(366), 6)), weekdays, positions),
    ruleOf('YEARLY', part('BYWEEKNO', some(fromEitherEnd(53), 6)), weekdays, positions),
  )
  .filter(isProgrammeRule)

const lunarRepeat = fc.record(
  {
    kind: fc.constant('lunar' as const),
    days: fc.uniqueArray(fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 6 }),
    months: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
    leapMonths: fc.constantFrom('also' as const, 'skip' as const, 'only' as const),
  },
  { requiredKeys: ['kind', 'days', 'leapMonths'] },
)

export const repeat: fc.Arbitrary<ProgrammeCalendar['repeat']> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: 'once' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'rrule' as const, rrule: 'FREQ=DAILY' }) },
  { weight: 4, arbitrary: rrule.map((text) => ({ kind: 'rrule' as const, rrule: text })) },
  { weight: 3, arbitrary: lunarRepeat },
)

const yearly = fc.integer({ min: 0, max: 365 }).map((days) => dateOf(dayOf('2000-01-01') + days).slice(5))
export const season = fc.record({ from: yearly, to: yearly })
export const holidays = fc.constantFrom('as-usual' as const, 'skip' as const, 'only' as const)

export const exceptionOn = (date: fc.Arbitrary<string>): fc.Arbitrary<CalendarException> =>
  fc.oneof(
    fc.record({ kind: fc.constant('skip' as const), date }),
    fc.record({ kind: fc.constant('replace' as const), date, replacement: fc.constantFrom('a', 'b') }),
    fc.record({
      kind: fc.constant('move' as const),
      date,
      to: fc.oneof(fc.record({ date }), fc.record({ time: clockText }), fc.record({ date, time: clockText })),
    }),
  )

/** Without exceptions; it begins, and may end, around the year that the tests look at. */
export const series = fc.record(
  {
    startsOn: dateBetween('2025-06-01', '2026-06-30'),
    startTime: clockText,
    until: dateBetween('2026-07-01', '2027-06-30'),
    repeat,
    season,
    holidays,
  },
  { requiredKeys: ['startsOn', 'startTime', 'repeat', 'holidays'] },
)

/** Its exceptions lie close enough together to fall on sessions, and on each other's. */
export const calendar: fc.Arbitrary<ProgrammeCalendar> = fc
  .tuple(series, fc.uniqueArray(exceptionOn(dateBetween('2026-01-20', '2026-03-10')), { selector: (e) => e.date }))
  .map(([found, exceptions]) => ({ ...found, exceptions }))
