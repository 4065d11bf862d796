import fc from 'fast-check'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { dayOf } from '#protocol/rules/civil-date.ts'
import { civilClock, instantOf, offsetSpan } from '#protocol/rules/civil-time.ts'
import { parseRule } from '#protocol/rules/rrule.ts'
import recurrence from '../../controller/protocol/vectors/recurrence.json' with { type: 'json' }
import { startsIn } from '../support/plain-series.ts'
import { clockText, dateBetween, rrule, zone } from './arbitraries.ts'
import { firstShowing } from './reference/civil.ts'
import { ruleDates } from './reference/rule.ts'

const start = dateBetween('2024-01-01', '2026-12-31')
const daysOn = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString()

const datesOf = (rule: string, startsOn: string, last: string): string[] => {
  const window = { from: dayOf(startsOn) * 86_400_000, until: dayOf(daysOn(last, 1)) * 86_400_000 }
  const found = startsIn({ startsOn, startTime: '05:30', rrule: rule, skip: [] }, window, 'UTC')
  return found.map((at) => new Date(at).toISOString().slice(0, 10))
}

test('a rule falls on the days on which reading it out loud puts it', () => {
  fc.assert(
    fc.property(rrule, start, (rule, startsOn) => {
      const last = daysOn(startsOn, 800)
      expect(datesOf(rule, startsOn, last)).toEqual(ruleDates(rule, startsOn, '05:30', 'UTC', last))
    }),
    { numRuns: 80 },
  )
})

test('daily, weekly and monthly rules fall where another implementation of RFC 5545 puts them', () => {
  // Of yearly rules it gets combinations wrong: BYYEARDAY=335;BYDAY=SA,SU plays on Monday, 1 December 2025.
  const common = rrule.filter((rule) => !rule.startsWith('FREQ=YEARLY'))
  fc.assert(
    fc.property(common, start, (rule, startsOn) => {
      const last = daysOn(startsOn, 500)
      const dtstart = Temporal.ZonedDateTime.from(`${startsOn}T05:30[UTC]`)
      const found = new RRuleTemporal({ rruleString: rule, dtstart })
        .between(new Date(`${startsOn}T00:00Z`), new Date(`${last}T23:59:59Z`), true)
        .map((one) => one.toPlainDate().toString())
      expect(datesOf(rule, startsOn, last)).toEqual(found)
    }),
    { numRuns: 80 },
  )
})

test('the answers of the cases are those of reading out loud', () => {
  for (const { name, recurrence: given, from, until, timeZone, starts } of recurrence.cases) {
    const last = daysOn(until.slice(0, 10), 2)
    const skipped: string[] = given.skip
    const dates =
      given.rrule === null ? [given.startsOn] : ruleDates(given.rrule, given.startsOn, given.startTime, timeZone, last)
    const found = dates
      .filter((date) => !skipped.includes(date))
      .flatMap((date) => firstShowing(date, given.startTime, timeZone) ?? [])
      .filter((at) => at >= Date.parse(from) && at < Date.parse(until))
    expect({ name, starts: found }).toEqual({ name, starts: starts.map((start) => Date.parse(start)) })
  }
})

test('a rule that is not understood whole is not understood at all', () => {
  const noise = fc.constantFrom(';BYHOUR=5', ';X=1', ';', ';COUNT=0', ';FREQ=DAILY', ' ', '\n', ';UNTIL=20269999')
  fc.assert(
    fc.property(rrule, noise, (rule, added) => {
      expect(parseRule(rule)).not.toBeNull()
      expect(parseRule(rule + added)).toBeNull()
    }),
  )
})

test('the clock of a zone shows what each time asked for by itself would show, in whatever order', () => {
  const moment = fc.tuple(dateBetween('2020-01-01', '2030-12-31'), clockText)
  fc.assert(
    fc.property(zone, fc.array(moment, { minLength: 1, maxLength: 20 }), (timeZone, moments) => {
      const clock = civilClock(timeZone)
      for (const [date, time] of moments) expect(clock(dayOf(date), time)).toBe(instantOf(date, time, timeZone))
    }),
    { numRuns: 60 },
  )
})

test('a zone that was asked about at the very instant of a change keeps the hours before it apart', () => {
  const clock = civilClock('Africa/Cairo')
  const [day, change] = [dayOf('2024-04-26'), Date.UTC(2024, 3, 25, 22)]
  expect([offsetSpan(change, 'Africa/Cairo').from, offsetSpan(change - 1, 'Africa/Cairo').until]).toEqual([
    change,
    change,
  ])
  expect([clock(day + 5, '12:00'), clock(day, '00:00'), clock(day, '00:00'), clock(day - 1, '23:30')]).toEqual([
    Date.UTC(2024, 4, 1, 9),
    change,
    change,
    change - 30 * 60_000,
  ])
})

test('around a change of the clocks every minute is what the machine’s own zone data says', () => {
  const known = fc.constantFrom([], [-5], [5], [-5, 5], [5, -5])
  const change = fc.constantFrom<[string, string]>(
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/New_York', '2026-03-08'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Africa/Cairo', '2024-04-26'],
    ['Pacific/Apia', '2011-12-30'],
  )
  fc.assert(
    fc.property(change, known, fc.integer({ min: -2, max: 2 }), clockText, ([timeZone, date], knows, days, time) => {
      const clock = civilClock(timeZone)
      // It may know one side of the change already, or both.
      for (const known of knows) clock(dayOf(daysOn(date, known)), '12:00')
      const near = daysOn(date, days)
      expect(clock(dayOf(near), time)).toBe(firstShowing(near, time, timeZone))
    }),
    { numRuns: 600 },
  )
})
