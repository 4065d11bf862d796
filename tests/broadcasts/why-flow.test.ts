import { afterAll, beforeAll, expect, test } from 'vitest'
import { topics } from '#protocol/topics.ts'
import { MINUTE, openProvince, type Province, playedStory, takeHand } from './commune.ts'

const DAY = 1_440 * MINUTE
let p: Province
beforeAll(async () => {
  p = await openProvince()
})
afterAll(() => p[Symbol.asyncDispose]())

test('what happens to a series is told, day by day, with whoever has decided it', async () => {
  const areaCode = '00004'
  const identity = await p.enrol(areaCode)
  await using hand = await takeHand(identity)
  const bulletinId = await p.bulletin({ title: 'Luật Đất đai' })
  const broadcast = await p.schedule(areaCode, bulletinId, { repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' } })
  const startAt = Date.parse(broadcast.startAt)
  const onDay = (day: number, at = startAt) => new Date(at + day * DAY).toISOString()
  const why = async (at: string) => {
    const { status, body } = await p.admin.get(`/api/clusters/${identity.clusterId}/why?at=${at}`)
    return status === 200 ? body : Promise.reject(new Error(JSON.stringify(body)))
  }
  const kindOn = async (day: number) => (await why(onDay(day))).kind
  const becomes = (day: number, kind: string) => p.until(async () => (await kindOn(day)) === kind, `${day} ${kind}`)
  const name = (await p.admin.get('/api/me')).body.name
  const date = (day: number) => new Date(startAt + day * DAY + 7 * 60 * MINUTE).toISOString().slice(0, 10)

  expect(await why(onDay(0))).toMatchObject({
    kind: 'offline',
    originalDate: date(0),
    programme: { id: broadcast.programmeId },
    broadcast: { id: broadcast.id, startAt: broadcast.startAt },
    delivery: { state: 'planned' },
  })
  await hand.device.publish(topics.presence.path(identity), { state: 'online', boot: 1 })
  await becomes(0, 'plan-not-held')
  const [armed] = playedStory(broadcast)
  if (!armed) throw new Error('a story begins with its audio')
  await hand.journal([armed])
  await becomes(0, 'will-play')
  expect(await kindOn(9)).toBe('beyond-plan')
  expect((await why(onDay(0, startAt - 180 * MINUTE))).kind).toBe('no-programme')

  const exception = { date: date(1), kind: 'skip', reason: 'Sửa loa' }
  expect(
    (await p.admin.put(`/api/programmes/${broadcast.programmeId}/exceptions/${date(1)}`, { exception })).status,
  ).toBe(200)
  await becomes(1, 'skipped')
  const skipped = await why(onDay(1))
  expect(skipped).toMatchObject({ setBy: { name } })
  expect(skipped.sentence).toContain('Sửa loa')

  const { items } = (await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)).body
  const third = items.find((item: { originalDate: string }) => item.originalDate === date(2))
  await p.admin.post(`/api/broadcasts/${third.id}/cancel`)
  expect(await why(onDay(2))).toMatchObject({ kind: 'called-off', setBy: { name }, broadcast: { id: third.id } })

  await p.jumpTo(Date.parse(broadcast.endAt) + 1_000)
  expect(await kindOn(0)).toBe('unreported')
  await hand.journal(playedStory(broadcast).slice(1))
  await becomes(0, 'played')

  await p.admin.post(`/api/bulletins/${bulletinId}/withdraw`, { reason: 'Luật đã sửa.' })
  await becomes(3, 'withdrawn')
  const withdrawn = await why(onDay(3))
  expect(withdrawn).toMatchObject({ setBy: { name } })
  expect(withdrawn.sentence).toContain('Luật Đất đai')

  await p.admin.post(`/api/programmes/${broadcast.programmeId}/end`)
  expect(await why(onDay(9))).toMatchObject({ kind: 'programme-ended', setBy: { name } })
  // What was heard and what a person has decided stay as they were.
  expect([await kindOn(0), await kindOn(2)]).toEqual(['played', 'called-off'])
})

test('a time that is none is refused by name', async () => {
  const identity = await p.enrol('00008')
  const { status, body } = await p.admin.get(`/api/clusters/${identity.clusterId}/why?at=05:30`)
  expect([status, body.error.problems[0].field]).toEqual([422, 'at'])
})
