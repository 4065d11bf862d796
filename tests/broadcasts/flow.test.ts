import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JournalEntry } from '#protocol/messages.ts'
import { filesOf } from '#protocol/rules/relay.ts'
import { planEverything } from '../../controller/broadcasts/replan.ts'
import { type Speech, SpeechError } from '../../controller/speech/speech.ts'
import { tickLedger } from '../../controller/ticks.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { MINUTE, openProvince, type Province, playedStory, takeHand } from './commune.ts'

let p: Province
let bulletinId: string
beforeAll(async () => {
  p = await openProvince()
  bulletinId = await p.bulletin()
})
afterAll(() => p[Symbol.asyncDispose]())

const COMMUNES = [
  '00004',
  '00008',
  '00025',
  '00070',
  '00082',
  '00091',
  '00097',
  '00103',
  '00118',
  '00127',
  '00136',
  '00145',
  '00160',
  '00166',
  '00175',
  '00190',
]
/** A commune that no other test uses, with one cluster. */
async function commune() {
  const areaCode = COMMUNES.shift() ?? ''
  const identity = await p.enrol(areaCode)
  const hand = await takeHand(identity)
  return { areaCode, identity, hand }
}
const stateOf = async (id: string) => {
  const [delivery] = (await p.broadcast(id)).deliveries
  return delivery?.reason ? `${delivery.state} ${delivery.reason}` : delivery?.state
}
const becomes = (id: string, state: string) => p.until(async () => (await stateOf(id)) === state, `${id} ${state}`)
const reportsOf = (id: string) =>
  p.source.reports.filter(({ report }) => report.broadcastId === id).map(({ report }) => report)
const after = (broadcast: { endAt: string }, ms: number) => Date.parse(broadcast.endAt) + ms
const replanned = async () => {
  await planEverything(p.controller.controller.ctx)
  await p.clock.advance(2_000)
}

test('an enrolled cluster gets a signed, retained plan; its journal is stored, acknowledged, closed as played and reported once', async () => {
  const { areaCode, identity, hand } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId)
  await p.until(() => hand.holds(broadcast.id))
  const plan = await hand.plan()
  expect(plan).toMatchObject({ clusterId: identity.clusterId, settings: { mediaBaseUrl: `${p.controller.url}/` } })
  const [item] = filesOf(plan?.occurrences[0]?.items ?? [])
  const audio = await fetch(new URL(item?.url ?? '', plan?.settings.mediaBaseUrl))
  expect((await audio.arrayBuffer()).byteLength).toBe(item?.bytes)
  // Whoever comes later finds the plan at the broker.
  await using late = await takeHand(identity)
  await p.until(() => late.holds(broadcast.id))
  await late.device.until(({ retain }) => retain)

  p.source.failNext(2)
  await p.jumpTo(after(broadcast, 1_000))
  expect((await p.broadcast(broadcast.id)).status).toBe('airing')
  await late.journal(playedStory(broadcast))
  await p.until(() => late.acked() === 3)
  await becomes(broadcast.id, 'played')
  await p.until(() => reportsOf(broadcast.id).length === 1, 'report')
  expect(reportsOf(broadcast.id)[0]).toMatchObject({
    revision: 1,
    clustersPlanned: 1,
    clustersPlayed: 1,
    tally: { played: 1 },
  })
  const closed = await p.until(async () => {
    const now = await p.broadcast(broadcast.id)
    return now.reports[0]?.state === 'delivered' && now
  })
  expect(closed).toMatchObject({ status: 'closed', tally: { played: 1 } })
  expect(closed.reports[0]).toMatchObject({ revision: 1, attempts: 3, lastError: null })
  expect(closed.deliveries[0]).toMatchObject({ startErrorMs: 20, audible: true })
})

test('a source that keeps a report and never answers has it once, after another try', async () => {
  const { areaCode, hand } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId)
  p.source.hangNext(1, { storing: true })
  await p.jumpTo(after(broadcast, 1_000))
  const before = p.source.attempts
  await hand.journal(playedStory(broadcast))
  await p.until(() => reportsOf(broadcast.id).length === 1, 'first report')
  await p.clock.advance(75_000)
  await p.until(async () => (await p.broadcast(broadcast.id)).reports[0]?.state === 'delivered', 'delivery')
  expect(reportsOf(broadcast.id)).toHaveLength(1)
  expect(p.source.attempts - before).toBe(2)
})

test('a report that the source refuses for good is shown as failed', async () => {
  const { areaCode, hand } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId)
  p.source.rejectNext(1)
  await p.jumpTo(after(broadcast, 1_000))
  await hand.journal(playedStory(broadcast))
  await p.until(async () => (await p.broadcast(broadcast.id)).reports[0]?.state === 'failed', 'refusal')
  expect((await p.broadcast(broadcast.id)).reports[0]).toMatchObject({
    state: 'failed',
    lastError: 'Hệ thống thông tin nguồn không nhận báo cáo này (HTTP 422). Hãy báo quản trị hệ thống.',
  })
})

test('duplicate, reordered and gapped batches come to the same ledger, and nothing past a gap is acknowledged', async () => {
  const { areaCode, hand } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId)
  await p.jumpTo(after(broadcast, 1_000))
  const [armed, started, finished] = playedStory(broadcast) as [JournalEntry, JournalEntry, JournalEntry]
  await hand.journal([finished])
  await becomes(broadcast.id, 'played')
  expect(hand.acked()).toBe(0)
  await hand.journal([armed])
  await hand.journal([finished, armed])
  await p.until(() => hand.acked() === 1)
  await hand.journal([started, started])
  await p.until(() => hand.acked() === 3)
  // The start came last, and still its error is in the ledger.
  await p.until(async () => (await p.broadcast(broadcast.id)).deliveries[0]?.startErrorMs === 20, 'start error')
  expect(await stateOf(broadcast.id)).toBe('played')
  await p.until(() => reportsOf(broadcast.id).length > 0)
  await p.clock.advance(5_000)
  expect(reportsOf(broadcast.id)).toHaveLength(1)
})

test('a session without a word is unknown when its time is over; the journal that comes later corrects it and the source', async () => {
  const { areaCode, hand } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId, { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY;COUNT=2' } })
  const { ctx } = p.controller.controller
  // A cluster that was late may still be playing it: it stays in the plan for as long as a start may be late.
  await p.jumpTo(after(broadcast, 4 * MINUTE))
  await replanned()
  expect(await hand.holds(broadcast.id)).toBe(true)
  await p.jumpTo(after(broadcast, 6 * MINUTE))
  await replanned()
  await p.until(async () => !(await hand.holds(broadcast.id)), 'plan without it')
  await tickLedger(ctx, 0)
  expect((await p.broadcast(broadcast.id)).status).toBe('airing')
  await p.jumpTo(after(broadcast, 8 * MINUTE))
  await tickLedger(ctx, 0)
  expect(await stateOf(broadcast.id)).toBe('unknown no-journal')
  await p.until(() => reportsOf(broadcast.id).length === 1)
  expect(reportsOf(broadcast.id)[0]).toMatchObject({ revision: 1, clustersPlayed: 0, tally: { unknown: 1 } })
  await p.jumpTo(after(broadcast, 3 * 24 * 60 * MINUTE))
  const [armed, started, finished] = playedStory(broadcast) as [JournalEntry, JournalEntry, JournalEntry]
  await hand.journal([armed, started])
  await p.until(() => hand.acked() === 2)
  expect(await stateOf(broadcast.id)).toBe('unknown no-journal')
  await hand.journal([finished])
  await becomes(broadcast.id, 'played')
  await p.until(() => reportsOf(broadcast.id).length === 2)
  expect(reportsOf(broadcast.id)[1]).toMatchObject({ revision: 2, clustersPlayed: 1, tally: { played: 1 } })
})

test('why a cluster did not play reaches the ledger and is not counted as played', async () => {
  const { areaCode, identity, hand } = await commune()
  const others = [await p.enrol(areaCode), await p.enrol(areaCode), await p.enrol(areaCode)]
  const hands = [hand, ...(await Promise.all(others.map(takeHand)))]
  const broadcast = await p.schedule(areaCode, bulletinId)
  await p.jumpTo(after(broadcast, 1_000))
  const said = {
    seq: 1,
    bootId: 'boot-1',
    occurrenceId: playedStory(broadcast)[0]?.occurrenceId,
    at: Date.parse(broadcast.startAt),
  }
  await hands[0]?.journal([{ ...said, kind: 'skipped', reason: 'audio-missing' }])
  await hands[1]?.journal([{ ...said, kind: 'refused', reason: 'clock-bad' }])
  await hands[2]?.journal(playedStory(broadcast, 1, { audible: false }))
  await hands[3]?.journal(playedStory(broadcast, 1, { offsetMs: 90_000 }))
  await p.until(() => reportsOf(broadcast.id).length === 1)
  const { deliveries, status } = await p.broadcast(broadcast.id)
  expect(status).toBe('closed')
  const told = [identity, ...others].map(({ clusterId }) => {
    const { state, reason } = deliveries.find((delivery) => delivery.clusterId === clusterId) ?? {}
    return `${state} ${reason}`
  })
  expect(told).toEqual(['missed audio-missing', 'refused clock-bad', 'missed inaudible', 'late null'])
  expect(reportsOf(broadcast.id)[0]).toMatchObject({
    clustersPlanned: 4,
    clustersPlayed: 1,
    tally: { missed: 2, refused: 1, late: 1 },
  })
  for (const one of hands) await one[Symbol.asyncDispose]()
})

test('a session that its cluster has refused beforehand stays planned until it has begun, and is closed once', async () => {
  const { areaCode, hand } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId)
  const [armed] = playedStory(broadcast) as [JournalEntry]
  await hand.journal([{ ...armed, kind: 'refused', reason: 'clock-bad' }])
  await becomes(broadcast.id, 'refused clock-bad')
  expect((await p.broadcast(broadcast.id)).status).toBe('planned')
  await replanned()
  await p.until(() => hand.holds(broadcast.id))
  expect(reportsOf(broadcast.id)).toEqual([])
  await p.jumpTo(after(broadcast, 8 * MINUTE))
  await tickLedger(p.controller.controller.ctx, 0)
  await p.until(() => reportsOf(broadcast.id).length === 1)
  expect(await p.broadcast(broadcast.id)).toMatchObject({ status: 'closed', tally: { refused: 1 } })
})

test('nobody can journal for a session of another commune', async () => {
  const [one, other] = [await commune(), await commune()]
  const broadcast = await p.schedule(one.areaCode, bulletinId)
  await p.jumpTo(after(broadcast, 1_000))
  await other.hand.journal(playedStory(broadcast))
  await p.until(() => other.hand.acked() === 3)
  expect(await stateOf(broadcast.id)).toBe('planned')
})

test('a cancelled session leaves the plan, is said to be cancelled, and no replanning brings it back', async () => {
  const { areaCode, hand } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId, { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY;COUNT=2' } })
  await p.until(() => hand.holds(broadcast.id))
  expect((await p.admin.post(`/api/broadcasts/${broadcast.id}/cancel`)).status).toBe(200)
  await p.until(async () => !(await hand.holds(broadcast.id)), 'plan without it')
  expect(await p.broadcast(broadcast.id)).toMatchObject({ status: 'cancelled', tally: { missed: 1 } })
  expect(await stateOf(broadcast.id)).toBe('missed cancelled-here')
  await replanned()
  expect((await hand.plan())?.occurrences).toHaveLength(1)
  expect(await hand.holds(broadcast.id)).toBe(false)
  expect((await p.admin.post(`/api/broadcasts/${broadcast.id}/cancel`)).status).toBe(409)
  // A cluster that agrees changes nothing for the source; one that has played it all the same does.
  await p.jumpTo(after(broadcast, 1_000))
  const story = playedStory(broadcast, 2)
  await hand.journal([{ ...(story[0] as JournalEntry), seq: 1, kind: 'skipped', reason: 'cancelled' }])
  await p.until(() => hand.acked() === 1)
  await p.clock.advance(3_000)
  expect(reportsOf(broadcast.id)).toEqual([])
  await hand.journal(story)
  await p.until(() => reportsOf(broadcast.id).length === 1)
  expect(reportsOf(broadcast.id)[0]).toMatchObject({ clustersPlayed: 1 })
})

test('a programme that ends withdraws its sessions to come, and what is on air counts as it was heard', async () => {
  const { areaCode, hand } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId, { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY;COUNT=3' } })
  await p.until(async () => (await hand.plan())?.occurrences.length === 3)
  await p.jumpTo(Date.parse(broadcast.startAt) + 100)
  expect((await p.admin.post(`/api/programmes/${broadcast.programmeId}/end`)).status).toBe(200)
  await p.until(async () => (await hand.plan())?.occurrences.length === 0)
  await p.jumpTo(after(broadcast, 1_000))
  await hand.journal(playedStory(broadcast))
  await becomes(broadcast.id, 'played')
  const { body } = await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)
  expect(body.items.map((item: { status: string }) => item.status)).toEqual(['closed', 'cancelled', 'cancelled'])
})

test('sound that is ready only after scheduling enters the plan, and an edited bulletin airs as approved until it is approved anew', async () => {
  const { areaCode, hand } = await commune()
  const content = { title: 'Hai bản', class: 'ordinary', script: 'Bản thứ nhất.', targets: ['01'] }
  const { id } = (await p.admin.post('/api/bulletins', content)).body
  for (const step of ['submit', 'approve']) await p.admin.post(`/api/bulletins/${id}/${step}`)
  const broadcast = await p.schedule(areaCode, id)
  await p.until(() => hand.holds(broadcast.id), 'sound in the plan')
  const airs = async () => {
    const items = (await hand.plan())?.occurrences.find((one) => one.id === broadcast.id)?.items ?? []
    return filesOf(items)[0]?.sha256
  }
  const first = await airs()
  const edited = await p.admin.put(`/api/bulletins/${id}`, { ...content, script: 'Bản thứ hai, dài hơn một chút.' })
  expect(edited.body).toMatchObject({ status: 'draft', versionNumber: 2 })
  await p.until(
    async () => (await p.admin.get(`/api/bulletins/${id}`)).body.rendition.step === 'ready',
    'second version',
  )
  await replanned()
  expect(await airs()).toBe(first)
  for (const step of ['submit', 'approve']) await p.admin.post(`/api/bulletins/${id}/${step}`)
  await p.until(async () => (await airs()) !== first, 'new version in the plan')
  expect(await airs()).toBe((await p.admin.get(`/api/bulletins/${id}`)).body.rendition.audio.sha256)
})

test('a cluster that is enrolled later joins the sessions to come, and station settings reach every plan', async () => {
  const { areaCode } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId)
  await using late = await takeHand(await p.enrol(areaCode))
  await p.until(() => late.holds(broadcast.id))
  expect((await p.broadcast(broadcast.id)).tally).toEqual({ planned: 2 })
  const station = (await p.admin.get(`/api/stations/${areaCode}`)).body
  await p.admin.put(`/api/stations/${areaCode}`, { ...station, volume: { day: 33, night: 11 } })
  await p.until(async () => (await late.plan())?.settings.volume.day === 33)
  // Quiet hours that swallow the session take it out again.
  await p.admin.put(`/api/stations/${areaCode}`, { ...station, quietHours: { from: '22:00', to: '21:59' } })
  await p.until(async () => !(await late.holds(broadcast.id)), 'quiet')
  expect((await p.broadcast(broadcast.id)).status).toBe('cancelled')
  await p.admin.put(`/api/stations/${areaCode}`, station)
  await p.until(() => late.holds(broadcast.id), 'revived')
  expect(await p.broadcast(broadcast.id)).toMatchObject({ status: 'planned', tally: { planned: 2 } })
})

test('after a restart the same plan is published under the same key, and a journal from before it is taken', async () => {
  const { areaCode, identity, hand } = await commune()
  const broadcast = await p.schedule(areaCode, bulletinId)
  await p.until(() => hand.holds(broadcast.id))
  const before = await hand.plan()
  const key = await readFile(join(p.dataDir, 'secrets', 'signing-key.json'), 'utf8')
  await hand[Symbol.asyncDispose]()
  const port = new URL(identity.mqtt.url).port
  const at = after(broadcast, 1_000)
  await p.controller.controller[Symbol.asyncDispose]()
  await using again = await openProvince({ dataDir: p.dataDir, now: at })
  expect(await readFile(join(p.dataDir, 'secrets', 'signing-key.json'), 'utf8')).toBe(key)
  const moved = {
    ...identity.mqtt,
    url: identity.mqtt.url.replace(port, new URL(again.controller.controller.ctx.mqttPublicUrl).port),
  }
  await using back = await takeHand({ ...identity, mqtt: moved })
  await again.until(async () => (await back.plan()) !== null, 'plan after the restart')
  expect((await back.plan())?.version).toBeGreaterThanOrEqual(before?.version ?? 0)
  await back.journal(playedStory(broadcast))
  await again.until(() => back.acked() === 3)
  await again.until(async () => (await again.broadcast(broadcast.id)).tally.played === 1, 'played')
})

test('a production that fails is given up visibly, can be set going again, and then airs', async () => {
  const failures = { left: 5 }
  const speech: Speech = {
    ...toneSpeech,
    speak: async (...args) => {
      if (failures.left-- > 0) throw new SpeechError('crashed', 'on purpose')
      return toneSpeech.speak(...args)
    },
  }
  await using q = await openProvince({ speech })
  const content = { title: 'Khó đọc', class: 'ordinary', script: 'Xin chào.', targets: ['01'] }
  const { id } = (await q.admin.post('/api/bulletins', content)).body
  const rendition = async () => (await q.admin.get(`/api/bulletins/${id}`)).body.rendition
  await q.clock.advance(40_000)
  await q.until(async () => (await rendition()).step === 'failed', 'failure')
  expect((await rendition()).failure).toMatch(/Tạo lại bản đọc/)
  await q.until(async () => (await q.admin.post(`/api/bulletins/${id}/produce`)).status === 200)
  await q.until(async () => (await rendition()).step === 'ready', 'sound')
  expect(await rendition()).toMatchObject({ failure: null, progress: 1 })
})
