import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HolidayDecision, ProgrammeCalendar, Silence } from '#protocol/calendar.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { explainDate } from '#protocol/rules/explain-date.ts'
import { holidayLookup } from '#protocol/rules/holidays.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { isInSeason } from '#protocol/rules/series.ts'
import { silencedBy, silencedEverywhere, silentSpans, TET_SILENCE } from '#protocol/rules/silences.ts'
import vectors from '../../controller/protocol/vectors/calendar.json' with { type: 'json' }
import { calendarOf } from '../support/plain-series.ts'
import { calendar, clockText, dateBetween, series, zone } from './arbitraries.ts'
import { slowOccurrences, slowSpans } from './reference/calendar.ts'

const VN = 'Asia/Ho_Chi_Minh'
const DAY = 86_400_000
const YEAR = { from: Date.UTC(2026, 0, 1), until: Date.UTC(2027, 0, 1) }
const decisions = fc.constantFrom<HolidayDecision[]>(
  [],
  [{ year: 2026, daysBeforeTet: 4, nationalDay: 'after', also: [{ date: '2026-02-25', name: 'Lễ hội' }] }],
)

test('the sessions of a year are those that going through every day finds', () => {
  fc.assert(
    fc.property(calendar, zone, decisions, (given, timeZone, holidays) => {
      expect(occurrencesOf(given, YEAR, timeZone, { holidays })).toEqual(
        slowOccurrences(given, YEAR, timeZone, { holidays }),
      )
    }),
    { numRuns: 80 },
  )
})

test('the answers of the cases are those of going through every day', () => {
  for (const { name, calendar: given, context, from, until, timeZone, occurrences } of vectors.cases) {
    const window = { from: Date.parse(from), until: Date.parse(until) }
    const silences = (context?.silences ?? []).flatMap((silence) =>
      slowSpans(Silence.parse(silence), [2025, 2026, 2027, 2028], timeZone),
    )
    const holidays = (context?.holidays ?? []).map((decision) => HolidayDecision.parse(decision))
    const found = slowOccurrences(ProgrammeCalendar.parse(given), window, timeZone, {
      holidays,
      silences,
      ms: context?.ms ?? 0,
    })
    expect({ name, found: found.map(({ originalDate, startAt }) => [originalDate, startAt]) }).toEqual({
      name,
      found: occurrences.map(({ originalDate, startAt }) => [originalDate, Date.parse(startAt)]),
    })
  }
})

describe('windows', () => {
  test('a window cut anywhere into parts has the same sessions, each in one part', () => {
    const cuts = fc.array(fc.integer({ min: YEAR.from, max: YEAR.until }), { maxLength: 6 })
    fc.assert(
      fc.property(calendar, zone, cuts, (given, timeZone, moments) => {
        const bounds = [YEAR.from, ...moments.sort((a, b) => a - b), YEAR.until]
        const parts = bounds.slice(1).map((until, i) => ({ from: bounds[i] ?? until, until }))
        const whole = occurrencesOf(given, YEAR, timeZone)
        expect(parts.flatMap((part) => occurrencesOf(given, part, timeZone))).toEqual(whole)
        expect(whole.every(({ startAt }, i) => startAt >= (whole[i - 1]?.startAt ?? YEAR.from))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('a window of one millisecond at a start has that session', () => {
    fc.assert(
      fc.property(calendar, zone, fc.nat(400), (given, timeZone, nth) => {
        const all = occurrencesOf(given, YEAR, timeZone)
        const one = all[nth % Math.max(1, all.length)]
        if (!one) return
        const window = { from: one.startAt, until: one.startAt + 1 }
        expect(occurrencesOf(given, window, timeZone)).toContainEqual(one)
      }),
      { numRuns: 60 },
    )
  })

  test('asking again, or after the calendar went through JSON and its schema, gives the same', () => {
    fc.assert(
      fc.property(calendar, zone, (given, timeZone) => {
        const stored = ProgrammeCalendar.parse(JSON.parse(JSON.stringify(given)))
        expect(occurrencesOf(stored, YEAR, timeZone)).toEqual(occurrencesOf(given, YEAR, timeZone))
      }),
      { numRuns: 40 },
    )
  })
})

describe('exceptions', () => {
  const withExceptions = fc.tuple(calendar, zone)

  test('every session has its own original date, and is at its usual time unless it was moved', () => {
    fc.assert(
      fc.property(withExceptions, ([given, timeZone]) => {
        const found = occurrencesOf(given, YEAR, timeZone)
        expect(new Set(found.map(({ originalDate }) => originalDate)).size).toBe(found.length)
        const usual = occurrencesOf({ ...given, exceptions: [] }, { from: 0, until: Date.UTC(2100) }, timeZone)
        const starts = new Map(usual.map((one) => [one.originalDate, one.startAt]))
        for (const one of found) expect(one.movedFrom ?? one.startAt).toBe(starts.get(one.originalDate))
      }),
      { numRuns: 30 },
    )
  })

  test('they take away what is skipped, move what is moved, and leave all else alone', () => {
    fc.assert(
      fc.property(withExceptions, ([given, timeZone]) => {
        const usual = occurrencesOf({ ...given, exceptions: [] }, YEAR, timeZone)
        const found = occurrencesOf(given, YEAR, timeZone)
        const dates = new Set(given.exceptions.map(({ date }) => date))
        const untouched = ({ originalDate }: { originalDate: string }) => !dates.has(originalDate)
        expect(found.filter(untouched)).toEqual(usual.filter(untouched))
        for (const { date, kind } of given.exceptions) {
          const fell = usual.filter(({ originalDate }) => originalDate === date)
          const now = found.filter(({ originalDate }) => originalDate === date)
          expect(now).toHaveLength(kind === 'skip' ? 0 : fell.length)
          if (kind === 'replace') expect(now.every(({ replacement }) => replacement)).toBe(true)
        }
      }),
      { numRuns: 80 },
    )
  })

  test('their order says nothing', () => {
    fc.assert(
      fc.property(withExceptions, ([given, timeZone]) => {
        const turned = { ...given, exceptions: [...given.exceptions].reverse() }
        expect(occurrencesOf(turned, YEAR, timeZone)).toEqual(occurrencesOf(given, YEAR, timeZone))
      }),
      { numRuns: 40 },
    )
  })
})

test('nothing falls outside its days, its season or the holidays that were asked for', () => {
  const holidayOn = holidayLookup()
  fc.assert(
    fc.property(series, zone, (given, timeZone) => {
      for (const { date, startAt } of occurrencesOf({ ...given, exceptions: [] }, YEAR, timeZone)) {
        expect(date >= given.startsOn && date <= (given.until ?? date)).toBe(true)
        expect(civilTime(startAt, timeZone).date).toBe(date)
        if (given.season) expect(isInSeason(date, given.season)).toBe(true)
        if (given.holidays !== 'as-usual') expect(holidayOn(date) !== null).toBe(given.holidays === 'only')
      }
    }),
    { numRuns: 60 },
  )
})

test('a day is a holiday or it is not: with and without holidays make up every day', () => {
  fc.assert(
    fc.property(series, (given) => {
      const of = (holidays: ProgrammeCalendar['holidays']) =>
        occurrencesOf({ ...given, holidays, exceptions: [] }, YEAR, VN)
      const parts = [...of('skip'), ...of('only')].sort((a, b) => a.startAt - b.startAt)
      expect(parts).toEqual(of('as-usual'))
    }),
    { numRuns: 40 },
  )
})

test('a date is explained as played exactly when a session is on it', () => {
  const silence = { ...TET_SILENCE, clusters: 'all' as const }
  fc.assert(
    fc.property(
      calendar,
      zone,
      dateBetween('2026-01-10', '2026-03-20'),
      fc.boolean(),
      (given, timeZone, date, quiet) => {
        const context = { silences: quiet ? silentSpans([silence], YEAR, timeZone) : [], ms: 3_600_000 }
        const found = occurrencesOf(given, { from: YEAR.from - 30 * DAY, until: YEAR.until }, timeZone, context)
        const here = found.filter((one) => one.date === date)
        const explained = explainDate(given, date, timeZone, context)
        if (here.length === 0) expect(['plays', 'moved-here']).not.toContain(explained.kind)
        else
          expect(explained).toEqual({
            kind: here.some(({ originalDate }) => originalDate === date) ? 'plays' : 'moved-here',
            occurrences: here,
          })
      },
    ),
    { numRuns: 200 },
  )
})

describe('silences', () => {
  const moment = fc.record({ date: dateBetween('2026-01-01', '2026-12-31'), time: clockText })
  const once = fc
    .tuple(moment, moment)
    .filter(([a, b]) => `${a.date}${a.time}` !== `${b.date}${b.time}`)
    .map(([a, b]) => (`${a.date}${a.time}` < `${b.date}${b.time}` ? { from: a, until: b } : { from: b, until: a }))
    .map((period) => ({ kind: 'once' as const, ...period }))
  const lunarMoment = fc.record({
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 30 })),
    time: clockText,
  })
  const lunar = fc.tuple(lunarMoment, lunarMoment).map(([from, until]) => ({ kind: 'lunar' as const, from, until }))
  const silence: fc.Arbitrary<Silence> = fc.record({
    period: fc.oneof(once, lunar),
    clusters: fc.constantFrom('all' as const, ['clu_a' as const]),
    reason: fc.constant('x'),
  })

  test('they lie where the moon and the clocks put them', () => {
    const almostAYear: Silence = {
      period: {
        kind: 'lunar',
        from: { month: 12, day: -1, time: '00:00' },
        until: { month: 12, day: 1, time: '00:00' },
      },
      clusters: 'all',
      reason: 'x',
    }
    fc.assert(
      fc.property(silence, zone, (given, timeZone) => {
        const found = silentSpans([given], YEAR, timeZone)
        const seen = slowSpans(given, [2024, 2025, 2026, 2027, 2028], timeZone)
        expect(found).toEqual(seen.filter(({ from, until }) => from < YEAR.until && until > YEAR.from))
      }),
      { numRuns: 40, examples: [[almostAYear, 'Asia/Ho_Chi_Minh']] },
    )
  })

  test('a session breaks one exactly when one of its milliseconds lies in it', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(8), fc.nat(20), fc.integer({ min: 1, max: 10 }), (startAt, ms, from, length) => {
        const span = { from, until: from + length, clusters: ['clu_a' as const], reason: 'x' }
        let isInside = startAt >= from && startAt < from + length
        for (let at = startAt; at < startAt + ms; at++) isInside ||= at >= from && at < from + length
        expect(silencedBy(startAt, ms, 'clu_a', [span])).toBe(isInside ? span : null)
        expect(silencedBy(startAt, ms, 'clu_b', [span])).toBeNull()
        expect(silencedEverywhere(startAt, ms, [span])).toBeNull()
        expect(silencedEverywhere(startAt, ms, [{ ...span, clusters: 'all' }]) !== null).toBe(isInside)
      }),
    )
  })
})

test('a rule that would yield more than a few thousand sessions is cut short, and the calendar ends with 2100', () => {
  const daily = calendarOf({ startsOn: '2020-01-01', startTime: '05:30', rrule: 'FREQ=DAILY', skip: [] })
  const all = occurrencesOf(daily, { from: 0, until: 8.64e15 }, VN)
  expect(all).toHaveLength(5_000)
  expect(all.at(-1)?.date).toBe(dateOf(dayOf('2020-01-01') + 4_999))
  const end = occurrencesOf(daily, { from: Date.UTC(2100, 11, 30), until: 8.64e15 }, VN)
  expect(end.map(({ date }) => date)).toEqual(['2100-12-31'])
})
