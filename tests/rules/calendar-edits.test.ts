import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CalendarException, ProgrammeCalendar } from '#protocol/calendar.ts'
import { withException, withoutException, withSeries } from '#protocol/rules/edit-calendar.ts'
import { explainDate } from '#protocol/rules/explain-date.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { clockText, dateBetween, exceptionOn, holidays, repeat, season, series, zone } from './arbitraries.ts'
import { slowOccurrences } from './reference/calendar.ts'

const YEAR = { from: Date.UTC(2026, 0, 1), until: Date.UTC(2027, 0, 1) }

type Series = Omit<ProgrammeCalendar, 'exceptions'>
/** What people believe: a series, and on some dates a note. */
interface Believed {
  series: Series
  readonly notes: Map<string, CalendarException>
}
interface Kept {
  calendar: ProgrammeCalendar
  readonly timeZone: string
}
type Edit = fc.Command<Believed, Kept>

function compare(believed: Believed, { calendar, timeZone }: Kept): void {
  const slow = slowOccurrences({ ...believed.series, exceptions: [...believed.notes.values()] }, YEAR, timeZone)
  const found = occurrencesOf(calendar, YEAR, timeZone)
  expect(found).toEqual(slow)
  expect(ProgrammeCalendar.safeParse(calendar).success).toBe(true)
  for (const [date, { kind }] of believed.notes) {
    const own = found.filter(({ originalDate }) => originalDate === date)
    if (kind === 'skip') expect(own).toEqual([])
    const explained = explainDate(calendar, date, timeZone)
    expect(explained.kind === 'plays' || explained.kind === 'moved-here').toBe(found.some((one) => one.date === date))
  }
}

const edit = (name: string, run: (believed: Believed, kept: Kept) => void): Edit => ({
  check: () => true,
  run: (believed, kept) => {
    run(believed, kept)
    compare(believed, kept)
  },
  toString: () => name,
})

const change = (name: string, part: Partial<Series>): Edit =>
  edit(`${name} ${JSON.stringify(part)}`, (believed, kept) => {
    believed.series = { ...believed.series, ...part }
    kept.calendar = withSeries(kept.calendar, { ...kept.calendar, ...part })
  })

const without = (name: 'season' | 'until'): Edit =>
  edit(`no ${name}`, (believed, kept) => {
    const { [name]: _, ...series } = believed.series
    believed.series = series
    kept.calendar = withSeries(kept.calendar, series)
  })

const add = (exception: CalendarException): Edit =>
  edit(`add ${JSON.stringify(exception)}`, (believed, kept) => {
    const added = withException(kept.calendar, exception)
    expect(added === null).toBe(believed.notes.has(exception.date))
    if (!added) return
    kept.calendar = added
    believed.notes.set(exception.date, exception)
  })

const remove = (nth: number): Edit =>
  edit(`remove the ${nth}th`, (believed, kept) => {
    const dates = [...believed.notes.keys()]
    const date = dates[nth % Math.max(1, dates.length)] ?? '2026-01-01'
    believed.notes.delete(date)
    kept.calendar = withoutException(kept.calendar, date)
  })

const near = dateBetween('2026-02-10', '2026-03-05')
const edits = [
  repeat.map((to) => change('repeat', { repeat: to })),
  repeat.map((to) => change('repeat', { repeat: to })),
  clockText.map((to) => change('at', { startTime: to })),
  season.map((to) => change('in', { season: to })),
  holidays.map((to) => change('on holidays', { holidays: to })),
  dateBetween('2025-06-01', '2026-06-30').map((to) => change('from', { startsOn: to })),
  dateBetween('2026-07-01', '2027-01-01').map((to) => change('until', { until: to })),
  fc.constantFrom(without('season'), without('until')),
  exceptionOn(near).map(add),
  exceptionOn(near).map(add),
  exceptionOn(near).map(add),
  fc.nat(20).map(remove),
]

test('whatever is edited in whatever order, a series does what its rule and its notes say, and no note is lost', () => {
  fc.assert(
    fc.property(series, zone, fc.commands(edits, { maxCommands: 16 }), (first, timeZone, commands) => {
      fc.modelRun(
        () => ({
          model: { series: first, notes: new Map() },
          real: { calendar: { ...first, exceptions: [] }, timeZone },
        }),
        commands,
      )
    }),
    { numRuns: 40 },
  )
})
