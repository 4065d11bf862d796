import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClusterIdentity, JournalEntry } from '#protocol/messages.ts'
import { tickLedger } from '../../controller/ticks.ts'
import { MINUTE, openProvince, type Province, playedStory, takeHand } from './commune.ts'

const HOUR = 60 * MINUTE
let p: Province
let bulletinId: string
beforeAll(async () => {
  p = await openProvince()
  bulletinId = await p.bulletin()
})
afterAll(() => p[Symbol.asyncDispose]())

/** A commune that no other test uses, with so many clusters and a session of a daily series. */
async function station(areaCode: string, clusters: number) {
  const identities: ClusterIdentity[] = []
  for (let n = 0; n < clusters; n++) identities.push(await p.enrol(areaCode))
  // The ledger lists those of the same moment by their ids.
  identities.sort((a, b) => (a.clusterId < b.clusterId ? -1 : 1))
  const hands = await Promise.all(identities.map(takeHand))
  const broadcast = await p.schedule(areaCode, bulletinId, { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY;COUNT=3' } })
  return { hands, broadcast }
}
type Story = [armed: JournalEntry, started: JournalEntry, finished: JournalEntry]
const story = (...said: Parameters<typeof playedStory>) => playedStory(...said) as Story
const statesOf = async (id: string) =>
  (await p.broadcast(id)).deliveries.map(({ state, reason }) => (reason ? `${state} ${reason}` : state))
const become = (id: string, states: readonly string[]) =>
  p.until(async () => (await statesOf(id)).join() === states.join(), `${states}`)
const reportsOf = (id: string) =>
  p.source.reports.filter(({ report }) => report.broadcastId === id).map(({ report }) => report)
/** Everything that is on its way arrives, and nothing comes of it. */
const nothingMore = () => p.clock.advance(5_000)

test('what was heard of a session that was called off stands in the ledger and reaches the source; what was not stays called off', async () => {
  const { hands, broadcast } = await station('00004', 4)
  const [played, cut, missed, silent] = hands
  await p.admin.post(`/api/broadcasts/${broadcast.id}/cancel`)
  await become(broadcast.id, Array(4).fill('missed cancelled-here'))
  await p.jumpTo(Date.parse(broadcast.endAt) + 3 * 24 * HOUR)
  const [armed, started, finished] = story(broadcast)
  await missed?.journal([armed, { ...started, kind: 'skipped', reason: 'audio-missing' }])
  await silent?.journal(playedStory(broadcast, 1, { audible: false }))
  await p.until(() => missed?.acked() === 2 && silent?.acked() === 3)
  await nothingMore()
  expect(await statesOf(broadcast.id)).toEqual(Array(4).fill('missed cancelled-here'))
  expect(reportsOf(broadcast.id)).toEqual([])
  await played?.journal([armed, started, finished])
  await cut?.journal([armed, started, { ...finished, kind: 'interrupted', reason: 'power-lost', ms: 500 }])
  await become(broadcast.id, ['played', 'interrupted power-lost', 'missed cancelled-here', 'missed cancelled-here'])
  const last = await p.until(() => reportsOf(broadcast.id).find(({ revision }) => revision === 2), 'both reported')
  // Nothing was owed where it was called off and not heard.
  expect(last).toMatchObject({ clustersPlanned: 2, clustersPlayed: 1, tally: { played: 1, interrupted: 1 } })
  expect(last.tally).not.toHaveProperty('missed')
  expect((await p.broadcast(broadcast.id)).status).toBe('cancelled')
})

test('a session that sounded by an older plan when it was called off is unknown until its end is told', async () => {
  const { hands, broadcast } = await station('00008', 1)
  const [armed, started, finished] = story(broadcast)
  // A cluster whose clock runs ahead has begun already.
  await hands[0]?.journal([armed, started])
  await become(broadcast.id, ['playing'])
  await p.admin.post(`/api/broadcasts/${broadcast.id}/cancel`)
  expect(await statesOf(broadcast.id)).toEqual(['unknown no-journal'])
  await hands[0]?.journal([finished])
  await become(broadcast.id, ['played'])
})

test('a session that was moved after it was armed is told as it was heard, by the old plan or by the new', async () => {
  const { hands, broadcast } = await station('00025', 2)
  const [offline, online] = hands
  for (const hand of hands) await hand.journal(playedStory(broadcast).slice(0, 1))
  await become(broadcast.id, ['armed', 'armed'])
  const before = Date.parse(broadcast.startAt)
  const moved = before + 2 * HOUR
  const time = new Date(moved + 7 * HOUR).toISOString().slice(11, 19)
  const exception = { date: broadcast.originalDate, kind: 'move', to: { time } }
  const path = `/api/programmes/${broadcast.programmeId}/exceptions/${broadcast.originalDate}`
  expect((await p.admin.put(path, { exception })).status).toBe(200)
  const after = await p.until(async () => {
    const now = await p.broadcast(broadcast.id)
    return Date.parse(now.startAt) === moved && now
  }, 'moved')
  expect(Date.parse(after.endAt) - moved).toBe(Date.parse(broadcast.endAt) - before)
  // It is still to come, so what one cluster has played already closes nothing.
  await p.jumpTo(before + HOUR)
  await offline?.journal(playedStory(broadcast).slice(1))
  await become(broadcast.id, ['played', 'armed'])
  expect((await p.broadcast(broadcast.id)).status).toBe('planned')
  await p.jumpTo(moved + HOUR)
  await online?.journal(playedStory(after, 2).slice(1))
  await p.until(() => online?.acked() === 1)
  const [third, last] = playedStory(after, 1).slice(1)
  await online?.journal([third, last].flatMap((entry) => entry ?? []))
  await become(broadcast.id, ['played', 'played'])
  const { deliveries, status } = await p.broadcast(broadcast.id)
  expect(status).toBe('closed')
  expect(deliveries.map(({ startErrorMs }) => startErrorMs)).toEqual([-2 * HOUR + 20, 20])
})

test('a cluster that has sounded a session before it was given more to say has heard a part of it', async () => {
  const { hands, broadcast } = await station('00091', 2)
  const [early] = hands
  // Its clock runs ahead.
  await early?.journal(story(broadcast))
  await become(broadcast.id, ['played', 'planned'])
  const path = `/api/programmes/${broadcast.programmeId}`
  const { body: programme } = await p.admin.get(path)
  const airs = async (...ids: string[]) => {
    const { revision } = (await p.admin.get(path)).body
    const rundown = ids.map((id) => ({ kind: 'bulletin', bulletinId: id }))
    expect((await p.admin.put(path, { ...programme, revision, rundown })).status).toBe(200)
  }
  await airs(bulletinId, await p.bulletin())
  await become(broadcast.id, ['partial', 'planned'])
  const { playedMs } = (await p.broadcast(broadcast.id)).deliveries[0] ?? {}
  expect(playedMs).toBe(Date.parse(broadcast.endAt) - Date.parse(broadcast.startAt))
  await airs(bulletinId)
  await become(broadcast.id, ['played', 'planned'])
})

test('a cluster that was replaced tells its own story beside that of the one before, in whatever order both come', async () => {
  const { hands, broadcast } = await station('00070', 1)
  const [hand] = hands
  await p.jumpTo(Date.parse(broadcast.endAt) + 10 * MINUTE)
  await tickLedger(p.controller.controller.ctx, 0)
  await become(broadcast.id, ['unknown no-journal'])
  const figures = async () => {
    const date = broadcast.originalDate
    const { body } = await p.admin.get(`/api/reports/played?from=${date}&to=${date}&by=day&areaCode=00070`)
    return body.items
  }
  const [day] = await figures()
  expect(day).toMatchObject({ key: broadcast.originalDate, sessions: 1, planned: 1, heard: 0, unknown: 1 })
  const [armed, started, finished] = story(broadcast)
  // The new one was too late for the session; what the old one has played is read out of it days later.
  await hand?.journal(
    [{ ...armed, bootId: 'boot-9', at: finished.at, kind: 'skipped', reason: 'too-late' }],
    'log00002',
  )
  await become(broadcast.id, ['missed too-late'])
  await hand?.journal([finished, armed])
  await hand?.journal([started])
  await become(broadcast.id, ['played'])
  await p.until(() => reportsOf(broadcast.id).length === 3)
  await hand?.journal([armed, started, finished])
  await hand?.journal(
    [{ ...armed, bootId: 'boot-9', at: finished.at, kind: 'skipped', reason: 'too-late' }],
    'log00002',
  )
  await nothingMore()
  expect(await statesOf(broadcast.id)).toEqual(['played'])
  expect(await figures()).toMatchObject([{ sessions: 1, planned: 1, heard: 1, missed: 0, unknown: 0 }])
  expect(reportsOf(broadcast.id).map(({ revision, tally }) => [revision, tally])).toEqual([
    [1, { unknown: 1 }],
    [2, { missed: 1 }],
    [3, { played: 1 }],
  ])
})
