import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Broadcast } from '#protocol/http/broadcasts.ts'
import { filesOf } from '#protocol/rules/relay.ts'
import { topics } from '#protocol/topics.ts'
import { planEverything } from '../../controller/broadcasts/replan.ts'
import { type Hand, openProvince, type Province, playedStory, takeHand } from './commune.ts'

let p: Province
beforeAll(async () => {
  // Monday 23 November 2026, 08:00 in Việt Nam.
  p = await openProvince()
})
afterAll(() => p[Symbol.asyncDispose]())

const COMMUNES = ['00004', '00008', '00025', '00070', '00082', '00091', '00097', '00103']
async function commune() {
  const areaCode = COMMUNES.shift() ?? ''
  const identity = await p.enrol(areaCode)
  return { areaCode, clusterId: identity.clusterId, hand: await takeHand(identity) }
}

/** Before sunrise in Việt Nam it is still yesterday in UTC. */
const AT_SIX = { startsOn: '2026-11-24', startTime: '06:00' }
/** The whole planned week: Tuesday 24 to Sunday 29, and Monday 30. */
const WEEK = { ...AT_SIX, repeat: { kind: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU' } }

const put = (bulletinIds: readonly string[], set: Record<string, unknown>, areaCode: string) =>
  p.admin.post('/api/programmes', {
    name: 'Chương trình',
    areaCode,
    targets: { areas: [areaCode] },
    rundown: bulletinIds.map((bulletinId) => ({ kind: 'bulletin', bulletinId })),
    ...set,
  })
const soundOf = async (bulletinId: string): Promise<string> =>
  (await p.admin.get(`/api/bulletins/${bulletinId}`)).body.rendition.audio.sha256
const dayOf = (at: number): number => new Date(at + 7 * 3_600_000).getUTCDate()

/** Which sounds the cluster is to play on which days of the month, by its newest plan. */
async function planOf(hand: Hand): Promise<Record<number, string[]>> {
  const occurrences = (await hand.plan())?.occurrences ?? []
  return Object.fromEntries(
    occurrences.map(({ startAt, items }) => [dayOf(startAt), filesOf(items).map((i) => i.sha256)]),
  )
}
const daysWith = async (hand: Hand, sha256: string): Promise<number[]> =>
  Object.entries(await planOf(hand)).flatMap(([day, sounds]) => (sounds.includes(sha256) ? [Number(day)] : []))
const airsOn = (hand: Hand, sha256: string, days: readonly number[]) =>
  p.until(async () => String(await daysWith(hand, sha256)) === String(days), `sound on ${days}`)

async function sessionsOf(areaCode: string): Promise<Broadcast[]> {
  const { body } = await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)
  return Promise.all(body.items.map((item: Broadcast) => p.broadcast(item.id)))
}
const replanned = async () => {
  await planEverything(p.controller.controller.ctx)
  await p.clock.advance(2_000)
}
/** A new version of a bulletin, approved. */
async function rewrite(bulletinId: string, set: Record<string, unknown>): Promise<void> {
  const { body } = await p.admin.get(`/api/bulletins/${bulletinId}`)
  const { title, script, targets } = body
  await p.admin.put(`/api/bulletins/${bulletinId}`, { title, class: body.class, script, targets, ...set })
  for (const step of ['submit', 'approve']) await p.admin.post(`/api/bulletins/${bulletinId}/${step}`)
}

test('a bulletin airs up to its last day by the commune’s clock, that day included, and other bulletins of the session go on', async () => {
  const { areaCode, hand } = await commune()
  const brief = await p.bulletin({ title: 'Sắp hết hạn', script: 'Nộp trước thứ Năm.', expiresOn: '2026-11-25' })
  const lasting = await p.bulletin({ script: 'Giữ vệ sinh.' })
  const alone = await put([brief], WEEK, areaCode)
  expect(alone.body.warnings).toEqual([
    'Bản tin “Sắp hết hạn” chỉ phát đến hết ngày 25/11/2026 vì hết hiệu lực; các buổi sau đó không có bản tin này.',
  ])
  await airsOn(hand, await soundOf(brief), [24, 25])
  expect((await sessionsOf(areaCode)).map(({ startAt }) => dayOf(Date.parse(startAt)))).toEqual([24, 25])

  const together = await put([brief, lasting], { ...WEEK, startTime: '07:00' }, areaCode)
  expect(together.body.warnings).toHaveLength(1)
  await airsOn(hand, await soundOf(lasting), [24, 25, 26, 27, 28, 29, 30])
  const both = [await soundOf(brief), await soundOf(lasting)]
  expect(await planOf(hand)).toMatchObject({ 25: both, 26: [both[1]], 30: [both[1]] })
})

test('a law may be announced before it takes effect', async () => {
  const { areaCode, hand } = await commune()
  const coming = await p.bulletin({ script: 'Luật mới sắp có hiệu lực.', effectiveOn: '2027-01-01' })
  expect((await put([coming], AT_SIX, areaCode)).body.warnings).toEqual([])
  await airsOn(hand, await soundOf(coming), [24])
})

test('another last day, once approved, moves the end of the series, and says of what it has taken out why', async () => {
  const { areaCode, hand } = await commune()
  const id = await p.bulletin({ script: 'Lịch tiêm phòng.', expiresOn: '2026-11-27' })
  await put([id], WEEK, areaCode)
  const sound = await soundOf(id)
  await airsOn(hand, sound, [24, 25, 26, 27])

  const { body: bulletin } = await p.admin.get(`/api/bulletins/${id}`)
  const { title, script, targets } = bulletin
  const content = { title, class: bulletin.class, script, targets, expiresOn: '2026-11-24' }
  await p.admin.put(`/api/bulletins/${id}`, content)
  await replanned()
  expect(await daysWith(hand, sound)).toEqual([24, 25, 26, 27])
  for (const step of ['submit', 'approve']) await p.admin.post(`/api/bulletins/${id}/${step}`)
  await airsOn(hand, sound, [24])
  const cancelled = (await sessionsOf(areaCode)).slice(1)
  expect(cancelled.map(({ status, cancelledBy }) => `${status} ${cancelledBy}`)).toEqual(
    Array(3).fill('cancelled expiry'),
  )
  expect(cancelled.map(({ deliveries }) => deliveries[0]?.reason)).toEqual(Array(3).fill('cancelled-here'))

  await rewrite(id, { expiresOn: null })
  await airsOn(hand, sound, [24, 25, 26, 27, 28, 29, 30])
  expect((await sessionsOf(areaCode)).map(({ status, cancelledBy }) => `${status} ${cancelledBy}`)).toEqual(
    Array(7).fill('planned null'),
  )
})

test('what has expired is neither approved nor scheduled, and the refusal names the day', async () => {
  const { areaCode } = await commune()
  const brief = await p.bulletin({ expiresOn: '2026-11-23' })
  const refused = await put([brief], AT_SIX, areaCode)
  const problem = { field: 'rundown.0.bulletinId', message: expect.stringContaining('23/11/2026') }
  expect(refused).toMatchObject({
    status: 422,
    body: { error: { problems: [{ ...problem, key: 'bulletin.expiresBefore' }] } },
  })
  expect((await put([brief], { startsOn: '2026-11-23', startTime: '21:00' }, areaCode)).status).toBe(201)

  const over = await p.bulletin({ expiresOn: '2026-11-22' }, ['submit'])
  const approval = await p.admin.post(`/api/bulletins/${over}/approve`)
  expect(approval).toMatchObject({
    status: 409,
    body: { error: { problems: [{ key: 'bulletin.expiredUnapproved' }] } },
  })
  expect(approval.body.error.message).toContain('22/11/2026')

  await p.jumpTo(Date.UTC(2026, 10, 23, 17, 0, 1))
  expect((await put([brief], WEEK, areaCode)).body.error.problems).toMatchObject([
    { ...problem, key: 'bulletin.expired' },
  ])
  await p.jumpTo(Date.UTC(2026, 10, 24, 1))
})

test('dates the wrong way round, and dates that are none, are refused beside their field', async () => {
  const content = { title: 'Bản tin', class: 'ordinary', script: 'Xin chào.', targets: ['01'] }
  const problems = async (set: Record<string, unknown>) =>
    (await p.admin.post('/api/bulletins', { ...content, ...set })).body.error?.problems.map(
      ({ field, key }: { field: string; key: string }) => `${field} ${key}`,
    )
  expect(await problems({ effectiveOn: '2026-12-01', expiresOn: '2026-11-30' })).toEqual([
    'expiresOn bulletin.datesReversed',
  ])
  expect(await problems({ effectiveOn: '2026-12-01', expiresOn: '2026-12-01' })).toBeUndefined()
  expect(await problems({ expiresOn: '2026-02-30' })).toEqual(['expiresOn format.date'])
  expect(await problems({ cites: ['', 'Luật số 31/2024/QH15'] })).toEqual(['cites.0 field.tooShort'])
})

test('withdrawing empties every plan to come in every commune, keeps the past, and only a new version brings it back', async () => {
  const [one, two, three] = [await commune(), await commune(), await commune()]
  const wrong = await p.bulletin({ title: 'Mức phạt cũ', script: 'Mức phạt hai triệu đồng.' })
  const right = await p.bulletin({ script: 'Đội mũ bảo hiểm.' })
  const before = await p.schedule(one.areaCode, wrong)
  await p.until(() => one.hand.holds(before.id))
  await p.jumpTo(Date.parse(before.endAt) + 1_000)
  await one.hand.journal(playedStory(before))
  await p.until(async () => (await p.broadcast(before.id)).status === 'closed', 'the first session to end')

  const tomorrow = { ...WEEK, startsOn: '2026-11-25' }
  await put([wrong], tomorrow, one.areaCode)
  await put([wrong, right], tomorrow, two.areaCode)
  await put([right], tomorrow, three.areaCode)
  const sounds = [await soundOf(wrong), await soundOf(right)]
  for (const { hand } of [one, two]) await p.until(async () => (await daysWith(hand, sounds[0] ?? '')).length >= 6)
  await p.until(async () => (await daysWith(three.hand, sounds[1] ?? '')).length >= 6)
  const untouched = await planOf(three.hand)

  // The other cluster has not been heard of.
  await one.hand.device.publish(topics.presence.path(one), { state: 'online', boot: 1 })
  await p.until(async () => (await p.admin.get(`/api/clusters/${one.clusterId}`)).body.presence === 'online')
  const { body: uses } = await p.admin.get(`/api/bulletins/${wrong}/uses`)
  const { total } = uses.sessions
  expect(uses).toMatchObject({
    communes: 2,
    programmes: { total: 3 },
    sessions: { isMore: false, emptied: total / 2 },
    airing: 0,
    aired: { total: 1, lastAt: before.startAt },
    clusters: { total: 2, offline: 1 },
  })
  expect(total).toBeGreaterThanOrEqual(12)
  expect(uses.programmes.items[0]).toMatchObject({ nextStartAt: uses.sessions.next[0].startAt })
  expect(uses.sessions.next[0]).toMatchObject({
    programmeName: 'Chương trình',
    areaName: expect.stringMatching(/Phường/),
  })

  const answer = await p.admin.post(`/api/bulletins/${wrong}/withdraw`, { reason: 'Nghị định đã được sửa đổi.' })
  expect(answer).toMatchObject({
    status: 200,
    body: { status: 'withdrawn', approvedVersionId: null, withdrawal: { reason: 'Nghị định đã được sửa đổi.' } },
  })
  for (const { hand } of [one, two]) await airsOn(hand, sounds[0] ?? '', [])
  expect((await one.hand.plan())?.occurrences).toEqual([])
  const called = (await sessionsOf(one.areaCode)).filter(({ id }) => id !== before.id)
  expect(new Set(called.map(({ status, cancelledBy }) => `${status} ${cancelledBy}`))).toEqual(
    new Set(['cancelled withdrawal']),
  )
  expect(new Set(called.map(({ deliveries }) => `${deliveries[0]?.state} ${deliveries[0]?.reason}`))).toEqual(
    new Set(['missed cancelled-here']),
  )
  expect((await daysWith(two.hand, sounds[1] ?? '')).length).toBeGreaterThanOrEqual(6)
  await replanned()
  expect(await daysWith(one.hand, sounds[0] ?? '')).toEqual([])
  expect(await planOf(three.hand)).toEqual(untouched)
  expect(await p.broadcast(before.id)).toMatchObject({ status: 'closed', tally: { played: 1 } })
  const { items: had } = (await p.admin.get(`/api/broadcasts?bulletinId=${wrong}&limit=100`)).body
  expect(had.map(({ areaCode, status }: Broadcast) => `${areaCode} ${status}`)).toEqual([
    `${one.areaCode} closed`,
    ...called.map(() => `${one.areaCode} cancelled`),
  ])
  const ids = new Set(called.map(({ id }) => id))
  expect(p.source.reports.filter(({ report }) => ids.has(report.broadcastId))).toEqual([])
  const { body: gone } = await p.admin.get(`/api/bulletins/${wrong}/uses`)
  expect(gone).toMatchObject({ sessions: { total: 0 }, aired: { total: 1 }, clusters: { total: 0 } })
  const programmes = (await p.admin.get(`/api/programmes?areaCode=${two.areaCode}`)).body.items
  expect(programmes[0].warnings).toEqual(['Bản tin “Mức phạt cũ” đã bị thu hồi nên không được phát nữa.'])

  expect((await put([wrong], { ...tomorrow, startTime: '09:00' }, one.areaCode)).body.error.problems).toMatchObject([
    { key: 'bulletin.withdrawn' },
  ])
  await rewrite(wrong, { script: 'Mức phạt bốn triệu đồng.' })
  await p.until(
    async () => (await p.admin.get(`/api/bulletins/${wrong}`)).body.rendition.step === 'ready',
    'the corrected sound',
  )
  const corrected = await soundOf(wrong)
  expect(corrected).not.toBe(sounds[0])
  await p.until(async () => (await daysWith(one.hand, corrected)).length >= 6, 'the corrected version in the plan')
  expect(await p.broadcast(called[0]?.id ?? '')).toMatchObject({ status: 'planned', cancelledBy: null })
})

test('a session that sounds when its bulletin is withdrawn counts as it was heard, and nobody begins it any more', async () => {
  const { areaCode, hand } = await commune()
  const id = await p.bulletin({ script: 'Thông báo cắt điện.' })
  const session = await p.schedule(areaCode, id, { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY;COUNT=3' } })
  await p.until(async () => (await hand.plan())?.occurrences.length === 3)
  await p.jumpTo(Date.parse(session.startAt) + 100)
  expect((await p.admin.get(`/api/bulletins/${id}/uses`)).body).toMatchObject({ airing: 1, sessions: { total: 2 } })
  await p.admin.post(`/api/bulletins/${id}/withdraw`, { reason: 'Nhầm ngày.' })
  await p.until(async () => (await hand.plan())?.occurrences.length === 0)
  await p.jumpTo(Date.parse(session.endAt) + 1_000)
  await hand.journal(playedStory(session))
  await p.until(async () => (await p.broadcast(session.id)).tally.played === 1, 'the ledger')
})
