import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProgrammeCalendar } from '#protocol/calendar.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { repeatFields } from '../../dashboard/src/features/programmes/repeat.ts'
import { airMs, previewOf, programmeOf } from '../../dashboard/src/features/programmes/schedule-plan.ts'
import { defaultStart, suggestStarts } from '../../dashboard/src/features/programmes/suggest-starts.ts'
import { addDays, startOfDay } from '../../dashboard/src/lib/format/time.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const station = {
  areaCode: '29551',
  areaName: 'Xã Thử',
  name: 'Đài xã Thử',
  timeZone: ZONE,
  quietHours: { from: '22:00', to: '05:00' },
  volume: { day: 80, night: 50 },
  voice: 'vi',
  soundProfile: 'horn' as const,
  music: { opening: 'built-in' as const, closing: 'built-in' as const, bed: null },
  engines: [],
}
const at = (text: string): number => Date.parse(`${text}+07:00`)
const local = (instant: number): string => {
  const { date, time } = civilTime(instant, ZONE)
  return `${date} ${time}`
}

describe('suggested starts', () => {
  test('by day they begin as soon as the clusters can have the plan, then the customary sessions', () => {
    const starts = suggestStarts(at('2026-11-23T08:40:20'), 60_000, station)
    expect(starts.map(local)).toEqual([
      '2026-11-23 08:43:00',
      '2026-11-23 17:00:00',
      '2026-11-24 05:30:00',
      '2026-11-24 17:00:00',
    ])
  })

  test('by night the form starts with the morning session', () => {
    expect(local(defaultStart(at('2026-11-23T23:10:00'), 60_000, station) ?? 0)).toBe('2026-11-24 05:30:00')
  })

  test('none touches the quiet hours, whatever they are', () => {
    const clockText = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2027-01-01T00:00:00') }),
        fc.integer({ min: 0, max: 3_600_000 }),
        clockText,
        clockText,
        (now, length, from, to) => {
          const quietHours = { from, to }
          for (const start of suggestStarts(now, length, { timeZone: ZONE, quietHours })) {
            expect(start).toBeGreaterThan(now)
            expect(touchesQuiet(start, Math.max(1, length), quietHours, ZONE)).toBe(false)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('repeating', () => {
  test('the last date is included, even for a session late in the evening', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.constantFrom('00:00', '05:30', '21:59:59'), (days, startTime) => {
        const startsOn = '2026-11-23'
        const series = { startsOn, startTime, ...repeatFields('daily', addDays(startsOn, days - 1)) }
        const window = { from: startOfDay(startsOn), until: startOfDay(addDays(startsOn, 40)) }
        expect(occurrencesOf(ProgrammeCalendar.parse(series), window, ZONE)).toHaveLength(days)
      }),
      { numRuns: 30 },
    )
  })
})

describe('the form', () => {
  const bulletin = { id: 'bul_1', title: 'Bản tin', ms: 230_000, expiresOn: null } as const
  const values = {
    areaCode: '29551',
    date: '2026-11-23',
    time: '17:00',
    repeat: 'once',
    until: '',
    excerptSeconds: '',
  } as const
  const now = at('2026-11-23T12:00:00')
  const LENGTH = { lengthMs: 230_000, expiresOn: null }

  test('an empty excerpt airs everything, a given one only that much', () => {
    expect(airMs(bulletin, '')).toBe(230_000)
    expect(airMs(bulletin, 20)).toBe(20_000)
    expect(airMs(bulletin, 9_000)).toBe(230_000)
    expect(programmeOf(values, bulletin).rundown).toEqual([{ kind: 'bulletin', bulletinId: 'bul_1' }])
    expect(programmeOf({ ...values, excerptSeconds: 20 }, bulletin).rundown).toEqual([
      { kind: 'bulletin', bulletinId: 'bul_1', excerptMs: 20_000 },
    ])
  })

  test('it foretells the sessions that the planner will make', () => {
    const preview = previewOf({ ...values, repeat: 'weekdays', date: '2026-11-27' }, LENGTH, station, now)
    expect(preview?.starts.map(local)).toEqual(['2026-11-27 17:00:00', '2026-11-30 17:00:00', '2026-12-01 17:00:00'])
    expect(preview?.warning).toBeNull()
  })

  test('it warns of a time that has passed, and of one whose end reaches into the quiet hours', () => {
    expect(previewOf({ ...values, time: '11:00' }, LENGTH, station, now)?.warning).toBe('past')
    expect(previewOf({ ...values, time: '21:58' }, LENGTH, station, now)?.warning).toBe('quiet')
    expect(previewOf({ ...values, time: '21:55' }, LENGTH, station, now)?.warning).toBeNull()
  })

  test('it foretells nothing while date or time are empty', () => {
    expect(previewOf({ ...values, date: '' }, { lengthMs: 0, expiresOn: null }, station, now)).toBeNull()
    expect(previewOf({ ...values, time: '' }, { lengthMs: 0, expiresOn: null }, station, now)).toBeNull()
  })

  test('it foretells that a series goes on without what has expired, and refuses to foretell what would air nothing', () => {
    const until = (expiresOn: string) => ({ lengthMs: 230_000, expiresOn })
    const daily = { ...values, repeat: 'daily', time: '06:00', date: '2026-11-24' } as const
    const preview = previewOf(daily, until('2026-11-25'), station, now)
    expect(preview?.starts.map(local)).toEqual(['2026-11-24 06:00:00', '2026-11-25 06:00:00'])
    expect(preview).toMatchObject({ warning: null, outlives: true })
    expect(previewOf({ ...daily, until: '2026-11-25' }, until('2026-11-25'), station, now)?.outlives).toBe(false)
    expect(previewOf({ ...daily, repeat: 'once' }, until('2026-11-24'), station, now)).toMatchObject({
      warning: null,
      outlives: false,
    })
    expect(previewOf({ ...daily, repeat: 'once' }, until('2026-11-23'), station, now)?.warning).toBe('expired')
  })
})
