import { expect, test } from 'vitest'
import { BroadcastId, ProgrammeId } from '#protocol/ids.ts'
import type { StoredProgramme } from '../../controller/programmes/programmes.store.ts'
import { newIds } from '../db/rows.ts'
import { answer, DAY, deliveryOf, factsOf, programmeOf, START, sessionOf } from './why-facts.ts'

const skip = { date: '2026-11-24', kind: 'skip' as const }
const elsewhere = (set: Partial<StoredProgramme> = {}) =>
  programmeOf({
    id: ProgrammeId.parse('prg_e'),
    name: 'Của cụm khác',
    targets: { areas: [], clusters: [newIds.cluster()], exclude: [] },
    ...set,
  })
const onMondays = programmeOf({ repeat: { kind: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=MO' } })
const ofOthers = (broadcast: Parameters<typeof sessionOf>[1], programme = elsewhere()) =>
  sessionOf({ programme, delivery: null }, { id: BroadcastId.parse('brd_e'), ...broadcast })
const calledOff = { status: 'cancelled', cancelledBy: 'person', cancelledByName: 'Anh Ba', cancelledAt: 1 } as const

test.each([
  ['was skipped', elsewhere({ exceptions: [skip] })],
  ['was moved', elsewhere({ exceptions: [{ date: '2026-11-24', kind: 'move', to: { time: '17:00' } }] })],
  ['has ended', elsewhere({ status: 'ended' })],
  ['goes on', elsewhere()],
])('a programme of other clusters that %s does not explain what this one is without', (_, other) => {
  expect(answer(factsOf({ programmes: [other, onMondays] }))).toEqual([
    'not-in-rule',
    expect.stringContaining('“Sáng”'),
  ])
  const { at, ...quiet } = factsOf({ programmes: [other], silences: [], changes: [] })
  expect(answer({ ...quiet, at: at - 4 * 3_600_000 })[0]).toBe('no-programme')
})

test('nor do the ended days of a programme that was for others only', () => {
  expect(answer(factsOf({ programmes: [elsewhere({ status: 'ended' })] }))[0]).toBe('no-programme')
  const stored = ofOthers({ status: 'cancelled', cancelledBy: 'planner' }, elsewhere({ status: 'ended' }))
  expect(answer(factsOf({ sessions: [stored], programmes: [] }))[0]).toBe('not-targeted')
})

test.each([
  ['that is planned', ofOthers({})],
  ['that was called off', ofOthers(calledOff)],
])('a session of other clusters %s stands behind what this one was itself to hear', (_, other) => {
  const own = programmeOf({ exceptions: [skip] })
  expect(answer(factsOf({ sessions: [other], programmes: [other.programme, own] }))).toEqual([
    'skipped',
    expect.stringContaining('“Sáng”'),
  ])
  expect(answer(factsOf({ sessions: [other], programmes: [other.programme] }))[0]).toBe('not-targeted')
})

test('a session that was called off here before its programme was taken from this cluster was called off', () => {
  const delivery = deliveryOf({ state: 'missed', reason: 'cancelled-here' })
  expect(answer(factsOf({ sessions: [{ ...ofOthers(calledOff), delivery }] }))[0]).toBe('called-off')
})

test('a session from before midnight explains the first minutes of the next day', () => {
  const late = programmeOf({ startTime: '23:50', exceptions: [{ ...skip, date: '2026-11-23' }] })
  const past = START - 5.5 * 3_600_000
  expect(
    answer(factsOf({ at: past + 5 * 60_000, programmes: [late], quietHours: { from: '01:00', to: '04:00' } })),
  ).toEqual(['skipped', expect.stringContaining('23:50 ngày 23/11/2026')])
})

test('a day that was over when the programme was changed was not missed for want of time', () => {
  const changed = (at: number) =>
    answer(factsOf({ now: START + 5 * DAY, programmes: [programmeOf({ updatedAt: at })] }))
  expect(changed(START + 3 * DAY)).toEqual([
    'changed-since',
    'Buổi “Sáng” lúc 05:30 ngày 24/11/2026 không được lập kế hoạch trước giờ đó; lịch có buổi này được lập hoặc sửa sau, lúc 05:30 ngày 27/11/2026.',
  ])
  expect(changed(START + 1)[0]).toBe('changed-since')
  expect(changed(START)[0]).toBe('within-lead')
  expect(changed(START - 60_000)).toEqual(['not-planned', expect.not.stringContaining('sửa')])
})
