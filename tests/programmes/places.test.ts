import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProgrammeCalendar } from '#protocol/calendar.ts'
import { ClusterId } from '#protocol/ids.ts'
import { clockOf } from '#protocol/rules/said-rules.ts'
import { alternativesTo } from '../../controller/programmes/alternatives.ts'
import { overLimits } from '../../controller/programmes/over-limits.ts'
import { hearersOf, type PlacedProgramme, placeProblems, prepare } from '../../controller/programmes/place-problems.ts'
import { slotCollisions } from '../../controller/programmes/slot-collisions.ts'
import { slotsIn } from '../../controller/programmes/slots.ts'

const COMMUNE = '00004'
const DAY = 86_400_000
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
        const problemsAt = (startTime: string) => {
          const own = { ...wish, startTime }
          return placeProblems(own, slotsIn(own, times, window), given)
        }
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
