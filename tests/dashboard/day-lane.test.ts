import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DaySession } from '#protocol/http/days.ts'
import { Programme } from '#protocol/http/programmes.ts'
import { movableIn } from '../../dashboard/src/features/inbox/movable.ts'
import { freeStarts, obstacleAt, offeredStarts } from '../../dashboard/src/features/schedule/alternatives.ts'
import { clockOf, placeOnLane } from '../../dashboard/src/features/schedule/day-lane.ts'
import { shadesOf } from '../../dashboard/src/features/schedule/day-shades.ts'
import { fillOf } from '../../dashboard/src/features/schedule/fill.ts'
import {
  exceptionFor,
  scopesOf,
  seriesFor,
  snapped,
  stepped,
  targetOf,
} from '../../dashboard/src/features/schedule/move.ts'
import { isForLedger, isOpen, stateOf } from '../../dashboard/src/features/schedule/session-state.ts'
import { axisOf, denseScale, evenScale } from '../../dashboard/src/features/schedule/time-scale.ts'
import { weekWarnings } from '../../dashboard/src/features/schedule/week-warnings.ts'
import { ApiError } from '../../dashboard/src/lib/api.ts'

const NIGHT = { from: '22:00', to: '05:00' }
const DATE = '2026-11-26'
const at = (time: string, date = DATE): string => new Date(`${date}T${time}:00+07:00`).toISOString()
const minute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const session = (time: string, set: Partial<Record<keyof DaySession, unknown>> = {}): DaySession =>
  DaySession.parse({
    programmeId: 'prg_1',
    programmeName: 'Bản tin chiều',
    originalDate: DATE,
    broadcastId: 'brd_1',
    status: 'planned',
    cancelledBy: null,
    startAt: at(time),
    endAt: new Date(Date.parse(at(time)) + 10 * 60_000).toISOString(),
    slotEndAt: new Date(Date.parse(at(time)) + 30 * 60_000).toISOString(),
    level: 'programme',
    movedFrom: null,
    isReplaced: false,
    rundown: [],
    fill: 'short',
    dropped: [],
    collisions: [],
    tally: {},
    ...set,
  })

describe('the hours that are drawn', () => {
  test('are those that are not quiet and one on either side, and whatever a session needs', () => {
    expect(axisOf(NIGHT, [])).toEqual({ from: 4 * 60, to: 23 * 60 })
    expect(axisOf(NIGHT, [{ from: minute('03:15'), to: minute('03:30') }]).from).toBe(3 * 60)
    expect(axisOf({ from: '00:00', to: '00:00' }, [])).toEqual({ from: 0, to: 24 * 60 })
    expect(axisOf({ from: '11:30', to: '13:30' }, [])).toEqual({ from: 0, to: 24 * 60 })
    expect(axisOf({ from: '00:00', to: '05:30' }, [])).toEqual({ from: 4 * 60, to: 24 * 60 })
  })

  test('where nothing happens all week, they are drawn low', () => {
    const scale = denseScale({ from: 300, to: 540 }, [{ from: 330, to: 360 }], { busyPx: 100, idlePx: 20 })
    expect(scale.height).toBe(160)
    expect(scale.yOf(330)).toBe(50)
    expect(scale.yOf(360)).toBe(100)
    expect(scale.yOf(390)).toBe(110)
    expect(scale.yOf(9_999)).toBe(160)
  })

  test('a silence shades the part of the day that it lies in, with its reason', () => {
    const silence = {
      from: at('18:00'),
      until: at('00:00', '2026-11-29'),
      reason: 'Quốc tang',
      clusters: 'all' as const,
    }
    expect(shadesOf({ date: DATE, silences: [silence] }, NIGHT, { from: 240, to: 1380 })).toEqual([
      { from: 240, to: 300, kind: 'quiet', reason: '' },
      { from: 1320, to: 1380, kind: 'quiet', reason: '' },
      { from: 1080, to: 1380, kind: 'silence', reason: 'Quốc tang' },
    ])
  })
})

describe('on a lane', () => {
  const scale = evenScale({ from: 240, to: 1380 }, 60)
  const span = fc
    .record({ from: fc.integer({ min: 240, max: 1379 }), length: fc.integer({ min: 1, max: 120 }) })
    .map(({ from, length }) => ({ item: from, span: { from, to: from + length } }))

  test('no session covers another, and each is tall enough to be touched', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (items) => {
        const placed = placeOnLane(items, scale, () => 44)
        expect(placed).toHaveLength(items.length)
        for (const one of placed) {
          expect(one.height).toBeGreaterThanOrEqual(44)
          expect(one.column).toBeLessThan(one.columns)
          const beneath = placed.filter(
            (other) =>
              other !== one &&
              other.column / other.columns < (one.column + 1) / one.columns &&
              (other.column + 1) / other.columns > one.column / one.columns &&
              other.top < one.top + one.height &&
              other.top + other.height > one.top,
          )
          expect(beneath).toEqual([])
        }
      }),
    )
  })

  test('a drag goes in steps of five minutes and stays within the hours', () => {
    const axis = { from: 240, to: 1380 }
    expect(snapped(1042.4, axis)).toBe(1040)
    expect(snapped(-5, axis)).toBe(240)
    expect(snapped(2_000, axis)).toBe(1375)
    expect(stepped(minute('17:02'), 5, axis)).toBe(minute('17:05'))
    expect(stepped(minute('17:02'), -5, axis)).toBe(minute('17:00'))
    expect(stepped(minute('17:00'), -5, axis)).toBe(minute('16:55'))
    expect(clockOf(minute('07:05'))).toBe('07:05')
  })
})

describe('what a move means', () => {
  test('another time on its day names the time alone; another day the day as well', () => {
    const one = session('17:00')
    expect(exceptionFor(one, { date: DATE, minute: minute('17:20') })).toEqual({
      date: DATE,
      kind: 'move',
      to: { time: '17:20' },
    })
    expect(exceptionFor(one, { date: '2026-11-27', minute: minute('06:00') })).toEqual({
      date: DATE,
      kind: 'move',
      to: { date: '2026-11-27', time: '06:00' },
    })
  })

  test('what is moved back to where its series has it is no exception any more', () => {
    const moved = session('17:20', { movedFrom: at('17:00') })
    expect(exceptionFor(moved, { date: DATE, minute: minute('17:00') })).toBeNull()
    // Moved here from the day before: its day stays said, whatever its time.
    const fromBefore = session('06:00', { originalDate: '2026-11-25', movedFrom: at('17:00', '2026-11-25') })
    expect(exceptionFor(fromBefore, { date: DATE, minute: minute('06:30') })).toEqual({
      date: '2026-11-25',
      kind: 'move',
      to: { date: DATE, time: '06:30' },
    })
    expect(targetOf(fromBefore)).toEqual({ date: DATE, minute: minute('06:00') })
  })

  test('for all days the series gets the time and keeps all else; what takes place once gets the day too', () => {
    const programme = Programme.parse({
      id: 'prg_1',
      areaCode: '00004',
      key: 'ban-tin-chieu',
      status: 'active',
      revision: 3,
      createdByName: 'Người thử',
      createdAt: at('08:00'),
      nextStartAt: null,
      warnings: [],
      name: 'Bản tin chiều',
      startsOn: '2026-11-01',
      startTime: '17:00',
      repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
      season: { from: '05-01', to: '12-31' },
      holidays: 'skip',
      exceptions: [{ date: '2026-12-01', kind: 'skip' }],
      maxMinutes: 30,
      targets: { areas: ['00004'] },
      rundown: [{ kind: 'inbox' }],
    })
    const target = { date: DATE, minute: minute('17:20') }
    const { id, areaCode, key, status, createdByName, createdAt, nextStartAt, warnings, exceptions, ...series } =
      programme
    expect(seriesFor(programme, target)).toEqual({ ...series, startTime: '17:20' })
    const once = { ...programme, repeat: { kind: 'once' } } as const
    expect(seriesFor(once, target)).toMatchObject({ startsOn: DATE, startTime: '17:20' })
  })

  test('is for all days only on its own day: a series that is given another time keeps its days', () => {
    const once = { repeat: { kind: 'once' } } as const
    const daily = { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' } } as const
    const target = { date: DATE, minute: minute('17:20') }
    const elsewhere = { ...target, date: '2026-11-27' }
    expect(scopesOf(daily, session('17:00'), target)).toEqual(['this-day', 'all-days'])
    expect(scopesOf(daily, session('17:00'), elsewhere)).toEqual(['this-day'])
    expect(scopesOf(once, session('17:00'), elsewhere)).toEqual(['once'])
  })
})

describe('a time is looked at before it is asked for', () => {
  const other = session('11:00', { programmeId: 'prg_2', programmeName: 'Bản tin trưa' })
  const around = {
    day: { sessions: [session('17:00'), other], silences: [] },
    quietHours: NIGHT,
    now: Date.parse(at('08:00')),
  }
  const obstacle = (time: string, set = {}) =>
    obstacleAt(session('17:00'), { date: DATE, minute: minute(time) }, { ...around, ...set })

  test('in the past, in the quiet hours up to the last sound, in a silence, and at the same time as another', () => {
    expect(obstacle('07:00')).toEqual({ kind: 'past' })
    // Ten minutes of sound and the lead-in before it.
    expect(obstacle('21:50')).toEqual({ kind: 'quiet' })
    expect(obstacle('21:45')).toBeNull()
    expect(obstacle('10:35')).toEqual({ kind: 'meets', other })
    expect(obstacle('11:25')).toEqual({ kind: 'meets', other })
    expect(obstacle('10:30')).toBeNull()
    expect(obstacle('11:30')).toBeNull()
    expect(obstacle('17:05')).toBeNull()
    const silence = { from: at('15:00'), until: at('16:00'), reason: 'Thi tốt nghiệp', clusters: 'all' as const }
    const day = { ...around.day, silences: [silence] }
    expect(obstacle('15:30', { day })).toEqual({ kind: 'silence', reason: 'Thi tốt nghiệp' })
  })

  test('the nearest free starts have nothing in their way', () => {
    expect(freeStarts(session('17:00'), { date: DATE, minute: minute('22:30') }, around).map(clockOf)).toEqual([
      '21:35',
      '21:40',
      '21:45',
    ])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (wanted) => {
        for (const start of freeStarts(session('17:00'), { date: DATE, minute: wanted }, around))
          expect(obstacleAt(session('17:00'), { date: DATE, minute: start }, around)).toBeNull()
      }),
    )
  })
})

test('what the controller offers instead is taken at its word, and only where it is a time', () => {
  const problem = { field: 'startTime', key: 'programme.taken', message: 'Giờ này đã có chương trình khác.' }
  const offering = (alternatives: string[]) => new ApiError('invalid', { problems: [{ ...problem, alternatives }] })
  expect(offeredStarts(offering(['17:20', '17:35', 'prg_1']))).toEqual([minute('17:20'), minute('17:35')])
  expect(offeredStarts(new ApiError('invalid', { problems: [problem] }))).toEqual([])
  expect(offeredStarts(new TypeError('no refusal at all'))).toEqual([])
})

describe('what is said of a session', () => {
  const now = Date.parse(at('16:00'))

  test('how full it is, of what its programme has for it', () => {
    expect(fillOf(session('17:00'))).toMatchObject({
      usedMs: 600_000,
      slotMs: 1_800_000,
      freeMs: 1_200_000,
      word: 'short',
    })
    expect(fillOf(session('17:00', { slotEndAt: at('17:00'), endAt: at('17:00') })).share).toBe(0)
  })

  test('a ledger counts those that played it whole; what is called off says why', () => {
    expect(stateOf(session('17:00', { status: 'closed', tally: { played: 10, late: 1, unknown: 1 } }))).toEqual({
      kind: 'closed',
      n: 11,
      total: 12,
    })
    expect(stateOf(session('17:00', { status: 'barred', cancelledBy: 'silence' }))).toEqual({
      kind: 'off',
      by: 'silence',
    })
  })

  test('what is about to be heard is for the ledger, what is further away can be laid out', () => {
    expect(isForLedger(session('16:10'), now)).toBe(true)
    expect(isForLedger(session('17:00'), now)).toBe(false)
    expect(isForLedger(session('15:00', { broadcastId: null }), now)).toBe(false)
    expect(isOpen(session('17:00'), now)).toBe(true)
    expect(isOpen(session('15:00'), now)).toBe(false)
    expect(isOpen(session('17:00', { status: 'cancelled' }), now)).toBe(false)
  })

  test('the same collision on many days is said once', () => {
    const collision = { programmeId: 'prg_2', programmeName: 'Bản tin trưa', kind: 'waits', ms: 60_000 }
    const day = (date: string) => ({
      date,
      lunar: null,
      holiday: null,
      silences: [],
      absences: [],
      sessions: [session('17:00', { collisions: [{ ...collision, startAt: at('16:59', date) }] })],
    })
    const warnings = weekWarnings([day('2026-11-26'), day('2026-11-27')])
    expect(warnings.map(({ dates }) => dates)).toEqual([['2026-11-26', '2026-11-27']])
  })
})

test('a bulletin is put first or last among those that people may order, and what the rundown fixes stays', () => {
  const bulletin = (id: string, kind: string, isPlaced: boolean) => ({
    kind: 'bulletin' as const,
    id,
    title: id,
    languages: ['vi'],
    ms: 60_000,
    class: kind,
    isPlaced,
  })
  const bulletins = [
    bulletin('bul_first', 'priority', false),
    bulletin('bul_second', 'priority', true),
    bulletin('bul_fixed', 'ordinary', false),
    bulletin('bul_put', 'ordinary', true),
    bulletin('bul_later', 'ordinary', true),
  ]
  const shown = session('17:00', { rundown: [{ kind: 'chime', title: null, ms: 3_000 }, ...bulletins] })
  const among = shown.rundown
    .filter((part) => part.kind === 'bulletin')
    .map((one) => movableIn(shown, one).map(({ id }) => id.slice(4)))
  expect(among).toEqual([['first', 'second'], ['first', 'second'], [], ['put', 'later'], ['put', 'later']])
})
