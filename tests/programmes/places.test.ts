import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProgrammeCalendar } from '#protocol/calendar.ts'
import { ClusterId, ProgrammeId } from '#protocol/ids.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { clockOf, valuesOf } from '#protocol/rules/said-rules.ts'
import { alternativesTo } from '../../controller/programmes/alternatives.ts'
import { begunSlots, comingSlots } from '../../controller/programmes/counted-slots.ts'
import { overLimits } from '../../controller/programmes/over-limits.ts'
import { hearersOf, type PlacedProgramme, placeProblems, prepare } from '../../controller/programmes/place-problems.ts'
import { slotCollisions } from '../../controller/programmes/slot-collisions.ts'
import { slotsIn } from '../../controller/programmes/slots.ts'
import type { StationTimes } from '../../controller/programmes/station-times.ts'

const COMMUNE = '00004'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const clusters = ['clu_a', 'clu_b', 'clu_c'].map((id) => ClusterId.parse(id))
const window = { from: Date.parse('2026-11-23T08:00+07:00'), until: Date.parse('2027-01-23T08:00+07:00') }

/** Programmes of a busy station, on the five minutes. */
const programmes = fc
  .array(
    fc.record({
      at: fc.integer({ min: 60, max: 264 }),
      maxMinutes: fc.constantFrom(5, 15, 30, 60),
      rrule: fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,WE', 'FREQ=WEEKLY;BYDAY=SU', 'FREQ=MONTHLY'),
      hears: fc.subarray(clusters, { minLength: 1 }),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((drawn) =>
    drawn.map(
      ({ at, maxMinutes, rrule, hears }, i): PlacedProgramme => ({
        ...ProgrammeCalendar.parse({
          startsOn: '2026-11-24',
          startTime: clockOf(at * 5),
          repeat: { kind: 'rrule', rrule },
        }),
        id: `p${i}`,
        name: `Chương trình ${i}`,
        areaCode: COMMUNE,
        maxMinutes,
        targets: { areas: [], clusters: hears, exclude: [] },
      }),
    ),
  )
const rules = fc
  .record(
    {
      sessionsPerDay: fc.integer({ min: 1, max: 6 }),
      minutesPerDay: fc.integer({ min: 15, max: 240 }),
      latest: fc.constantFrom('18:00', '20:00'),
    },
    { requiredKeys: [] },
  )
  .map((limits) => ({
    timeZone: 'Asia/Ho_Chi_Minh',
    quietHours: { from: '22:00', to: '05:00' },
    limits: Object.fromEntries(
      Object.entries(limits).map(([kind, value]) => [kind, { by: 'commune' as const, value }]),
    ),
  }))

test('a station that lets each programme in only where it has a place has no collision but waits, and plans every session', () => {
  let refused = 0
  fc.assert(
    fc.property(programmes, rules, (wishes, times) => {
      const saved: PlacedProgramme[] = []
      for (const wish of wishes) {
        const given = prepare({ others: saved, clusters, times, window })
        const problemsAt = (startTime: string) => placeProblems({ ...wish, startTime }, given)
        const problems = problemsAt(wish.startTime)
        if (problems.length === 0) saved.push(wish)
        else refused++
        // Whatever is offered has a place.
        const isSound = (start: string) => problemsAt(start).every(({ field }) => field !== 'startTime')
        for (const start of problems.some(({ field }) => field === 'startTime')
          ? alternativesTo(wish, given, isSound)
          : [])
          expect(problemsAt(start).map(({ key }) => key)).not.toContain('programme.collides')
      }
      const slots = saved.flatMap((programme) => slotsIn(programme, times, window))
      const collisions = slotCollisions(slots, hearersOf(saved, clusters), times)
      expect(collisions.filter(({ effect }) => effect.kind !== 'waits')).toEqual([])
      const week = { from: window.from + 3 * DAY, until: window.from + 10 * DAY }
      expect([...overLimits(saved, times, week)]).toEqual([])
    }),
    { numRuns: 60 },
  )
  expect(refused).toBeGreaterThan(20)
})

/** How the day has gone for sessions that were planned for it: by their hour, aired for a part of their slot, or called off. */
const fates = fc.array(fc.record({ part: fc.double({ min: 0.1, max: 1, noNaN: true }), isOff: fc.boolean() }), {
  minLength: 7,
  maxLength: 7,
})

test('a day that is under way is judged alike when a programme is saved and when it is planned: by what has aired of it and what still comes', () => {
  let [late, early, over] = [0, 0, 0]
  fc.assert(
    fc.property(
      programmes,
      rules,
      fates,
      fc.integer({ min: 5, max: 22 }),
      fc.boolean(),
      (wishes, times, drawn, hour, ends) => {
        const letIn = (saved: PlacedProgramme[], wish: PlacedProgramme, rules: StationTimes, window: Window) => {
          const isSound = placeProblems(wish, prepare({ others: saved, clusters, times: rules, window })).length === 0
          if (isSound) saved.push(wish)
          return isSound
        }
        const [old, series] = [wishes.slice(0, wishes.length / 2), wishes.slice(wishes.length / 2)]
        const once = { startsOn: '2026-11-25', repeat: { kind: 'once' } } as const
        const fresh = series.map((wish, i) => (i % 2 === 0 ? { ...wish, ...once } : wish))
        const saved: PlacedProgramme[] = []
        for (const wish of old) letIn(saved, wish, times, window)
        const midnight = Date.parse('2026-11-25T00:00+07:00')
        const now = midnight + hour * HOUR
        const planned = saved.flatMap((one) => slotsIn(one, times, { from: midnight, until: midnight + DAY }))
        const begun = planned.flatMap(({ id, programmeId, originalDate, startAt, endAt }, i) => {
          if (startAt > now || drawn[i]?.isOff) return []
          const heard = startAt + Math.max(1_000, (endAt - startAt) * (drawn[i]?.part ?? 1) - 800)
          const fate = { programmeId: ProgrammeId.parse(`prg_${programmeId}`), originalDate, startAt, endAt: heard }
          return [[id, { ...fate, status: 'closed' as const, cancelledBy: null }] as const]
        })
        const today = {
          from: midnight,
          now,
          begun: new Map(begun),
          planned: new Map<string, number>(),
          calledOff: new Set(planned.flatMap(({ id }, i) => (drawn[i]?.isOff ? [id] : []))),
        }
        // What has aired has aired, though its programme has ended.
        if (ends) saved.shift()
        const underWay = { ...times, today }
        const ahead = { from: now + 1, until: now + 60 * DAY }
        for (const wish of fresh) {
          const comes = slotsIn(wish, times, { from: midnight, until: midnight + DAY })
          const isIn = letIn(saved, wish, underWay, ahead)
          if (isIn && comes.some(({ startAt }) => startAt <= now)) late++
          if (isIn && comes.some(({ startAt }) => startAt > now)) early++
          if (!isIn) over++
        }
        expect([...overLimits(saved, underWay, { from: now + 1, until: now + 8 * DAY })]).toEqual([])
        const { sessionsPerDay, minutesPerDay } = valuesOf(times.limits)
        const coming = saved
          .flatMap((one) => slotsIn(one, times, { from: now + 1, until: midnight + DAY }))
          .filter(({ id }) => !today.calledOff.has(id))
        const heard = begun.map(([, { startAt, endAt }]) => (endAt - startAt) / MINUTE)
        if (coming.length === 0) return
        expect(begun.length + coming.length).toBeLessThanOrEqual(sessionsPerDay ?? Number.POSITIVE_INFINITY)
        expect(
          [...heard, ...coming.map(({ startAt, endAt }) => (endAt - startAt) / MINUTE)].reduce((a, b) => a + b),
        ).toBeLessThanOrEqual(minutesPerDay ?? Number.POSITIVE_INFINITY)
      },
    ),
    { numRuns: 150 },
  )
  expect(Math.min(late, early, over)).toBeGreaterThan(20)
})

/** For all of the commune, every day of weeks before and after. */
const daily = (id: string, startTime: string, maxMinutes = 30): PlacedProgramme => ({
  ...ProgrammeCalendar.parse({ startsOn: '2026-11-01', startTime, repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' } }),
  id,
  name: id,
  areaCode: COMMUNE,
  maxMinutes,
  targets: { areas: [COMMUNE], clusters: [], exclude: [] },
})

test('a session of today that has begun, was called off or was moved to an hour that is over takes air where it is', () => {
  const at = (clock: string, day = 25) => Date.parse(`2026-11-${day}T${clock}+07:00`)
  const aired = { programmeId: ProgrammeId.parse('prg_ended'), originalDate: '2026-11-24', status: 'closed' } as const
  const today = {
    from: at('00:00'),
    now: at('12:00'),
    begun: new Map([
      ['early@2026-11-25', { ...aired, startAt: at('05:30'), endAt: at('05:40'), cancelledBy: null }],
      ['ended@2026-11-24', { ...aired, startAt: at('06:30'), endAt: at('06:35'), cancelledBy: null }],
    ]),
    planned: new Map([['stays@2026-11-25', at('19:00')]]),
    calledOff: new Set(['off@2026-11-25']),
  }
  const times = { timeZone: 'Asia/Ho_Chi_Minh', quietHours: { from: '22:00', to: '05:00' }, today }
  const own = [daily('early', '18:00'), daily('stays', '06:00'), daily('off', '17:00'), daily('new', '07:00')]
  const startsOn = (day: number) =>
    comingSlots(own, times, { from: at('12:00', day), until: at('00:00', day + 1) }).map(
      ({ programmeId, startAt, endAt }) => [programmeId, startAt, endAt - startAt],
    )
  expect(startsOn(25)).toEqual([['stays', at('19:00'), 30 * MINUTE]])
  // What else there is on a day counts for it, also before the window.
  expect(startsOn(26).map(([id, startAt]) => [id, startAt])).toEqual([
    ['early', at('18:00', 26)],
    ['stays', at('06:00', 26)],
    ['off', at('17:00', 26)],
    ['new', at('07:00', 26)],
  ])
  expect(begunSlots(times).map(({ id, date, startAt, endAt }) => [id, date, startAt, endAt])).toEqual([
    ['early@2026-11-25', '2026-11-25', at('05:30'), at('05:40') + 800],
    ['ended@2026-11-24', '2026-11-25', at('06:30'), at('06:35') + 800],
  ])
  const limits = { sessionsPerDay: { by: 'commune', value: 2 } } as const
  const rest = { from: today.now + 1, until: at('00:00', 26) }
  expect([...overLimits(own, { ...times, limits }, rest)]).toEqual([['stays@2026-11-25', 'sessionsPerDay']])
})

test('a programme answers for what it breaks itself, not for what others break since limits were tightened', () => {
  const limits = {
    minutesPerSession: { by: 'commune', value: 20 },
    sessionsPerDay: { by: 'commune', value: 2 },
    earliest: { by: 'commune', value: '06:00' },
  } as const
  const times = { timeZone: 'Asia/Ho_Chi_Minh', quietHours: { from: '22:00', to: '05:00' }, limits }
  const long = daily('long', '05:30', 30)
  const keysOf = (own: PlacedProgramme, ...others: PlacedProgramme[]) =>
    placeProblems(own, prepare({ others, clusters, times, window })).map(({ key }) => key)
  expect(keysOf(long)).toEqual(['limit.minutesPerSession', 'limit.earliest'])
  expect(keysOf(daily('short', '07:00', 10), long)).toEqual([])
  // Of a day that is full it is the later session that is too many, be it another's.
  const noon = daily('noon', '12:00', 10)
  expect(keysOf(daily('short', '07:00', 10), long, noon)).toEqual(['limit.sessionsPerDay'])
  expect(keysOf(daily('short', '07:00', 10), long, noon, daily('late', '18:00', 10))).toEqual(['limit.sessionsPerDay'])
})
