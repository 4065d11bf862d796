import { z } from 'zod'
import { HolidayDecision, ProgrammeCalendar, Silence } from '#protocol/calendar.ts'
import { ClusterId } from '#protocol/ids.ts'
import { airOf, airtime, type Fate } from '#protocol/rules/airtime.ts'
import { explainDate } from '#protocol/rules/explain-date.ts'
import { holidaysOf } from '#protocol/rules/holidays.ts'
import { civilDateOf, leapMonthOf, lunarDateOf } from '#protocol/rules/lunar.ts'
import { type CalendarContext, occurrencesOf } from '#protocol/rules/occurrences.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { silencedBy, silentSpans } from '#protocol/rules/silences.ts'
import calendar from '../../controller/protocol/vectors/calendar.json' with { type: 'json' }
import explain from '../../controller/protocol/vectors/explain.json' with { type: 'json' }
import holidays from '../../controller/protocol/vectors/holidays.json' with { type: 'json' }
import lunar from '../../controller/protocol/vectors/lunar.json' with { type: 'json' }
import quietHours from '../../controller/protocol/vectors/quiet-hours.json' with { type: 'json' }
import recurrence from '../../controller/protocol/vectors/recurrence.json' with { type: 'json' }
import silences from '../../controller/protocol/vectors/silences.json' with { type: 'json' }
import { type AirCase, clockCases, ladderCases } from './air-vectors.ts'
import { startsIn } from './plain-series.ts'

/** A question to the rules, and what every implementation must answer. */
export interface VectorCase {
  readonly file: string
  readonly name: string
  readonly expected: unknown
  answer(): unknown
}

const DAY_MS = 86_400_000
const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/

/** Instants are written for people, and compared as numbers. */
const withInstants = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'string' && ISO.test(part) ? Date.parse(part) : part))

const Context = z.object({
  holidays: z.array(HolidayDecision).default([]),
  silences: z.array(Silence).default([]),
  ms: z.int().default(0),
})

function contextOf(given: unknown, timeZone: string, from: number, until: number): CalendarContext {
  const { silences: set, ...context } = Context.parse(given ?? {})
  return { ...context, silences: silentSpans(set, { from: from - DAY_MS, until: until + DAY_MS }, timeZone) }
}

const starts = recurrence.cases.map(
  ({ name, recurrence: rule, from, until, timeZone, starts }): VectorCase => ({
    file: 'recurrence',
    name,
    expected: withInstants(starts),
    answer: () => startsIn(rule, { from: Date.parse(from), until: Date.parse(until) }, timeZone),
  }),
)

const refused = recurrence.refused.map(
  ({ name, rrule }): VectorCase => ({
    file: 'recurrence, refused',
    name,
    expected: 'RangeError',
    answer: () => {
      const rule = { startsOn: '2026-11-23', startTime: '05:30', rrule, skip: [] }
      try {
        return startsIn(rule, { from: 0, until: Date.UTC(2030) }, 'Asia/Ho_Chi_Minh')
      } catch (error) {
        return error instanceof RangeError ? 'RangeError' : error
      }
    },
  }),
)

const sessions = calendar.cases.map(
  ({ name, calendar: given, context, from, until, timeZone, occurrences }): VectorCase => ({
    file: 'calendar',
    name,
    expected: withInstants(occurrences),
    answer: () => {
      const window = { from: Date.parse(from), until: Date.parse(until) }
      return occurrencesOf(
        ProgrammeCalendar.parse(given),
        window,
        timeZone,
        contextOf(context, timeZone, window.from, window.until),
      )
    },
  }),
)

const explanations = explain.cases.map(
  ({ name, calendar: given, context, date, timeZone, explanation }): VectorCase => ({
    file: 'explain',
    name,
    expected: withInstants(explanation),
    answer: () => {
      const noon = Date.parse(`${date}T12:00Z`)
      return explainDate(ProgrammeCalendar.parse(given), date, timeZone, contextOf(context, timeZone, noon, noon))
    },
  }),
)

const lunarCases: VectorCase[] = [
  ...lunar.dates.flatMap(({ name, lunar: date, civil }) => [
    { file: 'lunar', name: `${name}: its civil date`, expected: civil, answer: () => civilDateOf(date) },
    { file: 'lunar', name: `${name}: its lunar date`, expected: date, answer: () => lunarDateOf(civil) },
  ]),
  ...lunar.leapMonths.map(({ name, year, leapMonth }) => ({
    file: 'lunar',
    name,
    expected: leapMonth,
    answer: () => leapMonthOf(year),
  })),
  ...lunar.nowhere.map(({ name, lunar: date }) => ({
    file: 'lunar, nowhere',
    name,
    expected: null,
    answer: () => civilDateOf(date),
  })),
]

const holidayCases = holidays.cases.map(
  ({ name, year, decisions, holidays: expected }): VectorCase => ({
    file: 'holidays',
    name,
    expected,
    answer: () => {
      const found = holidaysOf(year, z.array(HolidayDecision).parse(decisions ?? []))
      return found.map(({ date, id }) => `${date} ${id}`)
    },
  }),
)

const silenceCases = silences.cases.map(
  ({ name, silences: set, startAt, ms, clusterId, timeZone, reason }): VectorCase => ({
    file: 'silences',
    name,
    expected: reason,
    answer: () => {
      const at = Date.parse(startAt)
      const spans = silentSpans(z.array(Silence).parse(set), { from: at - DAY_MS, until: at + ms + DAY_MS }, timeZone)
      return silencedBy(at, ms, ClusterId.parse(clusterId), spans)?.reason ?? null
    },
  }),
)

const quietCases = quietHours.cases.map(
  ({ name, quiet, startAt, ms, timeZone, touches }): VectorCase => ({
    file: 'quiet hours',
    name,
    expected: touches,
    answer: () => touchesQuiet(Date.parse(startAt), ms, quiet, timeZone),
  }),
)

const airCase =
  (file: string) =>
  (given: AirCase): VectorCase => ({
    file,
    name: [given.name, ...given.levels].join(', '),
    expected: { air: given.air, ends: given.ends },
    answer: () => {
      const { segments, fates } = airtime(given.occurrences, airOf(given.settings, given.silences), given.circumstances)
      return { air: segments, ends: Object.fromEntries(fates.map((fate) => [fate.id, endOf(fate, given.occurrences)])) }
    },
  })

/** How a fate is written in the cases: how long it sounded goes without saying for one that sounded whole. */
function endOf({ id, at: _at, held: _held, soundedMs, ...outcome }: Fate, occurrences: AirCase['occurrences']): object {
  const isWhole = occurrences.some((one) => one.id === id && one.ms === soundedMs)
  const isUnheard = outcome.state === 'skipped' || outcome.state === 'refused'
  return isWhole || isUnheard ? outcome : { ...outcome, soundedMs }
}

/** Every case of `controller/protocol/vectors`, for whoever runs the rules. */
export const VECTOR_CASES: readonly VectorCase[] = [
  ...starts,
  ...refused,
  ...sessions,
  ...explanations,
  ...lunarCases,
  ...holidayCases,
  ...silenceCases,
  ...quietCases,
  ...ladderCases.map(airCase('ladder')),
  ...clockCases.map(airCase('clock')),
]

/** Text of a JSON value that does not depend on the order in which its parts were written. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

/** The cases that the rules answer wrongly here, for places that have no assertions of their own. */
export function wrongAnswers(): { case: string; expected: string; found: string }[] {
  return VECTOR_CASES.flatMap(({ file, name, expected, answer }) => {
    const [wanted, found] = [canonical(expected), canonical(answer())]
    return wanted === found ? [] : [{ case: `${file}: ${name}`, expected: wanted, found }]
  })
}
