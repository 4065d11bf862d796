import { afterAll, beforeAll, expect, test } from 'vitest'
import { filesOf } from '#protocol/rules/relay.ts'
import { topics } from '#protocol/topics.ts'
import { statusOf } from '../mqtt/messages.ts'
import { type Hand, openProvince, type Province, takeHand } from './commune.ts'

const COMMUNE = '00004'

let p: Province
beforeAll(async () => {
  p = await openProvince()
})
afterAll(() => p[Symbol.asyncDispose]())

async function clusterThatPlays(codecs?: string[]): Promise<{ hand: Hand; codecOf: (id: string) => Promise<string> }> {
  const { clusterId, ...identity } = await p.enrol(COMMUNE)
  const hand = await takeHand({ clusterId, ...identity })
  await hand.device.publish(topics.status.path({ clusterId }), { ...statusOf(80), codecs })
  const codecOf = async (id: string): Promise<string> => {
    const occurrence = (await hand.plan())?.occurrences.find((one) => one.id === id)
    return occurrence?.items.map(({ codec }) => codec).join() ?? ''
  }
  return { hand, codecOf }
}

test('each cluster gets the file in the codec that it plays and that costs least', async () => {
  const [old, thrifty, newer, odd] = [
    await clusterThatPlays(),
    await clusterThatPlays(['mp3', 'opus', 'aac']),
    await clusterThatPlays(['mp3', 'codec of the future']),
    await clusterThatPlays(['aac']),
  ]
  const bulletinId = await p.bulletin()
  const broadcast = await p.schedule(COMMUNE, bulletinId)

  await p.until(async () => (await thrifty.codecOf(broadcast.id)) === 'opus', 'opus in the plan')
  await p.until(async () => (await odd.codecOf(broadcast.id)) === 'aac', 'aac in the plan')
  await p.until(async () => (await old.codecOf(broadcast.id)) === 'mp3', 'mp3 in the plan')
  await p.until(async () => (await newer.codecOf(broadcast.id)) === 'mp3', 'mp3 in the plan')

  const plan = await thrifty.hand.plan()
  const [item] = filesOf(plan?.occurrences[0]?.items ?? [])
  const answer = await fetch(new URL(item?.url ?? '', plan?.settings.mediaBaseUrl))
  expect(answer.headers.get('content-type')).toBe('audio/ogg')
  expect((await answer.arrayBuffer()).byteLength).toBe(item?.bytes)
  // What was made once is made for all.
  const late = await clusterThatPlays(['opus'])
  await p.until(async () => (await late.codecOf(broadcast.id)) === 'opus', 'opus in the late plan')
  const [lateItem] = filesOf((await late.hand.plan())?.occurrences[0]?.items ?? [])
  expect(lateItem?.sha256).toBe(item?.sha256)
  const { tally } = await p.broadcast(broadcast.id)
  expect(Object.values(tally).reduce((sum, n) => sum + n, 0)).toBe(5)
}, 60_000)

test('a cluster that keeps saying that it holds an older plan is sent the newest once more', async () => {
  const { clusterId, ...identity } = await p.enrol(COMMUNE)
  await using hand = await takeHand({ clusterId, ...identity })
  const broadcast = await p.schedule(COMMUNE, await p.bulletin(), { startTime: '19:00', maxMinutes: 5 })
  await p.until(() => hand.holds(broadcast.id), 'the plan')
  const plans = () => hand.device.received.filter(({ topic }) => topic === topics.plan.path({ clusterId })).length
  const before = plans()
  const say = () => hand.device.publish(topics.status.path({ clusterId }), statusOf(80))
  await say()
  await p.until(async () => (await p.admin.get(`/api/clusters/${clusterId}`)).body.status !== null, 'the first status')
  expect(plans()).toBe(before)
  await say()
  await p.until(async () => plans() === before + 1, 'the plan again')
})
