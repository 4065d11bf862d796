import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WEEKDAYS } from '#protocol/rules/civil-date.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import {
  breachesOf,
  type Exempt,
  LIMIT_KINDS,
  type LimitKind,
  type Limits,
  tightestOf,
  weekdayOf,
} from '#protocol/rules/limits.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const MINUTE = 60_000
/** A session on a local day of Việt Nam. */
const session = (id: string, at: string, minutes: number) => {
  const startAt = Date.parse(`${at}:00+07:00`)
  return { id, startAt, endAt: startAt + minutes * MINUTE }
}
const broken = (sessions: Parameters<typeof breachesOf>[0], limits: Limits): string[] =>
  breachesOf(sessions, limits, ZONE).map(({ id, kind }) => `${id} ${kind}`)

const clocks = fc.constantFrom('00:00', '05:00', '05:30', '12:00', '20:00', '23:59')
const someLimits: fc.Arbitrary<Limits> = fc.record(
  {
    sessionsPerDay: fc.integer({ min: 0, max: 5 }),
    minutesPerDay: fc.integer({ min: 0, max: 120 }),
    minutesPerSession: fc.integer({ min: 1, max: 60 }),
    earliest: clocks,
    latest: clocks,
    days: fc.subarray([...WEEKDAYS]),
  },
  { requiredKeys: [] },
)
/** On three days in a row. */
const someSessions = fc
  .array(fc.record({ start: fc.integer({ min: 0, max: 3 * 24 * 60 }), length: fc.integer({ min: 1, max: 60 }) }), {
    maxLength: 8,
  })
  .map((drawn) =>
    drawn.map(({ start, length }, i) => {
      const startAt = Date.parse('2026-11-23T00:00:00+07:00') + start * MINUTE
      return { id: `s${i}`, startAt, endAt: startAt + length * MINUTE }
    }),
  )

const MORNING = session('a', '2026-11-23T05:30', 15)
const EVENING = session('b', '2026-11-23T17:00', 15)

test.each<[string, Parameters<typeof breachesOf>[0], Limits, string[]]>([
  ['no limits, no breach', [MORNING, EVENING], {}, []],
  ['as many as allowed', [MORNING, EVENING], { sessionsPerDay: 2 }, []],
  ['one too many: the later one', [EVENING, MORNING], { sessionsPerDay: 1 }, ['b sessionsPerDay']],
  ['other days count for themselves', [MORNING, session('c', '2026-11-24T05:30', 15)], { sessionsPerDay: 1 }, []],
  ['to the minute', [MORNING], { minutesPerSession: 15 }, []],
  ['a minute more', [session('a', '2026-11-23T05:30', 16)], { minutesPerSession: 15 }, ['a minutesPerSession']],
  ['all day together', [MORNING, EVENING], { minutesPerDay: 29 }, ['b minutesPerDay']],
  ['on the dot', [MORNING], { earliest: '05:30', latest: '05:45' }, []],
  ['too early', [MORNING], { earliest: '05:31' }, ['a earliest']],
  ['ends too late', [MORNING], { latest: '05:44' }, ['a latest']],
  ['over midnight', [session('a', '2026-11-23T23:50', 20)], { latest: '00:00' }, ['a latest']],
  ['up to midnight', [session('a', '2026-11-23T23:50', 10)], { latest: '00:00' }, []],
  ['a Monday where only Sundays are allowed', [MORNING], { days: ['SU'] }, ['a days']],
  [
    'Hà Nội’s wards: two of fifteen minutes on five days',
    [MORNING, EVENING],
    {
      sessionsPerDay: 2,
      minutesPerSession: 15,
      days: ['MO', 'TU', 'WE', 'TH', 'FR'],
    },
    [],
  ],
])('%s', (_, sessions, limits, expected) => {
  expect(broken(sessions, limits)).toEqual(expected)
})

test('what two levels allow together is what each of them allows', () => {
  fc.assert(
    fc.property(someSessions, someLimits, someLimits, (sessions, far, near) => {
      const kinds = (limits: Limits) => broken(sessions, limits)
      expect(new Set(kinds(tightestOf(far, near)))).toEqual(new Set([...kinds(far), ...kinds(near)]))
    }),
  )
})

const granted = (kind: LimitKind, upTo: Exempt['upTo'] = {}): Exempt => ({ kinds: [kind], upTo })

test('what is exempt from a limit without a bound neither breaks it nor counts for it', () => {
  fc.assert(
    fc.property(
      someSessions,
      someLimits,
      fc.nat(7),
      fc.constantFrom(...LIMIT_KINDS),
      (sessions, limits, index, kind) => {
        const spared = sessions.map((session, i) => (i === index ? { ...session, exempt: [granted(kind)] } : session))
        const only = { [kind]: limits[kind] }
        expect(broken(spared, only)).toEqual(
          broken(
            sessions.filter((_, i) => i !== index),
            only,
          ),
        )
        const { [kind]: _, ...others } = limits
        expect(broken(spared, others)).toEqual(broken(sessions, others))
      },
    ),
  )
})

const LONG = session('a', '2026-11-23T09:00', 20)
const exempt = (one: typeof LONG, ...all: Exempt[]) => ({ ...one, exempt: all })
const NOON = session('c', '2026-11-23T12:00', 15)
const NIGHT = session('d', '2026-11-23T19:00', 15)

test.each<[string, Parameters<typeof breachesOf>[0], Limits, string[]]>([
  [
    'as long as granted',
    [exempt(LONG, granted('minutesPerSession', { minutesPerSession: 20 }))],
    { minutesPerSession: 15 },
    [],
  ],
  [
    'longer than granted',
    [exempt(LONG, granted('minutesPerSession', { minutesPerSession: 19 }))],
    { minutesPerSession: 15 },
    ['a minutesPerSession 19'],
  ],
  [
    'of two exemptions the farther one',
    [
      exempt(
        LONG,
        granted('minutesPerSession', { minutesPerSession: 20 }),
        granted('minutesPerSession', { minutesPerSession: 16 }),
      ),
    ],
    { minutesPerSession: 15 },
    [],
  ],
  [
    'less than everybody may by now',
    [exempt(LONG, granted('minutesPerSession', { minutesPerSession: 16 }))],
    { minutesPerSession: 30 },
    [],
  ],
  [
    'a value for a limit that it is not exempt from',
    [exempt(LONG, granted('days', { minutesPerSession: 60 }))],
    { minutesPerSession: 15 },
    ['a minutesPerSession 15'],
  ],
  [
    'earlier, but not so early',
    [
      exempt(MORNING, granted('earliest', { earliest: '05:30' })),
      exempt(LONG, granted('earliest', { earliest: '09:01' })),
    ],
    { earliest: '10:00' },
    ['a earliest 09:01'],
  ],
  ['later, up to midnight', [exempt(NIGHT, granted('latest', { latest: '00:00' }))], { latest: '18:00' }, []],
  [
    'later than granted',
    [exempt(NIGHT, granted('latest', { latest: '19:14' }))],
    { latest: '18:00' },
    ['d latest 19:14'],
  ],
  [
    'a session more, which takes nobody’s place',
    [exempt(MORNING, granted('sessionsPerDay', { sessionsPerDay: 3 })), NOON, EVENING],
    { sessionsPerDay: 2 },
    [],
  ],
  [
    'two more where one is granted: the later one',
    [
      exempt(MORNING, granted('sessionsPerDay', { sessionsPerDay: 3 })),
      NOON,
      EVENING,
      exempt(NIGHT, granted('sessionsPerDay', { sessionsPerDay: 3 })),
    ],
    { sessionsPerDay: 2 },
    ['d sessionsPerDay 3'],
  ],
  [
    'those without an exemption are bound by the limit as before',
    [exempt(MORNING, granted('sessionsPerDay', { sessionsPerDay: 3 })), NOON, EVENING, NIGHT],
    { sessionsPerDay: 2 },
    ['d sessionsPerDay 2'],
  ],
  [
    'minutes of all day, up to what is granted',
    [NOON, exempt(EVENING, granted('minutesPerDay', { minutesPerDay: 30 }))],
    { minutesPerDay: 20 },
    [],
  ],
  [
    'a minute of all day too many',
    [NOON, exempt(EVENING, granted('minutesPerDay', { minutesPerDay: 29 }))],
    { minutesPerDay: 20 },
    ['b minutesPerDay 29'],
  ],
])('with an exemption: %s', (_, sessions, limits, expected) => {
  expect(breachesOf(sessions, limits, ZONE).map(({ id, kind, limit }) => `${id} ${kind} ${limit}`)).toEqual(expected)
})

test('no exemption makes a day more than the most that was granted, nor takes anything from those without one', () => {
  fc.assert(
    fc.property(
      someSessions,
      fc.record({ sessionsPerDay: fc.integer({ min: 0, max: 4 }), minutesPerDay: fc.integer({ min: 0, max: 90 }) }),
      fc.array(fc.option(fc.nat(8), { nil: undefined }), { minLength: 8, maxLength: 8 }),
      (sessions, limits, extras) => {
        for (const [kind, unit] of [['sessionsPerDay', 1] as const, ['minutesPerDay', 20] as const]) {
          const limit = limits[kind]
          const only = { [kind]: limit }
          const uptos = sessions.map((_, i) => (extras[i] === undefined ? undefined : limit + extras[i] * unit))
          const given = sessions.map((one, i) =>
            uptos[i] === undefined ? one : exempt(one, granted(kind, { [kind]: uptos[i] })),
          )
          const off = new Set(breachesOf(given, only, ZONE).map(({ id }) => id))
          const most = Math.max(limit, ...uptos.map((upTo) => upTo ?? 0))
          const days = new Map<string, number>()
          for (const { id, startAt, endAt } of sessions.filter(({ id }) => !off.has(id))) {
            const day = civilTime(startAt, ZONE).date
            const amount = kind === 'sessionsPerDay' ? 1 : (endAt - startAt) / MINUTE
            days.set(day, (days.get(day) ?? 0) + amount)
            expect(days.get(day), id).toBeLessThanOrEqual(most)
          }
          const others = sessions.filter((_, i) => (uptos[i] ?? limit) === limit)
          const names = new Set(others.map(({ id }) => id))
          expect([...off].filter((id) => names.has(id))).toEqual(breachesOf(others, only, ZONE).map(({ id }) => id))
        }
      },
    ),
  )
})

test('a day of the week is that of the date, in any year', () => {
  expect(['2026-11-23', '2026-11-29', '2028-02-29', '2000-01-01'].map(weekdayOf)).toEqual(['MO', 'SU', 'TU', 'SA'])
})

test('taking away a session that breaks no limit of its own never makes more breaches', () => {
  const minutes = fc.integer({ min: 0, max: 23 * 60 })
  const sessions = fc.array(fc.record({ start: minutes, length: fc.integer({ min: 1, max: 60 }) }), { maxLength: 8 })
  const limits = fc.record({
    sessionsPerDay: fc.integer({ min: 0, max: 5 }),
    minutesPerDay: fc.integer({ min: 0, max: 120 }),
    minutesPerSession: fc.integer({ min: 1, max: 60 }),
  })
  fc.assert(
    fc.property(sessions, limits, fc.nat(7), (drawn, limit, index) => {
      const day = Date.parse('2026-11-23T00:00:00+07:00')
      const all = drawn.map(({ start, length }, i) => ({
        id: `s${i}`,
        startAt: day + start * MINUTE,
        endAt: day + (start + length) * MINUTE,
      }))
      const fewer = all.filter((_, i) => i !== index)
      expect(broken(fewer, limit).length).toBeLessThanOrEqual(broken(all, limit).length)
    }),
  )
})
