import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LEAD_IN_MS } from '#protocol/rules/lead-in.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import type { StoredBroadcast } from '../../controller/broadcasts/broadcasts.store.ts'
import { decideSessions } from '../../controller/broadcasts/decide-sessions.ts'
import { bulletinsOf, lengthOf } from '../../controller/programmes/session/airing-item.ts'
import { NO_FRAMES } from '../../controller/programmes/session/frame.ts'
import { type ReadyBulletin, sessionsIn } from '../../controller/programmes/session/session.ts'
import { newIds } from '../db/rows.ts'
import { approvedOf, bulletin, NOW, programmeOf, readyOf } from './sessions.ts'

const DAY = 86_400_000
const SECOND = 1_000
const LEAD_MS = 60 * SECOND
const station = { areaCode: '31813', areaName: 'Xã', name: 'Đài', ...DEFAULT_STATION }
const programme = programmeOf([], { repeat: { kind: 'once' }, maxMinutes: 5 })

const CLUSTER = newIds.cluster()

/** What stands after planning a rundown at an instant, where `before` stood. */
function decided(...asked: Parameters<typeof decide>) {
  const { writes, planned } = decide(...asked)
  const [one] = planned
  if (!one) throw new Error('it takes place')
  return { writes, broadcast: one.broadcast, hearers: [...one.clusters] }
}

function decide(rundown: readonly ReadyBulletin[], now: number, before: readonly StoredBroadcast[]) {
  const material = {
    ready: readyOf(...rundown),
    approved: approvedOf(rundown),
    placements: [],
    frames: NO_FRAMES,
    relays: new Map(),
  }
  const asked = { ...programme, rundown: programmeOf(rundown).rundown }
  const sessions = sessionsIn([asked], material, station, { from: now + 1, until: NOW + 2 * DAY })
  const begun = sessionsIn([asked], material, station, { from: NOW, until: now + 1 })
  const held = before.map(({ id }) => ({ broadcastId: id, clusterId: CLUSTER, state: 'armed' as const, reason: null }))
  const clusters = [{ id: CLUSTER, codecs: 'mp3', features: '' }]
  const state = { station, sessions, begun, stored: before, held, clusters, times: station, material, now }
  return decideSessions(state, { leadMs: LEAD_MS, newId: newIds.broadcast })
}

/** A bulletin of a given name, of any length and class. */
const anyBulletin = (name: string) =>
  fc
    .record({ ms: fc.integer({ min: 10 * SECOND, max: 150 * SECOND }), isPriority: fc.boolean() })
    .map(({ ms, isPriority }) => bulletin(name, ms, isPriority ? 'priority' : 'ordinary'))
const six = fc.tuple(...(['a', 'b', 'c', 'd', 'e', 'f'] as const).map(anyBulletin))
/** Which of the six a rundown has. */
const choice = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })

test('a session begins in time or not at all: within the lead time none is planned anew, nor brought back', () => {
  const rundown = [bulletin('a', 60 * SECOND, 'ordinary')]
  const { broadcast } = decided(rundown, NOW, [])
  const calledOff = { ...broadcast, status: 'cancelled' as const, cancelledBy: 'planner' as const }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 * LEAD_MS }), fc.constantFrom([], [calledOff]), (ahead, before) => {
      const { writes, planned } = decide(rundown, broadcast.startAt - ahead, before)
      const isPlanned = ahead >= LEAD_MS
      expect([writes.length, planned.length]).toEqual(isPlanned ? [1, 1] : [0, 0])
    }),
    {
      examples: [
        [LEAD_MS, []],
        [LEAD_MS - 1, []],
        [LEAD_MS, [calledOff]],
        [LEAD_MS - 1, [calledOff]],
      ],
    },
  )
})

test('a session that is closed stays closed when the clock is set back before it', () => {
  const rundown = [bulletin('a', 60 * SECOND, 'ordinary')]
  const { broadcast } = decided(rundown, NOW, [])
  const more = [...rundown, bulletin('b', 60 * SECOND, 'ordinary')]
  expect(decide(more, NOW, [{ ...broadcast, status: 'closed', closedAt: broadcast.endAt }])).toEqual({
    writes: [],
    planned: [],
  })
})

test('shortly before its start a session loses what it must not say, and is otherwise as it was, its level too', () => {
  fc.assert(
    fc.property(six, choice, choice, (all, hadIt, hasIt) => {
      const had = all.filter((_, i) => i === 0 || hadIt[i])
      const has = all.filter((_, i) => hasIt[i])
      const before = decided(had, NOW, []).broadcast
      const aired = bulletinsOf(before.items).map(({ id }) => id)
      fc.pre(has.some(({ bulletinId }) => aired.includes(bulletinId)))

      const after = decided(has, before.startAt - 30 * SECOND, [before]).broadcast
      const left = before.items.filter(
        (item) => item.kind === 'bulletin' && has.some(({ title }) => title === item.title),
      )
      const isPriority = bulletinsOf(left).some(({ id }) =>
        has.some((one) => one.bulletinId === id && one.class === 'priority'),
      )
      const dropped = before.dropped.filter(({ bulletinId }) => has.some((one) => one.bulletinId === bulletinId))
      expect(after).toEqual({
        ...before,
        items: left,
        endAt: before.startAt + lengthOf(left),
        level: isPriority ? 'priority-commune' : 'programme',
        dropped,
        fill: dropped.length > 0 ? 'over' : lengthOf(left) + LEAD_IN_MS > 4 * 60 * SECOND ? 'full' : 'short',
      })
    }),
    { numRuns: 300 },
  )
})

test('once a session has begun it stays as it is, but who is late hears it only while nothing of it was taken back', () => {
  fc.assert(
    fc.property(six, choice, choice, fc.nat(4 * 60), (all, hadIt, hasIt, late) => {
      const had = all.filter((_, i) => i === 0 || hadIt[i])
      const has = all.filter((_, i) => hasIt[i])
      const before = decided(had, NOW, []).broadcast
      const after = decided(has, before.startAt + late * SECOND, [before])
      expect([after.broadcast, after.writes]).toEqual([before, []])
      const isWhole = bulletinsOf(before.items).every(({ id }) => has.some(({ bulletinId }) => bulletinId === id))
      expect(after.hearers).toEqual(isWhole ? [CLUSTER] : [])
    }),
    { numRuns: 300 },
  )
})
