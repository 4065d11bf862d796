import { expect, test } from 'vitest'
import { HolidayDecision, ProgrammeCalendar, Silence } from '#protocol/calendar.ts'
import { TET_SILENCE } from '#protocol/rules/silences.ts'
import { problemsOf } from '../../controller/http/errors.ts'
import { messageOf } from '../../controller/messages.ts'

const calendar = { startsOn: '2026-11-23', startTime: '05:30', repeat: { kind: 'once' } }
const lunar = { kind: 'lunar', days: [1, 15], leapMonths: 'also' }
const twice = [
  { date: '2026-11-24', kind: 'skip' },
  { date: '2026-11-25', kind: 'skip' },
  { date: '2026-11-24', kind: 'replace', replacement: 'a' },
]

test.each<[string, object, string]>([
  ['two exceptions on a date', { exceptions: twice }, 'exceptions.2.date calendar.exceptionTwice'],
  [
    'a move to nowhere',
    { exceptions: [{ date: '2026-11-24', kind: 'move', to: {} }] },
    'exceptions.0.to calendar.moveNowhere',
  ],
  ['an exception on no date', { exceptions: [{ date: '2026-02-30', kind: 'skip' }] }, 'exceptions.0.date format.date'],
  ['an end before the start', { until: '2026-11-22' }, 'until calendar.endsBeforeStart'],
  ['a start before the calendar', { startsOn: '1999-12-31' }, 'startsOn calendar.date'],
  ['an end after the calendar', { until: '2101-01-01' }, 'until calendar.date'],
  [
    'a rule that no programme can have',
    { repeat: { kind: 'rrule', rrule: 'FREQ=HOURLY' } },
    'repeat.rrule programme.rrule',
  ],
  [
    'a season from a day that no year has',
    { season: { from: '02-30', to: '04-15' } },
    'season.from calendar.yearlyDate',
  ],
  ['a season to a day that is none', { season: { from: '02-28', to: '4-15' } }, 'season.to calendar.yearlyDate'],
  ['a season in a month that is none', { season: { from: '13-01', to: '04-15' } }, 'season.from calendar.yearlyDate'],
  ['a season in words', { season: { from: 'xuân', to: '04-15' } }, 'season.from calendar.yearlyDate'],
  ['no lunar day', { repeat: { ...lunar, days: [] } }, 'repeat.days field.tooShort'],
  ['no lunar month', { repeat: { ...lunar, months: [] } }, 'repeat.months field.tooShort'],
  ['a lunar month that is none', { repeat: { ...lunar, months: [13] } }, 'repeat.months.0 field.outOfRange'],
  ['no word on leap months', { repeat: { kind: 'lunar', days: [1] } }, 'repeat.leapMonths field.invalid'],
  ['no repetition', { repeat: undefined }, 'repeat field.required'],
])('%s is refused by name', (_, change, problem) => {
  const parsed = ProgrammeCalendar.safeParse({ ...calendar, ...change })
  const problems = parsed.success ? [] : problemsOf(parsed.error)
  expect(problems.map(({ field, key }) => `${field} ${key}`)).toEqual([problem])
  for (const { key } of problems) expect(messageOf(key)).not.toBe('')
})

test('a lunar day 31, 0 or -2 is refused', () => {
  for (const day of [31, 0, -2, 1.5])
    expect(ProgrammeCalendar.safeParse({ ...calendar, repeat: { ...lunar, days: [day] } }).success).toBe(false)
})

test('the calendar reaches from the first day of 2000 to the last of 2100', () => {
  expect(ProgrammeCalendar.safeParse({ ...calendar, startsOn: '2000-01-01', until: '2100-12-31' }).success).toBe(true)
})

test('what a calendar leaves out is as usual', () => {
  expect(ProgrammeCalendar.parse(calendar)).toEqual({ ...calendar, holidays: 'as-usual', exceptions: [] })
})

test('a silence ends after it begins, and names whom it is for', () => {
  const period = {
    kind: 'once',
    from: { date: '2026-11-24', time: '06:00' },
    until: { date: '2026-11-24', time: '17:30' },
  }
  const silence = { period, clusters: 'all', reason: 'Đám tang' }
  expect(Silence.parse(silence)).toEqual(silence)
  expect(Silence.parse(TET_SILENCE)).toEqual(TET_SILENCE)
  const reversed = Silence.safeParse({ ...silence, period: { ...period, from: period.until, until: period.from } })
  expect(reversed.error && problemsOf(reversed.error)).toEqual([
    { field: 'period.until', key: 'calendar.endsBeforeStart' },
  ])
  expect(Silence.safeParse({ ...silence, clusters: [] }).success).toBe(false)
})

test('a day off that is added lies in its year', () => {
  const also = [{ date: '2027-01-02', name: 'Nghỉ bù' }]
  const parsed = HolidayDecision.safeParse({ year: 2026, also })
  expect(parsed.error && problemsOf(parsed.error)).toEqual([{ field: 'also', key: 'calendar.otherYear' }])
  expect(HolidayDecision.parse({ year: 2027, also })).toEqual({ year: 2027, also })
})
