import { afterAll, beforeAll, expect, test } from 'vitest'
import { BroadcastId } from '#protocol/ids.ts'
import type { Codec } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import { givenTo } from '../../controller/broadcasts/suit-to.ts'
import { explainSession } from '../../controller/broadcasts/why/explain-session.ts'
import { statusOf } from '../mqtt/messages.ts'
import { MINUTE, openProvince, type Province, takeHand } from './commune.ts'
import { answer, cluster, deliveryOf, factsOf, item, START, sessionOf } from './why-facts.ts'

const relay = { kind: 'relay', relay: 'a', title: 'A', url: 'http://a/', codec: 'aac', ms: 20 * MINUTE } as const
const of = (plays: Codec[], made: Codec[], canRelay = false) => ({ plays, made, canRelay })
const none = new Map()

test('a cluster is given what it can play and what can be made for it, or it is said what it lacks', () => {
  const given = (items: (typeof item | typeof relay)[], abilities: ReturnType<typeof of>) =>
    givenTo(sessionOf({}, { items }).broadcast, abilities, none)
  expect(given([item, relay], of(['mp3'], ['mp3']))).toEqual({ items: [item], lack: null })
  expect(given([item, relay], of(['mp3', 'aac'], ['mp3'], true))).toEqual({ items: [item, relay], lack: null })
  expect(given([relay], of(['mp3', 'aac'], ['mp3']))).toEqual({ items: [], lack: 'cannot-relay' })
  expect(given([relay], of(['mp3'], ['mp3'], true))).toEqual({ items: [], lack: 'cannot-relay' })
  expect(given([item], of(['wav'], ['mp3']))).toEqual({ items: [], lack: 'no-codec' })
  expect(given([item], of(['wav'], ['mp3', 'wav']))).toEqual({ items: [], lack: 'nothing-to-play' })
  expect(given([], of(['wav'], ['mp3']))).toEqual({ items: [], lack: 'nothing-to-play' })
  // It relays by itself what nobody can make for it.
  expect(given([item, relay], of(['aac'], ['mp3'], true))).toEqual({ items: [relay], lack: null })
})

test('what follows a relay has to wait for it only where it is relayed', () => {
  const long = sessionOf({}, { id: BroadcastId.parse('brd_b'), items: [item, relay], endAt: START + 30 * MINUTE })
  const next = sessionOf({}, { startAt: START + 20 * MINUTE, endAt: START + 30 * MINUTE })
  const kindFor = (canRelay: boolean) => {
    const abilities = of(['mp3', 'aac'], ['mp3'], canRelay)
    return explainSession(next, factsOf({ sessions: [long, next], cluster: { ...cluster, abilities } })).kind
  }
  expect([kindFor(true), kindFor(false)]).toEqual(['will-not-sound', 'will-play'])
})

test.each([
  ['before', START - MINUTE],
  ['while it would air', START + MINUTE],
  ['until it is closed', START + 60 * MINUTE],
])(
  '%s a session that a cluster cannot play, it is said why; what it once had in its plan is another matter',
  (_, now) => {
    const plan = { ...cluster.plan, sessions: new Set<string>() }
    const deaf = { ...cluster, plan, abilities: of(['mp3'], ['mp3']) }
    const session = sessionOf({}, { items: [relay], endAt: START + 20 * MINUTE })
    expect(answer(factsOf({ now, sessions: [session], cluster: deaf }))).toEqual([
      'cannot-play',
      'Cụm loa “Cụm 1” không phát được buổi “Sáng” lúc 05:30 ngày 24/11/2026 vì cụm loa không phát được luồng tiếp sóng, mà buổi này không có nội dung nào khác.',
    ])
    const armed = { ...session, delivery: deliveryOf({ state: 'armed' }) }
    for (const other of [
      factsOf({ now, sessions: [armed], cluster: deaf }),
      factsOf({ now, sessions: [session], cluster: { ...deaf, plan: cluster.plan } }),
    ])
      expect(answer(other)[0]).not.toBe('cannot-play')
    const unmade = { ...deaf, abilities: of(['wav'], ['mp3', 'wav']) }
    expect(answer(factsOf({ now, sessions: [sessionOf()], cluster: unmade }))[0]).toBe('no-sound-yet')
    const mute = { ...deaf, abilities: of(['wav'], ['mp3']) }
    expect(answer(factsOf({ now, sessions: [sessionOf()], cluster: mute }))[1]).toContain('định dạng')
  },
)

let p: Province
beforeAll(async () => {
  const news = { name: 'thoi-su', title: 'Thời sự', url: 'https://radio.example.vn/thoi-su.mp3' }
  p = await openProvince({ env: { LOA_RELAYS: JSON.stringify([news]) } })
})
afterAll(() => p[Symbol.asyncDispose]())

test('a session that a cluster cannot play is missed for that reason, before and after alike; who could is unknown', async () => {
  const areaCode = '00004'
  const [deaf, able] = [await p.enrol(areaCode), await p.enrol(areaCode)]
  await using hand = await takeHand(able)
  await hand.device.publish(topics.status.path({ clusterId: able.clusterId }), { ...statusOf(80), features: ['relay'] })
  const made = await p.admin.post('/api/programmes', {
    name: 'Tiếp sóng',
    areaCode,
    startsOn: '2026-11-23',
    startTime: '17:00',
    targets: { areas: [areaCode] },
    rundown: [{ kind: 'relay', relay: 'thoi-su', minutes: 5 }],
  })
  expect(made.status).toBe(201)
  const { id, startAt, endAt } = await p.until(
    async () => (await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)).body.items[0],
    'the session',
  )
  await p.until(() => hand.holds(id), 'the plan of the one that can')
  const whyDeaf = async () =>
    (await p.admin.get(`/api/clusters/${deaf.clusterId}/why?at=${encodeURIComponent(startAt)}`)).body
  expect(await whyDeaf()).toMatchObject({ kind: 'cannot-play', delivery: { state: 'planned' } })

  await p.jumpTo(Date.parse(endAt) + 24 * 60 * MINUTE)
  const { deliveries } = await p.until(async () => {
    const broadcast = await p.broadcast(id)
    return broadcast.status === 'closed' && broadcast
  }, 'its end')
  const endOf = (clusterId: string) => deliveries.find((one) => one.clusterId === clusterId)
  expect(endOf(deaf.clusterId)).toMatchObject({ state: 'missed', reason: 'cannot-relay' })
  expect(endOf(able.clusterId)).toMatchObject({ state: 'unknown', reason: 'no-journal' })
  const told = await whyDeaf()
  expect(told.kind).toBe('missed')
  expect(told.sentence).toContain('không phát được luồng tiếp sóng')
}, 60_000)
