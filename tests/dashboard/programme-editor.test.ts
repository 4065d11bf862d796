import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Repeat } from '#protocol/calendar.ts'
import { CreateProgramme, type CreateProgrammeInput, Programme } from '#protocol/http/programmes.ts'
import { WEEKDAYS } from '#protocol/rules/civil-date.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import {
  changedFields,
  followed,
  newValues,
  programmeFrom,
  valuesOf,
  yearlyDate,
} from '../../dashboard/src/features/programmes/editor-values.ts'
import { lengthOf, nextSessions, warningsOf } from '../../dashboard/src/features/programmes/editor-warnings.ts'
import {
  choiceOf,
  NO_CHOICE,
  NTHS,
  parseDays,
  repeatFrom,
} from '../../dashboard/src/features/programmes/repeat-choice.ts'
import { framed, rundownOf } from '../../dashboard/src/features/programmes/rundown-frame.ts'

const station = { timeZone: 'Asia/Ho_Chi_Minh', quietHours: { from: '22:00', to: '05:00' } }
const now = Date.parse('2026-11-26T08:00:00+07:00')
const values = {
  ...newValues('00004', '2026-11-26', '17:00'),
  name: 'Bản tin chiều',
  rundown: [{ kind: 'inbox' as const }],
}
const stored = (revision: number, input: Partial<CreateProgrammeInput> = {}): Programme =>
  Programme.parse({
    ...programmeFrom(values),
    exceptions: [],
    ...input,
    id: 'prg_1',
    status: 'active',
    revision,
    createdByName: 'Người thử',
    createdAt: new Date(now).toISOString(),
    nextStartAt: null,
    warnings: [],
  })
const shown = (sessions: readonly { startAt: number }[]): string[] =>
  sessions
    .map(({ startAt }) => civilTime(startAt, station.timeZone))
    .map(({ date, time }) => `${date} ${time.slice(0, 5)}`)

describe('when a series repeats', () => {
  const repeats = fc.oneof(
    fc.constant({ kind: 'once' }),
    fc.constant({ kind: 'rrule', rrule: 'FREQ=DAILY' }),
    fc
      .subarray([...WEEKDAYS], { minLength: 1 })
      .map((days) => ({ kind: 'rrule', rrule: `FREQ=WEEKLY;BYDAY=${days.join()}` })),
    fc
      .uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 6 })
      .map((days) => ({ kind: 'rrule', rrule: `FREQ=MONTHLY;BYMONTHDAY=${[...days].sort((a, b) => a - b).join()}` })),
    fc
      .tuple(fc.constantFrom(...NTHS), fc.constantFrom(...WEEKDAYS))
      .map(([nth, day]) => ({ kind: 'rrule', rrule: `FREQ=MONTHLY;BYDAY=${nth}${day}` })),
    fc.constant({ kind: 'rrule', rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' }),
    fc.constant({ kind: 'rrule', rrule: 'FREQ=MONTHLY;BYMONTHDAY=-2' }),
    fc.constant({ kind: 'lunar', days: [1, 15], leapMonths: 'skip' }),
    fc.constant({ kind: 'lunar', days: [10, 23, -1], leapMonths: 'only' }),
    fc.constant({ kind: 'lunar', days: [1], months: [1], leapMonths: 'also' }),
  )

  test('whatever the fields show is saved again as it was, and what they cannot show stays as it is', () => {
    fc.assert(
      fc.property(repeats, (given) => {
        const repeat = Repeat.parse(given)
        expect(repeatFrom(choiceOf(repeat))).toEqual(repeat)
      }),
    )
    expect(choiceOf(Repeat.parse({ kind: 'lunar', days: [1, 15, 23], leapMonths: 'also' }))).toMatchObject({
      kind: 'lunar',
      lunarDays: [1, 15],
      lunarOthers: '23',
    })
    expect(choiceOf({ kind: 'rrule', rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' }).kind).toBe('custom')
    expect(choiceOf({ kind: 'rrule', rrule: 'FREQ=MONTHLY;BYDAY=-1SU' })).toMatchObject({ nth: -1, weekday: 'SU' })
  })

  test('every choice that says something is a rule that a programme can have, and one that says nothing is none', () => {
    for (const kind of ['once', 'daily', 'weekly', 'month-day', 'month-weekday', 'lunar'] as const)
      expect(Repeat.safeParse(repeatFrom({ ...NO_CHOICE, kind })).success).toBe(true)
    expect(repeatFrom({ ...NO_CHOICE, kind: 'weekly', weekdays: [] })).toBeNull()
    expect(repeatFrom({ ...NO_CHOICE, kind: 'month-day', monthDays: '1, 32' })).toBeNull()
    expect(repeatFrom({ ...NO_CHOICE, kind: 'lunar', lunarDays: [] })).toBeNull()
    expect(parseDays(' 15; 1,1 ', 31)).toEqual([1, 15])
    expect(parseDays('mùng 1', 30)).toBeNull()
  })
})

describe('what the fields hold', () => {
  test('is what is sent, and comes back the same', () => {
    const given = {
      ...values,
      until: '2027-06-30',
      isSeasonal: true,
      seasonFrom: '15/5',
      seasonTo: '31/10',
      holidays: 'skip' as const,
      clusters: ['clu_1'],
    }
    const input = CreateProgramme.parse(programmeFrom(given))
    expect(input).toMatchObject({
      season: { from: '05-15', to: '10-31' },
      targets: { areas: ['00004'], clusters: [], exclude: ['clu_1'] },
    })
    expect(valuesOf(stored(1, input))).toEqual({ ...given, seasonFrom: '15/05' })
    const chosen = CreateProgramme.parse(programmeFrom({ ...given, isWhole: false }))
    expect(chosen.targets).toEqual({ areas: [], clusters: ['clu_1'], exclude: [] })
  })

  test('is nothing to send while something is missing', () => {
    expect(programmeFrom({ ...values, startTime: '' })).toBeNull()
    expect(programmeFrom({ ...values, maxMinutes: '' })).toBeNull()
    expect(programmeFrom({ ...values, isSeasonal: true, seasonFrom: '31/04', seasonTo: '01/05' })).toBeNull()
    expect(yearlyDate('29/2')).toBe('02-29')
    expect(yearlyDate('5')).toBeNull()
  })

  test('is compared field by field', () => {
    expect(changedFields(values, { ...values, startTime: '18:00', rundown: [] })).toEqual(['startTime', 'rundown'])
  })

  test('is gone on from when a day of it has changed, unless somebody has changed its fields: that is asked about first', () => {
    const base = stored(1)
    const exceptions = [{ date: '2026-12-01', kind: 'skip' as const }]
    expect(followed(base, { ...base, revision: 2, exceptions })).toEqual({ ...base, revision: 2, exceptions })
    expect(followed(base, { ...base, revision: 3, exceptions, startTime: '20:00' })).toEqual({ ...base, exceptions })
  })
})

describe('what is foretold', () => {
  const options = { station, now, count: 3 }
  const lunar = { ...NO_CHOICE, kind: 'lunar' as const, leapMonths: 'skip' as const }

  test('are the sessions that the planner will make, with what is different on single days', () => {
    const sessions = nextSessions(values, [{ date: '2026-11-27', kind: 'skip' }], options)
    expect(shown(sessions)).toEqual(['2026-11-26 17:00', '2026-11-28 17:00', '2026-11-29 17:00'])
    expect(shown(nextSessions({ ...values, repeat: lunar }, [], options))).toEqual([
      '2026-12-09 17:00',
      '2026-12-23 17:00',
      '2027-01-08 17:00',
    ])
    expect(nextSessions({ ...values, startsOn: '' }, [], options)).toEqual([])
  })

  test('is warned of beside the field: quiet hours, no session at all, more than there is time for', () => {
    const warned = (set: object, lengthMs = 60_000) => {
      const all = { ...values, ...set }
      return warningsOf(all, nextSessions(all, [], options), { station, lengthMs })
    }
    expect(warned({})).toEqual({ startTime: null, startsOn: null, maxMinutes: null })
    expect(warned({ startTime: '21:59' }, 61_000).startTime).toBe('quiet')
    expect(warned({ until: '2026-11-25', startsOn: '2026-11-20' }).startsOn).toBe('never')
    expect(warned({ maxMinutes: 1 }, 61_000).maxMinutes).toBe('too-long')
    const rundown = [
      { kind: 'bulletin' as const, bulletinId: 'bul_1' as const, excerptMs: 5_000 },
      { kind: 'bulletin' as const, bulletinId: 'bul_1' as const },
      { kind: 'inbox' as const },
      { kind: 'relay' as const, relay: 'dai-tinh', minutes: 2 },
    ]
    expect(lengthOf(rundown, () => 20_000)).toBe(145_000)
    expect(lengthOf(rundown, () => null)).toBe(120_000)
  })

  test('keeps its chimes at both ends, whatever is put between them', () => {
    const relay = { kind: 'relay' as const, relay: 'dai-tinh', minutes: 30 }
    const chimed = rundownOf({ chime: 'built-in', inner: [{ kind: 'inbox' }], closing: 'built-in' })
    expect(chimed.map(({ kind }) => kind)).toEqual(['chime', 'inbox', 'closing'])
    const { inner, ...ends } = framed(chimed)
    const changed = rundownOf({ ...ends, inner: [relay, ...inner] })
    expect(changed.map(({ kind }) => kind)).toEqual(['chime', 'relay', 'inbox', 'closing'])
    expect(rundownOf({ ...framed(changed), chime: null })[0]).toBe(relay)
  })
})
