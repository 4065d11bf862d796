import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Broadcast } from '#protocol/http/broadcasts.ts'
import type { InboxItem, SessionChoice } from '#protocol/http/inbox.ts'
import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { planEverything } from '../../../controller/broadcasts/replan.ts'
import { tickInbox } from '../../../controller/ticks.ts'
import { MINUTE, openProvince, type Province, playedStory, takeHand } from '../../broadcasts/commune.ts'
import type { Session } from '../../support/session.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const PROVINCE = '01'
/** About so long, with its chimes; two of them do not fit into one minute. */
const LONG = 'Bà con chú ý lắng nghe thông báo sau đây của xã nhà. '.repeat(20)

let p: Province
let department: Session
beforeAll(async () => {
  // Monday 23 November 2026, 08:00 in Việt Nam.
  p = await openProvince({ env: { LOA_LEAD_SECONDS: '60' } })
  department = await p.controller.signIn('province', [PROVINCE])
})
afterAll(() => p[Symbol.asyncDispose]())

const COMMUNES = ['00004', '00008', '00025', '00070', '00082', '00091', '00097', '00103', '00118', '00145', '00160']
async function commune() {
  const areaCode = COMMUNES.shift() ?? ''
  const identity = await p.enrol(areaCode)
  const officer = await p.controller.signIn('officer', [areaCode])
  return { areaCode, identity, officer, hand: () => takeHand(identity) }
}
type Commune = Awaited<ReturnType<typeof commune>>

const ok = async (answer: ReturnType<Session['get']>) => {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
  return body
}
const refusal = async (answer: ReturnType<Session['get']>): Promise<string> => {
  const { status, body } = await answer
  return `${status} ${(body.error?.problems ?? []).map(({ key }: { key: string }) => key).join(' ')}`
}

/** Local dates. */
const today = (): string => civilTime(p.clock.now(), 'Asia/Ho_Chi_Minh').date
const dayAfter = (date: string, days = 1): string => dateOf(dayOf(date) + days)

/** A daily session of one minute at a local time, for what is accepted and what is said here. */
async function programme({ areaCode }: Commune, startTime: string, set: Record<string, unknown> = {}) {
  const body = await ok(
    p.admin.post('/api/programmes', {
      name: `Buổi ${startTime}`,
      areaCode,
      startsOn: '2026-11-23',
      startTime,
      repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
      maxMinutes: 1,
      targets: { areas: [areaCode] },
      rundown: [{ kind: 'inbox' }],
      ...set,
    }),
  )
  return body.id as string
}
const fixed = (...ids: string[]) => ids.map((bulletinId) => ({ kind: 'bulletin', bulletinId }))

const itemIn = async ({ areaCode, officer }: Commune, bulletinId: string): Promise<InboxItem | undefined> =>
  (await ok(officer.get(`/api/inbox?areaCode=${areaCode}&bulletinId=${bulletinId}`))).items[0]
const becomes = (c: Commune, bulletinId: string, state: string) =>
  p.until(async () => {
    const item = await itemIn(c, bulletinId)
    return item?.state === state && item
  }, `${bulletinId} ${state}`)
const choices = async ({ areaCode, officer }: Commune, bulletinId: string): Promise<SessionChoice[]> =>
  (await ok(officer.get(`/api/inbox/${areaCode}/${bulletinId}/sessions`))).items
const act = (c: Commune, bulletinId: string, verb: string, body: unknown) =>
  c.officer.post(`/api/inbox/${c.areaCode}/${bulletinId}/${verb}`, body)
const place = (c: Commune, bulletinId: string, programmeId: string, originalDate: string, set = {}) =>
  act(c, bulletinId, 'place', { sessions: [{ programmeId, originalDate }], ...set })

async function sessionOf(programmeId: string, originalDate: string): Promise<Broadcast | undefined> {
  const programme = await ok(p.admin.get(`/api/programmes/${programmeId}`))
  const { items } = await ok(p.admin.get(`/api/broadcasts?areaCode=${programme.areaCode}&limit=200`))
  return items.find((one: Broadcast) => one.programmeId === programmeId && one.originalDate === originalDate)
}
const airs = (programmeId: string, date: string, ids: readonly string[]) =>
  p.until(async () => {
    const session = await sessionOf(programmeId, date)
    const aired = session?.status === 'cancelled' ? [] : (session?.bulletins ?? [])
    return String(aired.map(({ id }) => id)) === String(ids) && (session ?? true)
  }, `${date} airs ${ids}`)
const replanned = async () => {
  await planEverything(p.controller.controller.ctx)
  await tickInbox(p.controller.controller.ctx)
  await p.clock.advance(2_000)
}

test('what a province approves arrives in each commune that has a station, waits there, and airs where the officer puts it', async () => {
  const [here, there] = [await commune(), await commune()]
  const morning = await programme(here, '06:00', { rundown: [{ kind: 'inbox' }] })
  const id = await p.bulletin({ targets: [PROVINCE] })
  const item = await itemIn(here, id)
  expect(item).toMatchObject({ state: 'waiting', class: 'ordinary', isOwn: false, isOverdue: false, sessions: [] })
  expect(Date.parse(item?.deadlineAt ?? '') - Date.parse(item?.arrivedAt ?? '')).toBe(3 * DAY)
  expect(await itemIn(there, id)).toMatchObject({ areaCode: there.areaCode, state: 'waiting' })
  expect(await refusal(there.officer.get(`/api/inbox/${here.areaCode}/${id}/sessions`))).toBe('403 permission.area')

  const [first, second] = await choices(here, id)
  expect(first).toMatchObject({ programmeId: morning, originalDate: '2026-11-24', isSuggested: true, drops: [] })
  expect(first?.before).toEqual({ usedMs: 0, fill: 'empty' })
  expect(first?.after.usedMs).toBe(item?.ms)
  expect(second).toMatchObject({ originalDate: '2026-11-25', isSuggested: false })

  const placed = await ok(
    act(here, id, 'place', {
      sessions: [
        { programmeId: morning, originalDate: '2026-11-24' },
        { programmeId: morning, originalDate: '2026-11-26' },
      ],
    }),
  )
  expect(placed).toMatchObject({ state: 'placed', decidedByName: expect.any(String) })
  await airs(morning, '2026-11-24', [id])
  await airs(morning, '2026-11-26', [id])
  expect((await itemIn(here, id))?.sessions.map(({ originalDate, fate }) => [originalDate, fate])).toEqual([
    ['2026-11-24', 'planned'],
    ['2026-11-26', 'planned'],
  ])
  expect(await sessionOf(morning, '2026-11-25')).toBeUndefined()
  expect(await itemIn(there, id)).toMatchObject({ state: 'waiting' })

  await ok(act(here, id, 'unplace', { programmeId: morning, originalDate: '2026-11-24' }))
  expect(await itemIn(here, id)).toMatchObject({ state: 'placed' })
  await ok(act(here, id, 'unplace', { programmeId: morning, originalDate: '2026-11-26' }))
  expect(await itemIn(here, id)).toMatchObject({ state: 'waiting', isOverdue: false })
})

test('a bulletin that is put off comes back on its day, one that is declined does not, and the province reads why', async () => {
  const c = await commune()
  const [later, never] = [await p.bulletin({ targets: [PROVINCE] }), await p.bulletin({ targets: [PROVINCE] })]
  expect(await refusal(act(c, later, 'postpone', { until: '2026-11-23', reason: 'Đợi.' }))).toBe('422 inbox.until')
  expect(await refusal(act(c, later, 'postpone', { until: '2026-11-25', reason: ' ' }))).toBe('422 field.tooShort')
  await ok(act(c, later, 'postpone', { until: '2026-11-25', reason: 'Đợi họp thôn.' }))
  await ok(act(c, never, 'decline', { reason: 'Xã không có biển.' }))
  expect(await refusal(act(c, never, 'decline', { reason: 'Lần nữa.' }))).toBe('409 inbox.settled')
  const seen = await ok(department.get(`/api/inbox?areaCode=${c.areaCode}&state=declined`))
  expect(seen.items).toMatchObject([{ bulletinId: never, reason: 'Xã không có biển.' }])
  expect(await refusal(department.post(`/api/inbox/${c.areaCode}/${later}/decline`, { reason: 'Thôi.' }))).toBe(
    '403 permission.missing',
  )
  const uses = await ok(department.get(`/api/bulletins/${later}/uses`))
  expect(uses.inbox).toMatchObject({ postponed: 1, overdue: 0 })

  await p.jumpTo(Date.UTC(2026, 10, 24, 17, 1))
  await replanned()
  const back = await becomes(c, later, 'waiting')
  expect(back).toMatchObject({ reason: 'Đợi họp thôn.', isOverdue: false, returnsOn: null })
  expect(Date.parse(back.deadlineAt)).toBeGreaterThan(p.clock.now() + 2 * DAY)
  expect(await itemIn(c, never)).toMatchObject({ state: 'declined' })

  await p.jumpTo(p.clock.now() + 3 * DAY)
  const overdue = (await ok(department.get(`/api/inbox?state=overdue&bulletinId=${later}`))).items
  expect(overdue.map((one: InboxItem) => [one.areaCode, one.isOverdue])).toContainEqual([c.areaCode, true])
  expect((await ok(department.get('/api/inbox/counts'))).overdue).toBeGreaterThan(0)
})

test('what must air is put before all else into the next session for the whole commune, moves on when that is called off, and is done when it was on air', async () => {
  const c = await commune()
  await using hand = await c.hand()
  const [notice, own] = [
    await p.bulletin({ targets: [c.areaCode] }),
    await p.bulletin({ targets: [c.areaCode], class: 'priority' }),
  ]
  const forOne = { areas: [], clusters: [c.identity.clusterId], exclude: [] }
  await p.enrol(c.areaCode)
  await programme(c, '19:00', { targets: forOne })
  const evening = await programme(c, '20:00', { maxMinutes: 10, rundown: [...fixed(notice, own), { kind: 'inbox' }] })
  // The commune’s officer has the own one in the rundown: it is taken up there, and nowhere else.
  const date = today()
  await becomes(c, own, 'placed')
  const id = await p.bulletin({ targets: [PROVINCE], class: 'priority' })
  const item = await becomes(c, id, 'placed')
  expect(item.sessions).toMatchObject([{ programmeId: evening, originalDate: date, placedByName: 'Hệ thống' }])
  await airs(evening, date, [own, id, notice])
  expect((await sessionOf(evening, date))?.level).toBe('priority-commune')

  const session = { programmeId: evening, originalDate: date }
  for (const [verb, body] of [
    ['decline', { reason: 'Không thích.' }],
    ['postpone', { until: '2027-01-02', reason: 'Để sau.' }],
    ['unplace', session],
  ] as const)
    expect(await refusal(act(c, id, verb, body))).toBe('409 inbox.priorityMustAir')
  // Which of the two comes first the officer decides, also of the one that the rundown has.
  expect(await ok(act(c, id, 'move', { ...session, position: 0 }))).toEqual({ bulletinIds: [id, own] })
  await airs(evening, date, [id, own, notice])
  await ok(act(c, own, 'move', { ...session, position: 0 }))
  await airs(evening, date, [own, id, notice])

  await ok(c.officer.post(`/api/broadcasts/${(await sessionOf(evening, date))?.id}/cancel`))
  const tomorrow = dayAfter(date)
  await airs(evening, tomorrow, [own, id, notice])
  expect((await itemIn(c, id))?.sessions).toMatchObject([{ originalDate: tomorrow }])
  const broadcast = await p.broadcast((await sessionOf(evening, tomorrow))?.id ?? '')
  await p.until(() => hand.holds(broadcast.id))
  await p.jumpTo(Date.parse(broadcast.startAt) + MINUTE)
  await hand.journal(playedStory(broadcast))
  await p.jumpTo(Date.parse(broadcast.endAt) + HOUR)
  await p.until(async () => {
    await replanned()
    return (await itemIn(c, id))?.state === 'aired'
  }, 'aired')
  expect((await itemIn(c, id))?.sessions).toMatchObject([{ originalDate: tomorrow, fate: 'over' }])
  await airs(evening, dayAfter(tomorrow), [own, notice])
})

test('a priority bulletin that no session of the next days can take is reported, and taken as soon as one can', async () => {
  const c = await commune()
  const weekly = await programme(c, '06:00', { startsOn: dayAfter(today(), 5), repeat: { kind: 'once' } })
  const id = await p.bulletin({ targets: [PROVINCE], class: 'priority', script: LONG })
  await p.until(async () => (await itemIn(c, id))?.isUrgent, 'reported')
  expect(await itemIn(c, id)).toMatchObject({ state: 'waiting', isUrgent: true, sessions: [] })
  const urgent = await ok(department.get(`/api/inbox?state=urgent&areaCode=${c.areaCode}`))
  expect(urgent.items).toMatchObject([{ bulletinId: id }])
  expect((await ok(department.get(`/api/bulletins/${id}/uses`))).inbox.urgent).toBeGreaterThan(0)
  // Time alone brings the session near enough.
  await p.jumpTo(p.clock.now() + 2.5 * DAY)
  await replanned()
  expect(await becomes(c, id, 'placed')).toMatchObject({ isUrgent: false, sessions: [{ programmeId: weekly }] })
  // A nearer one is found when there is one.
  const soon = await programme(c, '12:00', { startsOn: dayAfter(today()) })
  await airs(soon, dayAfter(today()), [id])
  await p.until(
    async () =>
      (await sessionOf(weekly, (await ok(p.admin.get(`/api/programmes/${weekly}`))).startsOn))?.status === 'cancelled',
  )
})

test('nothing is put where it would not be heard, each time with the reason; a full session only if the officer insists', async () => {
  const c = await commune()
  const morning = await programme(c, '06:00')
  const [first, second] = [
    await p.bulletin({ title: 'Thứ nhất', targets: [PROVINCE], script: LONG }),
    await p.bulletin({ title: 'Thứ hai', targets: [PROVINCE], script: LONG }),
  ]
  const length = (await itemIn(c, first))?.ms ?? 0
  expect([length > 31_000, length < 59_000]).toEqual([true, true])
  const tomorrow = dayAfter(today())
  await ok(place(c, first, morning, tomorrow))
  await ok(place(c, first, morning, tomorrow))
  await airs(morning, tomorrow, [first])

  const refused = await act(c, second, 'place', { sessions: [{ programmeId: morning, originalDate: tomorrow }] })
  expect(refused.body.error).toMatchObject({
    code: 'conflict',
    problems: [{ field: 'sessions.0', key: 'inbox.wouldDrop' }],
  })
  expect(refused.body.error.message).toContain('“Thứ nhất”')
  const [full, next] = await choices(c, second)
  expect([full?.drops.map(({ title }) => title), full?.isSuggested]).toEqual([['Thứ nhất'], false])
  expect([next?.drops, next?.isSuggested]).toEqual([[], true])
  await ok(place(c, second, morning, tomorrow, { insist: true }))
  await airs(morning, tomorrow, [second])
  expect((await itemIn(c, first))?.sessions).toMatchObject([{ fate: 'dropped' }])

  const short = await programme(c, '07:00', { maxMinutes: 1, rundown: [{ kind: 'inbox' }] })
  const tooLong = await p.bulletin({ targets: [PROVINCE], script: LONG.repeat(2) })
  expect(await refusal(place(c, tooLong, short, tomorrow, { insist: true }))).toBe('409 inbox.noRoom')
  expect(await refusal(place(c, first, short, dayAfter(tomorrow, 30)))).toBe('409 inbox.noSession')
  expect(await refusal(place(c, first, 'prg_unknown', tomorrow))).toBe('409 inbox.noProgramme')
  const late = await programme(c, '21:59:45')
  expect(await refusal(place(c, first, late, tomorrow))).toBe('409 inbox.intoSilence')
  const dated = await p.bulletin({ targets: [PROVINCE], expiresOn: today() })
  expect(await refusal(place(c, dated, short, tomorrow))).toBe('409 inbox.expiresBefore')
  await ok(place(c, first, short, tomorrow))
  await ok(c.officer.post(`/api/broadcasts/${(await planned(short, tomorrow)).id}/cancel`))
  for (const id of [first, second]) expect(await refusal(place(c, id, short, tomorrow))).toBe('409 inbox.calledOff')

  const startAt = Date.parse((await planned(morning, tomorrow)).startAt)
  await p.jumpTo(startAt - 30_000)
  expect(await refusal(place(c, first, morning, tomorrow, { insist: true }))).toBe('409 inbox.tooSoon')
  expect(await refusal(act(c, second, 'move', { programmeId: morning, originalDate: tomorrow, position: 0 }))).toBe(
    '409 inbox.tooSoon',
  )
  await p.jumpTo(startAt + 1_000)
  expect(await refusal(place(c, first, morning, tomorrow))).toBe('409 inbox.begun')
  expect(await refusal(act(c, second, 'unplace', { programmeId: morning, originalDate: tomorrow }))).toBe(
    '409 inbox.begun',
  )

  const emergency = await p.bulletin({ targets: [c.areaCode], class: 'emergency' })
  expect(await refusal(place(c, emergency, morning, dayAfter(tomorrow)))).toBe('409 bulletin.emergencyNotScheduled')
  expect(await itemIn(c, emergency)).toBeUndefined()
  const draft = await p.bulletin({ targets: [c.areaCode] }, [])
  expect(await refusal(place(c, draft, morning, dayAfter(tomorrow)))).toBe('409 bulletin.notApproved')
})

test('a new version airs where the old one was put; withdrawal empties the inbox and the sessions, and a version after it is a new question', async () => {
  const c = await commune()
  const morning = await programme(c, '06:00', { maxMinutes: 10 })
  const id = await p.bulletin({ targets: [PROVINCE] })
  const tomorrow = dayAfter(today())
  await ok(place(c, id, morning, tomorrow))
  await airs(morning, tomorrow, [id])
  await approveAnew(id, 'Bản sửa')
  await p.until(async () => (await sessionOf(morning, tomorrow))?.bulletins[0]?.title === 'Bản sửa', 'the new version')
  expect(await itemIn(c, id)).toMatchObject({ state: 'placed', title: 'Bản sửa' })

  await ok(p.admin.post(`/api/bulletins/${id}/withdraw`, { reason: 'Luật đã đổi.' }))
  expect(await itemIn(c, id)).toMatchObject({ state: 'withdrawn' })
  await p.until(async () => (await sessionOf(morning, tomorrow))?.cancelledBy === 'withdrawal', 'withdrawal')
  await approveAnew(id, 'Bản sau')
  await replanned()
  expect(await itemIn(c, id)).toMatchObject({ state: 'waiting', sessions: [] })
  expect((await sessionOf(morning, tomorrow))?.status).toBe('cancelled')
  await ok(place(c, id, morning, tomorrow))
  await airs(morning, tomorrow, [id])
})

test('a bulletin that expires leaves the inbox, and says so', async () => {
  const c = await commune()
  const id = await p.bulletin({ targets: [PROVINCE], expiresOn: today() })
  expect(await itemIn(c, id)).toMatchObject({ state: 'waiting', expiresOn: today() })
  await p.jumpTo(p.clock.now() + DAY)
  await replanned()
  expect(await becomes(c, id, 'expired')).toMatchObject({ isOverdue: false })
})

test('what a commune writes for itself waits for nobody, and goes into a session all the same', async () => {
  const c = await commune()
  const leader = await p.controller.signIn('leader', [c.areaCode])
  const morning = await programme(c, '06:00')
  const content = { title: 'Họp thôn', class: 'ordinary', script: 'Mời bà con dự họp.', targets: [c.areaCode] }
  const { id } = await ok(c.officer.post('/api/bulletins', content))
  await ok(c.officer.post(`/api/bulletins/${id}/submit`))
  await ok(leader.post(`/api/bulletins/${id}/approve`))
  await p.until(async () => (await ok(c.officer.get(`/api/bulletins/${id}`))).rendition.step === 'ready', 'production')
  expect(await itemIn(c, id)).toBeUndefined()
  const tomorrow = dayAfter(today())
  expect(await ok(place(c, id, morning, tomorrow))).toMatchObject({ isOwn: true, state: 'placed' })
  await airs(morning, tomorrow, [id])
  await ok(act(c, id, 'unplace', { programmeId: morning, originalDate: tomorrow }))
  expect(await itemIn(c, id)).toBeUndefined()
  // What was called off is not lost out of sight.
  await ok(place(c, id, morning, tomorrow))
  await ok(c.officer.post(`/api/broadcasts/${(await planned(morning, tomorrow)).id}/cancel`))
  expect(await becomes(c, id, 'waiting')).toMatchObject({ isOwn: true, isOverdue: false, sessions: [] })
  // A day that is taken back does not bring back what was told to be placed anew.
  const later = dayAfter(tomorrow)
  await ok(place(c, id, morning, later))
  await airs(morning, later, [id])
  const exception = { date: later, kind: 'skip' }
  await ok(c.officer.put(`/api/programmes/${morning}/exceptions/${later}`, { exception }))
  await becomes(c, id, 'waiting')
  await ok(c.officer.post(`/api/programmes/${morning}/exceptions/${later}/remove`))
  await replanned()
  expect((await sessionOf(morning, later))?.status).toBe('cancelled')
  expect(await itemIn(c, id)).toMatchObject({ state: 'waiting', sessions: [] })
})

async function planned(programmeId: string, date: string): Promise<Broadcast> {
  return p.until(async () => {
    const session = await sessionOf(programmeId, date)
    return session?.status === 'planned' && session
  }, `${date} planned`)
}

async function approveAnew(id: string, title: string): Promise<void> {
  const { class: kind, script, targets } = await ok(p.admin.get(`/api/bulletins/${id}`))
  await ok(p.admin.put(`/api/bulletins/${id}`, { title, class: kind, script, targets }))
  await p.until(async () => (await ok(p.admin.get(`/api/bulletins/${id}`))).rendition.step === 'ready', 'production')
  for (const step of ['submit', 'approve']) await ok(p.admin.post(`/api/bulletins/${id}/${step}`))
}
