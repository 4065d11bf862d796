import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProgrammeId } from '#protocol/ids.ts'
import type { JournalEntry } from '#protocol/messages.ts'
import { isRelay } from '#protocol/rules/relay.ts'
import { topics } from '#protocol/topics.ts'
import type { StoredBroadcast } from '../../controller/broadcasts/broadcasts.store.ts'
import { suitRelays } from '../../controller/broadcasts/suit-codec.ts'
import { ConfigError, parseConfig } from '../../controller/config.ts'
import { isContent } from '../../controller/programmes/session/airing-item.ts'
import { syncRelays } from '../../controller/relays/sync.ts'
import { broadcastOf } from '../db/rows.ts'
import { problemsOf } from '../http/support.ts'
import { statusOf } from '../mqtt/messages.ts'
import { type Hand, MINUTE, openProvince, type Province, playedStory, takeHand } from './commune.ts'

const NEWS = { name: 'thoi-su', title: 'Thời sự', url: 'https://radio.example.vn/thoi-su.mp3' }
const LAW = { name: 'phap-luat', title: 'Pháp luật', url: 'http://10.1.2.3:8000/live', codec: 'aac' }
/** Five minutes, less the lead-in. */
const RELAYED_MS = 5 * MINUTE - 800
let p: Province
beforeAll(async () => {
  p = await openProvince({ env: { LOA_RELAYS: JSON.stringify([NEWS, LAW]) } })
})
afterAll(() => p[Symbol.asyncDispose]())

async function clusterWith(areaCode: string, features?: string[]): Promise<Hand> {
  const identity = await p.enrol(areaCode)
  const hand = await takeHand(identity)
  await hand.device.publish(topics.status.path({ clusterId: identity.clusterId }), { ...statusOf(80), features })
  return hand
}

const itemsIn = async (hand: Hand, id: string) =>
  (await hand.plan())?.occurrences.find((occurrence) => occurrence.id === id)?.items ?? []

test('a relay is sent to clusters that can, by the address on the list; others get the session without it', async () => {
  const areaCode = '00004'
  await using able = await clusterWith(areaCode, ['relay', 'feature-of-2030'])
  await using unable = await clusterWith(areaCode)
  const bulletinId = await p.bulletin()
  const rundown = [
    { kind: 'bulletin', bulletinId },
    { kind: 'relay', relay: 'thoi-su', minutes: 5 },
  ]
  const broadcast = await p.schedule(areaCode, bulletinId, { rundown })
  expect(broadcast.rundown.at(-1)).toEqual({ kind: 'relay', title: 'Thời sự', ms: RELAYED_MS })
  const relay = await p.until(async () => (await itemsIn(able, broadcast.id)).find(isRelay), 'the relay')
  expect(relay).toEqual({ kind: 'relay', url: NEWS.url, ms: RELAYED_MS, codec: 'mp3', gainDb: 0 })
  await p.until(async () => (await itemsIn(unable, broadcast.id)).length === 1, 'the session without it')

  await p.jumpTo(Date.parse(broadcast.endAt))
  const said = await p.broadcast(broadcast.id)
  const lost = (seq: number, ms: number): JournalEntry[] =>
    playedStory(said, seq).map((entry) => (entry.kind === 'finished' ? { ...entry, ms, reason: 'stream-lost' } : entry))
  await able.journal(lost(1, 60_000))
  await unable.journal(lost(1, 0).map(({ reason: _, ...entry }) => entry))
  const states = await p.until(async () => {
    const { deliveries } = await p.broadcast(broadcast.id)
    return deliveries.every(({ playedMs }) => playedMs !== null) && deliveries
  })
  expect(states.map(({ state, reason }) => `${state} ${reason}`).sort()).toEqual(['missed null', 'partial stream-lost'])
  const report = await p.until(() => p.source.reports.find((one) => one.report.broadcastId === broadcast.id))
  expect(report.report.bulletins).toHaveLength(1)
}, 60_000)

test('a stream that is not on the list is refused at save by name, and people see titles, not addresses', async () => {
  await p.enrol('00008')
  const answer = await p.admin.post('/api/programmes', {
    name: 'Tiếp sóng',
    areaCode: '00008',
    startsOn: '2026-11-24',
    startTime: '05:30',
    targets: { areas: ['00008'] },
    maxMinutes: 20,
    rundown: [
      { kind: 'relay', relay: 'thoi-su', minutes: 15 },
      { kind: 'relay', relay: 'la', minutes: 15 },
    ],
  })
  expect([answer.status, problemsOf(answer.body)]).toEqual([422, ['rundown.1.relay programme.relayUnknown']])
  const tooLong = await p.admin.post('/api/programmes', {
    name: 'Tiếp sóng',
    areaCode: '00008',
    startsOn: '2026-11-24',
    startTime: '21:30',
    targets: { areas: ['00008'] },
    maxMinutes: 20,
    rundown: [{ kind: 'relay', relay: 'thoi-su', minutes: 45 }],
  })
  expect(problemsOf(tooLong.body).sort()).toEqual(['maxMinutes programme.tooLong', 'startTime programme.quietHours'])
  const { body } = await p.admin.get('/api/relays')
  expect(body).toEqual({
    items: [
      { name: 'phap-luat', title: 'Pháp luật' },
      { name: 'thoi-su', title: 'Thời sự' },
    ],
  })
})

test('a bulletin that would take the place of a stream says so before it is placed', async () => {
  const areaCode = '00082'
  await p.enrol(areaCode)
  const { body } = await p.admin.post('/api/programmes', {
    name: 'Tiếp sóng',
    areaCode,
    startsOn: '2026-11-25',
    startTime: '17:00',
    targets: { areas: [areaCode] },
    maxMinutes: 5,
    rundown: [{ kind: 'relay', relay: 'phap-luat', minutes: 5 }, { kind: 'inbox' }],
  })
  const item = `/api/inbox/${areaCode}/${await p.bulletin({ targets: [areaCode] })}`
  const [choice] = (await p.admin.get(`${item}/sessions`)).body.items
  expect(choice).toMatchObject({ before: { usedMs: RELAYED_MS, fill: 'full' }, drops: [{ title: 'Pháp luật' }] })
  const sessions = [{ programmeId: body.id, originalDate: '2026-11-25' }]
  const refused = await p.admin.post(`${item}/place`, { sessions })
  expect([refused.status, problemsOf(refused.body)]).toEqual([409, ['sessions.0 inbox.wouldDrop']])
  const { status } = await p.admin.post(`${item}/place`, { sessions, insist: true })
  expect(status).toBe(200)
})

test('a stream that the administrator takes off the list leaves every session, and what was nothing else is called off', async () => {
  const areaCode = '00070'
  await using hand = await clusterWith(areaCode, ['relay'])
  const bulletinId = await p.bulletin()
  const alone = await p.schedule(areaCode, bulletinId, { rundown: [{ kind: 'relay', relay: 'thoi-su', minutes: 5 }] })
  await p.until(async () => (await itemsIn(hand, alone.id)).some(isRelay))
  const { ctx } = p.controller.controller
  await syncRelays({ ...ctx, config: { relays: [{ ...NEWS, url: 'https://radio.example.vn/moi', codec: 'mp3' }] } })
  await p.until(
    async () => (await itemsIn(hand, alone.id))[0]?.url === 'https://radio.example.vn/moi',
    'the new address',
  )
  await syncRelays({ ...ctx, config: { relays: [] } })
  await p.until(async () => (await p.broadcast(alone.id)).status === 'cancelled', 'the session to be called off')
  await p.until(async () => (await itemsIn(hand, alone.id)).length === 0, 'the plan without it')
}, 60_000)

test('a cluster gets only streams in a codec that it plays, and no session of chimes and streams that it cannot hear', () => {
  const relay = { kind: 'relay' as const, relay: 'a', title: 'A', url: 'http://a/', codec: 'aac' as const, ms: 60_000 }
  const file = { sha256: 'a'.repeat(64), bytes: 1, codec: 'mp3' as const, ms: 1_000 }
  const chime = { kind: 'chime' as const, title: null, ...file }
  const session: StoredBroadcast = broadcastOf(
    { id: ProgrammeId.parse('prg_a'), areaCode: '31813' },
    { items: [chime, relay] },
  )
  const heard = (plays: ('mp3' | 'aac')[], canRelay: boolean) =>
    suitRelays([session], { plays, canRelay }).map(({ items }) => items.filter(isContent).length)
  expect(heard(['mp3', 'aac'], true)).toEqual([1])
  expect(heard(['mp3'], true)).toEqual([])
  expect(heard(['mp3', 'aac'], false)).toEqual([])
})

test.each([
  ['not JSON', 'thoi-su'],
  ['an address of the controller’s own disk', JSON.stringify([{ ...NEWS, url: 'file:///etc/passwd' }])],
  ['a secret in the address', JSON.stringify([{ ...NEWS, url: 'https://u:secret@radio.example.vn/' }])],
  ['a name that is none', JSON.stringify([{ ...NEWS, name: 'Thời sự' }])],
  ['a name twice', JSON.stringify([NEWS, NEWS])],
  ['a word that nobody knows', JSON.stringify([{ ...NEWS, uri: 'x' }])],
])('a list with %s is refused at the start', (_, LOA_RELAYS) => {
  expect(() => parseConfig({ LOA_RELAYS })).toThrow(ConfigError)
})
