import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Broadcast } from '#protocol/http/broadcasts.ts'
import { problemsOf } from '../http/support.ts'
import { MINUTE, openProvince, type Province } from './commune.ts'

/** Communes of Hà Nội, one for each test. */
const AREAS = ['00004', '00008', '00025', '00070', '00082', '00097', '00103']
let p: Province
let bulletinId: string
beforeAll(async () => {
  p = await openProvince()
  bulletinId = await p.bulletin({ title: 'Luật Đất đai, điều 5; phần “một”' })
})
afterAll(() => p[Symbol.asyncDispose]())

interface Read {
  readonly uid: string
  readonly start: string
  readonly minutes: number
  readonly status: unknown
  readonly sequence: number
  readonly modifiedAt: number
  readonly summary: string
  readonly description: string | null
  readonly location: string
}

/** As a phone reads it: starts in local time. */
function read(text: string): Read[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, startDate, endDate, sequence, summary, description, location } = new ICAL.Event(component)
    const startAt = startDate.toUnixTime() * 1_000
    return {
      uid,
      start: new Date(startAt + 7 * 60 * MINUTE).toISOString().slice(0, 16),
      minutes: Math.ceil((endDate.toUnixTime() * 1_000 - startAt) / MINUTE),
      status: component.getFirstPropertyValue('status'),
      sequence,
      modifiedAt: (component.getFirstPropertyValue('last-modified') as InstanceType<typeof ICAL.Time>).toUnixTime(),
      summary,
      description,
      location,
    }
  })
}
const feed = async (path: string): Promise<Read[]> => read((await p.admin.get(path)).body)

/** A commune with two clusters and a daily programme at 17:00, planned for a week. */
async function commune() {
  const areaCode = AREAS.shift() ?? ''
  const [one, two] = [await p.enrol(areaCode), await p.enrol(areaCode)]
  const daily = { startsOn: '2026-11-23', startTime: '17:00', repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' } }
  const session = await p.schedule(areaCode, bulletinId, { name: 'Bản tin chiều', maxMinutes: 15, ...daily })
  return { areaCode, one, two, session, path: `/api/stations/${areaCode}/calendar.ics` }
}

test('a station’s calendar has what was planned and two months of what is foreseen, and says what was called off', async () => {
  const { areaCode, session, path } = await commune()
  const events = await feed(path)
  expect(events).toHaveLength(61)
  expect(events[0]).toMatchObject({
    uid: `${session.programmeId}-2026-11-23@loa-xa`,
    start: '2026-11-23T17:00',
    minutes: 1,
    status: 'CONFIRMED',
    summary: 'Bản tin chiều',
    description: 'Luật Đất đai, điều 5; phần “một”',
  })
  expect(events.at(-1)).toMatchObject({ start: '2027-01-22T17:00', status: 'CONFIRMED' })

  const { body } = await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)
  const tuesday = body.items.find(({ originalDate }: Broadcast) => originalDate === '2026-11-24')
  await p.admin.post(`/api/broadcasts/${tuesday.id}/cancel`)
  const url = `/api/programmes/${session.programmeId}/exceptions`
  const move = { date: '2026-12-20', kind: 'move', to: { time: '18:30' } }
  await p.admin.put(`${url}/2026-12-20`, { exception: move })
  await p.admin.put(`${url}/2026-12-21`, { exception: { date: '2026-12-21', kind: 'skip' } })
  const after = await feed(path)
  const on = (date: string) => after.find(({ uid }) => uid.includes(date))
  expect(on('2026-11-24')).toMatchObject({ status: 'CANCELLED', description: null })
  expect(on('2026-12-20')).toMatchObject({ status: 'CONFIRMED', start: '2026-12-20T18:30' })
  expect(on('2026-12-21')).toMatchObject({ status: 'CANCELLED', start: '2026-12-21T17:00', minutes: 15 })
  expect(after.map(({ uid }) => uid).sort()).toEqual(events.map(({ uid }) => uid).sort())
  for (const event of events) expect(on(event.uid.slice(-17, -7))?.sequence).toBeGreaterThanOrEqual(event.sequence)
  expect(on('2026-12-20')?.sequence).toBeGreaterThan(events[27]?.sequence ?? 0)
  expect(on('2026-11-24')?.sequence).toBeGreaterThan(on('2026-11-25')?.sequence ?? 0)
})

test('a cluster’s calendar has what it is to air, and nothing of the others', async () => {
  const { areaCode, one, two, session } = await commune()
  const alone = { name: 'Một mình', startsOn: '2026-11-23', startTime: '19:00' }
  await p.schedule(areaCode, bulletinId, { ...alone, targets: { areas: [], clusters: [two.clusterId] } })
  const far = { ...alone, name: 'Sau này', startsOn: '2026-12-30' }
  const later = {
    ...far,
    areaCode,
    targets: { areas: [areaCode], exclude: [two.clusterId] },
    rundown: [{ kind: 'inbox' }],
  }
  expect((await p.admin.post('/api/programmes', later)).status).toBe(201)
  const [ofOne, ofTwo] = [
    await feed(`/api/clusters/${one.clusterId}/calendar.ics`),
    await feed(`/api/clusters/${two.clusterId}/calendar.ics`),
  ]
  const names = (events: Read[]) => [...new Set(events.map(({ summary }) => summary))].sort()
  expect(names(ofOne)).toEqual(['Bản tin chiều', 'Sau này'])
  expect(names(ofTwo)).toEqual(['Bản tin chiều', 'Một mình'])
  expect(ofOne[0]).toMatchObject({ uid: `${session.programmeId}-2026-11-23@loa-xa`, location: `Cụm ${areaCode}` })
  // What nobody has put anything into yet may still take place.
  expect(ofOne.find(({ summary }) => summary === 'Sau này')).toMatchObject({ status: 'TENTATIVE', minutes: 60 })
})

test('a session that is called off and takes place after all is a later edition each time', async () => {
  const { session, path } = await commune()
  const date = '2026-11-25'
  const exception = `/api/programmes/${session.programmeId}/exceptions/${date}`
  const becomes = async (status: string) => {
    await p.clock.advance(MINUTE)
    return p.until(async () => (await feed(path)).find((event) => event.uid.includes(date) && event.status === status))
  }
  const editions = [await becomes('CONFIRMED')]
  await p.admin.put(exception, { exception: { date, kind: 'skip' } })
  editions.push(await becomes('CANCELLED'))
  await p.admin.post(`${exception}/remove`)
  editions.push(await becomes('CONFIRMED'))
  for (const kind of ['sequence', 'modifiedAt'] as const) {
    const numbers = editions.map((edition) => edition[kind])
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  }
})

test('a cluster’s calendar is silent when the cluster is, and says what was called off there alone', async () => {
  const { areaCode, one, two, path } = await commune()
  const say = async (path: string, rules: Record<string, unknown>) => {
    const { revision } = (await p.admin.get(`/api/rules/${path.split('/')[0]}`)).body
    expect((await p.admin.put(`/api/rules/${path}`, { revision, ...rules })).status).toBe(200)
  }
  const own = { quietHours: { from: '20:00', to: '06:00' }, limits: {}, holidays: [] }
  await p.schedule(areaCode, bulletinId, EVERY_EVENING)
  await say(two.clusterId, own)
  const at = (date: string) => ({ date, time: '12:00' })
  const silence = (from: string, until: string, clusters: unknown) => ({
    period: { kind: 'once', from: at(from), until: at(until) },
    clusters,
    reason: 'Thi tốt nghiệp',
  })
  const silences = [
    silence('2026-12-05', '2026-12-06', 'all'),
    silence('2026-12-12', '2026-12-13', [one.clusterId]),
    silence('2026-11-26', '2026-11-27', [one.clusterId]),
  ]
  await say(`${areaCode}/silences`, { silences })
  const days = async (cluster: string, name: string) => {
    const events = await feed(`/api/clusters/${cluster}/calendar.ics`)
    return new Map(
      events.filter(({ summary }) => summary === name).map(({ start, status }) => [start.slice(0, 10), status]),
    )
  }
  const ofOne = await p.until(async () => {
    const found = await days(one.clusterId, 'Bản tin chiều')
    return found.get('2026-11-26') === 'CANCELLED' && found
  }, 'what was planned there to be called off')
  expect(['2026-12-05', '2026-12-12', '2026-12-13'].map((date) => ofOne.get(date))).toEqual([
    undefined,
    undefined,
    'CONFIRMED',
  ])
  const ofTwo = await days(two.clusterId, 'Bản tin chiều')
  expect(['2026-11-26', '2026-12-05', '2026-12-12'].map((date) => ofTwo.get(date))).toEqual([
    'CONFIRMED',
    undefined,
    'CONFIRMED',
  ])
  const foreseen = async (cluster: string) =>
    [...(await days(cluster, EVERY_EVENING.name)).keys()].filter((date) => date > '2026-12-15').length
  expect([await foreseen(one.clusterId), await foreseen(two.clusterId)]).toEqual([38, 0])
  expect((await feed(path)).filter(({ start }) => start === '2026-12-05T17:00')).toEqual([])
})
const EVERY_EVENING = {
  name: 'Bản tin tối',
  startsOn: '2026-11-23',
  startTime: '20:30',
  repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
}

test('titles are those of what is approved: a bulletin that was withdrawn is named no more', async () => {
  const { path } = await commune()
  const secret = await p.bulletin({ title: 'Chưa duyệt' }, [])
  const withdrawn = await p.bulletin({ title: 'Sẽ thu hồi' })
  const once = {
    startsOn: '2026-11-23',
    startTime: '19:30',
    rundown: [withdrawn, bulletinId].map((id) => ({ kind: 'bulletin', bulletinId: id })),
  }
  await p.schedule(path.split('/')[3] ?? '', withdrawn, once)
  const titles = async () =>
    (await feed(path)).find(({ start }) => start === '2026-11-23T19:30')?.description?.split('\n')
  expect(await titles()).toEqual(['Sẽ thu hồi', 'Luật Đất đai, điều 5; phần “một”'])
  await p.admin.post(`/api/bulletins/${withdrawn}/withdraw`, { reason: 'Luật đã sửa.' })
  expect(await titles()).toEqual(['Luật Đất đai, điều 5; phần “một”'])
  expect((await p.admin.get(`/api/bulletins/${secret}`)).body.title).toBe('Chưa duyệt')
  expect(JSON.stringify(await feed(path))).not.toContain('Chưa duyệt')
})

test('a phone that cannot sign in reads by a secret link, only this station and only until the link ends', async () => {
  const { areaCode, one, path } = await commune()
  const away = await p.enrol('00091')
  const officer = await p.controller.signIn('officer', [areaCode])
  const link = `/api/stations/${areaCode}/calendar-link`
  expect((await officer.get(link)).body).toEqual({ link: null })
  const made = await officer.post(link)
  expect(made).toMatchObject({ status: 201, body: { createdByName: expect.any(String) } })
  const { searchParams, pathname, origin } = new URL(made.body.url)
  expect([origin, pathname]).toEqual([p.controller.url, path])
  const token = searchParams.get('token') ?? ''
  expect(token).toMatch(/^[\w-]{43}$/)
  const { body: known } = await officer.get(link)
  expect(known).toEqual({ link: { createdByName: made.body.createdByName, createdAt: made.body.createdAt } })
  const rows = await p.controller.controller.ctx.db.selectFrom('calendarLink').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token)

  const stranger = p.controller.stranger
  const status = async (at: string, secret = token) => (await stranger.get(`${at}?token=${secret}`)).status
  expect(read((await stranger.get(`${path}?token=${token}`)).body)).toHaveLength(61)
  expect(await status(`/api/clusters/${one.clusterId}/calendar.ics`)).toBe(200)
  // It opens nothing else: no other station or cluster, whether there is one or not, and no other door.
  const wrong = [
    '/api/stations/00091/calendar.ics',
    '/api/stations/31825/calendar.ics',
    `/api/clusters/${away.clusterId}/calendar.ics`,
    '/api/clusters/clu_none/calendar.ics',
  ]
  const answers = await Promise.all(wrong.map((at) => stranger.get(`${at}?token=${token}`)))
  for (const { status, body } of answers) expect([status, problemsOf(body)]).toEqual([404, [' calendarLink.notFound']])
  expect(await status(`/api/stations/${areaCode}`)).toBe(401)
  expect(await status(`/api/stations/${areaCode}/programmes.yaml`)).toBe(401)
  expect(await status(path, 'guessed')).toBe(404)
  expect((await stranger.get(path)).status).toBe(401)

  // A program that has asked before is told that nothing is new.
  const answer = await fetch(made.body.url)
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('private, max-age=300')
  const etag = answer.headers.get('etag') ?? ''
  const same = await fetch(made.body.url, { headers: { 'if-none-match': etag } })
  expect([same.status, await same.text()]).toEqual([304, ''])

  // A new link ends the old one, and ending it ends all.
  const second = new URL((await officer.post(link)).body.url).searchParams.get('token') ?? ''
  expect([await status(path), await status(path, second)]).toEqual([404, 200])
  expect((await officer.post(`${link}/remove`)).body).toEqual({ link: null })
  expect(await status(path, second)).toBe(404)

  // Whoever asks without pause waits a minute.
  const asked = await Promise.all(Array.from({ length: 70 }, () => status(path, 'guessed')))
  expect(new Set(asked)).toEqual(new Set([404, 429]))
  await p.clock.advance(MINUTE)
  expect(await status(path, 'guessed')).toBe(404)
})

test('what has aired stays for a month, and then goes', async () => {
  const { path } = await commune()
  const starts = async () => (await feed(path)).map(({ start }) => start)
  await p.clock.set(Date.UTC(2026, 11, 23))
  expect(await starts()).toContain('2026-11-23T17:00')
  await p.clock.set(Date.UTC(2026, 11, 24))
  expect(await starts()).not.toContain('2026-11-23T17:00')
})
