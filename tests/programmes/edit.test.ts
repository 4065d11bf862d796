import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Broadcast } from '#protocol/http/broadcasts.ts'
import { StationDays } from '#protocol/http/days.ts'
import { Programme } from '#protocol/http/programmes.ts'
import { MINUTE, openProvince, type Province } from '../broadcasts/commune.ts'
import { problemsOf } from '../http/support.ts'

/** Communes of Hà Nội, one for each test. */
const AREAS = ['00004', '00008', '00025', '00070', '00082', '00091', '00097', '00103', '00118']
const DAY = 86_400_000
const LEAD_MS = 60_000
/** The test's Monday morning is 08:00 of the 23rd in Việt Nam. */
const DAILY = {
  startsOn: '2026-11-23',
  startTime: '17:00',
  repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
  maxMinutes: 15,
}

let p: Province
let bulletinId: string
beforeAll(async () => {
  p = await openProvince({ env: { LOA_LEAD_SECONDS: String(LEAD_MS / 1_000) } })
  bulletinId = await p.bulletin()
})
afterAll(() => p[Symbol.asyncDispose]())

async function daily(set: Record<string, unknown> = {}): Promise<{ programme: Programme; areaCode: string }> {
  const areaCode = AREAS.shift() ?? ''
  await p.enrol(areaCode)
  const first = await p.schedule(areaCode, bulletinId, { ...DAILY, ...set })
  const { body } = await p.admin.get(`/api/programmes/${first.programmeId}`)
  return { programme: Programme.parse(body), areaCode }
}

/** Starts of the planned sessions, as local times, once they are what is expected. */
const planned = (areaCode: string, expected: readonly string[]): Promise<unknown> =>
  p.until(async () => {
    const { body } = await p.admin.get(`/api/broadcasts?areaCode=${areaCode}&limit=100`)
    const starts = body.items
      .filter(({ status }: Broadcast) => status === 'planned')
      .map(({ startAt }: Broadcast) => local(startAt))
    return JSON.stringify(starts) === JSON.stringify(expected)
  }, `sessions at ${expected}`)

const local = (iso: string): string => new Date(Date.parse(iso) + 7 * 60 * MINUTE).toISOString().slice(0, 16)
const at = (time: string, ...days: number[]): string[] => days.map((day) => `2026-11-${day}T${time}`)

const change = async (programme: Programme, set: Record<string, unknown>): Promise<Programme> => {
  const { body: now } = await p.admin.get(`/api/programmes/${programme.id}`)
  const { name, startsOn, startTime, repeat, maxMinutes, targets, rundown, revision } = Programme.parse(now)
  const series = { name, startsOn, startTime, repeat, maxMinutes, targets, rundown, revision, ...set }
  const { status, body } = await p.admin.put(`/api/programmes/${programme.id}`, series)
  if (status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`)
  return Programme.parse(body)
}
const except = (programme: Programme, exception: { date: string } & Record<string, unknown>) =>
  p.admin.put(`/api/programmes/${programme.id}/exceptions/${exception.date}`, { exception })
const week = [23, 24, 25, 26, 27, 28, 29, 30]

describe('a series that is edited', () => {
  test('never brings back a day that was skipped or called off, and sessions keep their names', async () => {
    const { programme, areaCode } = await daily()
    await planned(areaCode, at('17:00', ...week))
    expect((await except(programme, { date: '2026-11-25', kind: 'skip', reason: 'Đám tang' })).status).toBe(200)
    await planned(areaCode, at('17:00', 23, 24, 26, 27, 28, 29, 30))
    const { body: before } = await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)
    const called = before.items.find(({ startAt }: Broadcast) => local(startAt) === '2026-11-27T17:00')
    await p.admin.post(`/api/broadcasts/${called.id}/cancel`)
    await change(programme, { startTime: '18:30' })
    await planned(areaCode, at('18:30', 23, 24, 26, 28, 29, 30))
    const { body: after } = await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)
    const names = (items: Broadcast[]) => Object.fromEntries(items.map(({ id, originalDate }) => [originalDate, id]))
    expect(names(after.items)).toEqual(names(before.items))
    const { body: days } = await p.admin.get(`/api/stations/${areaCode}/days?from=2026-11-25&to=2026-11-27`)
    const shown = StationDays.parse(days).days.map(({ sessions }) => sessions.map(({ status }) => status))
    expect(shown).toEqual([[], ['planned'], ['cancelled']])
    // Taken back, the day is like the others again.
    await p.admin.post(`/api/programmes/${programme.id}/exceptions/2026-11-25/remove`)
    await planned(areaCode, at('18:30', 23, 24, 25, 26, 28, 29, 30))
  })

  test('may differ on many days of a year, of which those of long ago are forgotten, and no more is taken', async () => {
    const day = (n: number): string => new Date(Date.UTC(2026, 11, 1 + n)).toISOString().slice(0, 10)
    const skips = (count: number) => Array.from({ length: count }, (_, n) => ({ date: day(n), kind: 'skip' }))
    const old = { date: '2025-11-21', kind: 'skip' }
    const { programme } = await daily({ startsOn: '2025-11-01', exceptions: [old, ...skips(399)] })
    const one = await except(programme, { date: day(400), kind: 'skip' })
    expect(one.status).toBe(200)
    expect(Programme.parse(one.body).exceptions.map(({ date }) => date)).not.toContain(old.date)
    expect(problemsOf((await except(programme, { date: day(401), kind: 'skip' })).body)).toEqual([
      'exception.date programme.tooManyExceptions',
    ])
    expect((await except(programme, { date: day(0), kind: 'skip' })).status).toBe(200)
  })

  test('moves one session with its name, and puts another bulletin into one', async () => {
    const { programme, areaCode } = await daily()
    await planned(areaCode, at('17:00', ...week))
    await except(programme, { date: '2026-11-24', kind: 'move', to: { date: '2026-11-26', time: '06:00' } })
    await planned(areaCode, [...at('17:00', 23, 25), ...at('06:00', 26), ...at('17:00', 26, 27, 28, 29, 30)])
    const other = await p.bulletin({ title: 'Bài thay' })
    await except(programme, { date: '2026-11-27', kind: 'replace', replacement: other })
    const session = await p.until(async () => {
      const { body } = await p.admin.get(`/api/stations/${areaCode}/days?from=2026-11-26&to=2026-11-27`)
      const { days } = StationDays.parse(body)
      const replaced = days[1]?.sessions[0]
      return replaced?.rundown[0]?.title === 'Bài thay' && { replaced, moved: days[0]?.sessions[0] }
    }, 'the other bulletin')
    expect(session.replaced).toMatchObject({ isReplaced: true, originalDate: '2026-11-27', status: 'planned' })
    expect(session.moved).toMatchObject({ originalDate: '2026-11-24', movedFrom: '2026-11-24T10:00:00.000Z' })
    const { body } = await p.admin.get(`/api/stations/${areaCode}/days?from=2026-11-24&to=2026-11-24`)
    expect(StationDays.parse(body).days[0]?.absences).toMatchObject([
      { programmeId: programme.id, kind: 'moved-away', reason: null, movedTo: '2026-11-25T23:00:00.000Z' },
    ])
  })

  test('is refused when somebody else has changed it meanwhile, and when the new time is no time', async () => {
    const { programme } = await daily()
    await change(programme, { name: 'Tên mới' })
    await expect(change(programme, { revision: 1 })).rejects.toThrow('programme.changedMeanwhile')
    await expect(change(programme, { startTime: '03:15' })).rejects.toThrow('programme.quietHours')
    const nowhere = await except(programme, { date: '2026-11-24', kind: 'move', to: {} })
    expect(problemsOf(nowhere.body)).toEqual(['exception.to calendar.moveNowhere'])
    const elsewhere = await p.admin.put(`/api/programmes/${programme.id}/exceptions/2026-11-25`, {
      exception: { date: '2026-11-24', kind: 'skip' },
    })
    expect(problemsOf(elsewhere.body)).toEqual(['exception.date programme.exceptionDate'])
    const unknown = await except(programme, { date: '2026-11-24', kind: 'replace', replacement: 'bul_0' })
    expect(problemsOf(unknown.body)).toEqual(['exceptions.0.replacement bulletin.notFound'])
    const { body } = await p.admin.get(`/api/programmes/${programme.id}`)
    expect(body).toMatchObject({ name: 'Tên mới', startTime: '17:00', revision: 2, exceptions: [] })
  })
})

describe('shortly before its start', () => {
  test('nothing is added to a session or beside it, and what is withdrawn still leaves it', async () => {
    const [kept, wrong, late] = [await p.bulletin(), await p.bulletin(), await p.bulletin()]
    const rundown = [kept, wrong].map((id) => ({ kind: 'bulletin', bulletinId: id }))
    const { programme, areaCode } = await daily({ rundown })
    const titles = async (id: string) => (await p.broadcast(id)).bulletins.map((one) => one.id)
    const { body } = await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)
    const [tonight, tomorrow] = body.items
    await p.jumpTo(Date.parse(tonight.startAt) - LEAD_MS + 10_000)
    await change(programme, { rundown: [...rundown, { kind: 'bulletin', bulletinId: late }] })
    await p.until(async () => (await titles(tomorrow.id)).length === 3, 'the addition of tomorrow')
    expect(await titles(tonight.id)).toEqual([kept, wrong])
    await p.admin.post(`/api/bulletins/${wrong}/withdraw`, { reason: 'Sai số liệu.' })
    await p.until(async () => (await titles(tonight.id)).length === 1, 'the withdrawal')
    expect(await titles(tonight.id)).toEqual([kept])
    const once = { ...DAILY, repeat: { kind: 'once' }, startTime: '17:00:01', areaCode, name: 'Muộn' }
    const added = await p.admin.post('/api/programmes', {
      ...once,
      targets: { areas: [areaCode] },
      rundown: rundown.slice(0, 1),
    })
    expect(problemsOf(added.body)).toEqual(['startTime programme.tooSoon', 'startTime programme.collides'])
  })
})

describe('any day can be looked at beforehand', () => {
  test('Tết with the moon and holidays; what meets on the same clusters is told', async () => {
    const { programme, areaCode } = await daily()
    const { body: refused } = await p.admin.get(`/api/stations/${areaCode}/days?from=2027-01-01&to=2027-03-01`)
    expect(refused.error.problems[0]).toMatchObject({ field: 'to', key: 'calendar.tooManyDays' })
    await except(programme, { date: '2027-02-06', kind: 'skip', reason: 'Mùng 1 Tết' })
    const beside = await p.admin.post('/api/programmes', {
      ...DAILY,
      name: 'Ngay trước giờ',
      areaCode,
      startTime: '16:59:59',
      maxMinutes: 1,
      startsOn: '2027-02-05',
      repeat: { kind: 'once' },
      targets: { areas: [areaCode] },
      rundown: [{ kind: 'bulletin', bulletinId }],
    })
    expect(beside.status).toBe(201)
    const { body } = await p.admin.get(`/api/stations/${areaCode}/days?from=2027-02-05&to=2027-02-06`)
    const [eve, tet] = StationDays.parse(body).days
    expect(eve).toMatchObject({ date: '2027-02-05', lunar: { day: 29, month: 12 }, holiday: 'Tết Nguyên đán' })
    expect(tet).toMatchObject({ lunar: { day: 1, month: 1, isLeap: false }, sessions: [] })
    expect(tet?.absences).toEqual([
      {
        programmeId: programme.id,
        programmeName: programme.name,
        kind: 'skipped',
        reason: 'Mùng 1 Tết',
        movedTo: null,
      },
    ])
    await change(programme, { holidays: 'skip' })
    const { body: off } = await p.admin.get(`/api/stations/${areaCode}/days?from=2027-02-05&to=2027-02-05`)
    const [holiday] = StationDays.parse(off).days
    expect(holiday?.sessions.map(({ programmeName }) => programmeName)).toEqual(['Ngay trước giờ'])
    expect(holiday?.absences).toMatchObject([{ kind: 'holiday', reason: 'Tết Nguyên đán' }])
    const kinds = eve?.sessions.flatMap(({ collisions }) => collisions.map(({ kind }) => kind))
    expect(eve?.sessions.map(({ status, fill }) => [status, fill])).toEqual([
      ['foreseen', 'full'],
      ['foreseen', 'short'],
    ])
    expect(kinds).toEqual(['waits'])
  })
})

test('what has aired stays in its day when its programme ends', async () => {
  const { programme, areaCode } = await daily()
  const { body } = await p.admin.get(`/api/broadcasts?areaCode=${areaCode}`)
  await p.jumpTo(Date.parse(body.items[0].startAt) + DAY / 2)
  await p.admin.post(`/api/programmes/${programme.id}/end`)
  await planned(areaCode, [])
  const date = body.items[0].originalDate
  const { body: days } = await p.admin.get(`/api/stations/${areaCode}/days?from=${date}&to=${date}`)
  expect(StationDays.parse(days).days[0]?.sessions.map(({ broadcastId }) => broadcastId)).toEqual([body.items[0].id])
})

test('takes no exception that nobody would hear: in the past, within the lead time, too long, expired, or of what has begun', async () => {
  const { programme, areaCode } = await daily({ maxMinutes: 1 })
  const day = (n: number): string => local(new Date(p.clock.now() + n * DAY).toISOString()).slice(0, 10)
  const [yesterday, tomorrow, afterTomorrow, later] = [day(-1), day(1), day(2), day(3)]
  const first = await p.until(async () => {
    const { body } = await p.admin.get(`/api/broadcasts?areaCode=${areaCode}&limit=100`)
    return body.items.find(({ programmeId }: Broadcast) => programmeId === programme.id)
  }, 'the first session')
  const refused = async (exception: { date: string } & Record<string, unknown>): Promise<string[]> =>
    problemsOf((await except(programme, exception)).body)
  const move = (date: string, to: object) => ({ date, kind: 'move', to })
  expect(await refused(move(later, { date: yesterday }))).toEqual(['exception.to.date programme.inPast'])
  const [date = '', time = ''] = new Date(p.clock.now() + 7 * 60 * MINUTE + LEAD_MS / 2).toISOString().split(/[T.]/)
  expect(await refused(move(later, { date, time }))).toEqual(['exception.to.time programme.tooSoon'])
  const long = await p.bulletin({ script: 'Một câu dài để đọc. '.repeat(60) })
  const replace = (replacement: string) => ({ date: afterTomorrow, kind: 'replace', replacement })
  expect(await refused(replace(long))).toEqual(['exception.replacement programme.tooLong'])
  const expiring = await p.bulletin({ expiresOn: tomorrow })
  expect(await refused(replace(expiring))).toEqual(['exception.replacement bulletin.expiresBefore'])
  await p.jumpTo(Date.parse(first.startAt) + 1_000)
  expect(await refused(move(first.originalDate, { time: '20:00' }))).toEqual(['exception.date inbox.begun'])
})

test('judges the exceptions that a programme is made with as if each came by itself, but for days that are over', async () => {
  const areaCode = AREAS.shift() ?? ''
  await p.enrol(areaCode)
  const day = (n: number): string => local(new Date(p.clock.now() + n * DAY).toISOString()).slice(0, 10)
  const long = await p.bulletin({ script: 'Một câu dài để đọc. '.repeat(60) })
  const made = (exceptions: unknown[]) =>
    p.admin.post('/api/programmes', {
      ...DAILY,
      name: 'Có ngày khác thường',
      areaCode,
      maxMinutes: 1,
      targets: { areas: [areaCode] },
      rundown: [{ kind: 'bulletin', bulletinId }],
      exceptions,
    })
  const past = { date: day(-5), kind: 'move', to: { date: day(-4) } }
  const refused = await made([
    past,
    { date: day(2), kind: 'skip' },
    { date: day(3), kind: 'move', to: { date: day(-1) } },
    { date: day(4), kind: 'replace', replacement: long },
    { date: day(-1), kind: 'move', to: { date: day(0), time: '05:00' } },
  ])
  expect([refused.status, problemsOf(refused.body)]).toEqual([
    422,
    [
      'exceptions.2.to.date programme.inPast',
      'exceptions.3.replacement programme.tooLong',
      'exceptions.4.to.time programme.inPast',
    ],
  ])
  const nothing = await made([past, { date: day(5), kind: 'replace', replacement: 'Bài khác' }])
  expect([nothing.status, problemsOf(nothing.body)]).toEqual([422, ['exceptions.1.replacement bulletin.notFound']])
  expect((await made([past, { date: day(2), kind: 'skip' }])).status).toBe(201)
})
