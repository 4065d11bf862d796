import { afterAll, beforeAll, expect, test } from 'vitest'
import { StationDays } from '#protocol/http/days.ts'
import type { ClusterIdentity } from '#protocol/messages.ts'
import { type Hand, MINUTE, openProvince, type Province, takeHand } from '../broadcasts/commune.ts'
import { problemsOf } from '../http/support.ts'
import type { Session } from '../support/session.ts'

let p: Province
let bulletin: string
/** Communes of Hà Nội, one for each test. */
const codes = ['00004', '00008', '00025', '00070', '00082', '00091', '00097', '00103', '00118', '00127', '00136']
let taken = 0

beforeAll(async () => {
  p = await openProvince()
  bulletin = await p.bulletin()
})
afterAll(() => p[Symbol.asyncDispose]())

interface Commune extends AsyncDisposable {
  readonly areaCode: string
  readonly identity: ClusterIdentity
  readonly hand: Hand
}
async function commune(): Promise<Commune> {
  const areaCode = codes[taken++] ?? ''
  const identity = await p.enrol(areaCode)
  const hand = await takeHand(identity)
  return { areaCode, identity, hand, [Symbol.asyncDispose]: () => hand[Symbol.asyncDispose]() }
}

/** A programme that airs every day from tomorrow on, in a slot of half an hour. */
const put = (areaCode: string, startTime: string, set: Record<string, unknown> = {}, by: Session = p.admin) =>
  by.post('/api/programmes', {
    name: `Chương trình ${startTime}`,
    areaCode,
    startsOn: '2026-11-24',
    startTime,
    maxMinutes: 30,
    repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
    targets: { areas: [areaCode] },
    rundown: [{ kind: 'bulletin', bulletinId: bulletin }],
    ...set,
  })

async function say(scope: string, rules: Record<string, unknown>, by: Session = p.admin) {
  const { revision } = (await by.get(`/api/rules/${scope}`)).body
  return by.put(`/api/rules/${scope}`, { quietHours: null, limits: {}, holidays: [], revision, ...rules })
}
const fieldsOf = (body: unknown): string[] => problemsOf(body).sort()
const sentencesOf = (body: { error: { problems: { message: string }[] } }): string[] =>
  body.error.problems.map(({ message }) => message)

/** Which local dates a cluster is to play at which hours, by its newest plan. */
async function startsOf(hand: Hand): Promise<string[]> {
  const occurrences = (await hand.plan())?.occurrences ?? []
  return occurrences.map(({ startAt }) => new Date(startAt + 7 * 60 * MINUTE).toISOString().slice(0, 16))
}

test('what a commune says is checked against its province, shown with whose word it is, and never overwritten unseen', async () => {
  await using one = await commune()
  const leader = await p.controller.signIn('leader', [one.areaCode])
  const province = await p.controller.signIn('province', ['33'])
  const far = '11953'
  expect(
    (await say('33', { quietHours: { from: '21:30', to: '05:00' }, limits: { sessionsPerDay: 3 } }, province)).status,
  ).toBe(200)
  const local = await p.controller.signIn('leader', [far])
  const loose = await say(
    far,
    { quietHours: { from: '23:00', to: '05:00' }, limits: { sessionsPerDay: 4, minutesPerDay: 60 } },
    local,
  )
  expect([loose.status, fieldsOf(loose.body)]).toEqual([
    422,
    ['limits.sessionsPerDay rules.limitLooser', 'quietHours rules.quietLooser'],
  ])
  const own = { quietHours: { from: '21:30', to: '06:00' }, limits: { minutesPerDay: 60 } }
  expect((await say(far, own, local)).body).toMatchObject({
    kind: 'commune',
    revision: 1,
    own,
    effective: {
      quietHours: { by: 'commune', value: { from: '21:30', to: '06:00' } },
      limits: { sessionsPerDay: { by: 'province', value: 3 }, minutesPerDay: { by: 'commune', value: 60 } },
    },
    may: { write: true, silence: true },
  })
  const stale = await local.put(`/api/rules/${far}`, { ...own, holidays: [], revision: 0 })
  expect([stale.status, problemsOf(stale.body)]).toEqual([409, [' rules.changedMeanwhile']])
  // Nobody of a commune speaks for the province, and nobody shortens even the usual quiet hours alone.
  expect((await leader.put('/api/rules/01', { ...own, holidays: [], revision: 0 })).status).toBe(403)
  const short = await say(one.areaCode, { quietHours: { from: '23:00', to: '04:00' } }, leader)
  expect(problemsOf(short.body)).toEqual(['quietHours rules.quietLooser'])
  expect((await say(one.areaCode, { quietHours: { from: '22:30', to: '04:30' } })).status).toBe(200)
  expect((await p.admin.get(`/api/stations/${one.areaCode}`)).body.quietHours).toEqual({ from: '22:30', to: '04:30' })
  // What stays as the province has set it is not judged anew; what changes is.
  const limited = await say(
    one.areaCode,
    { quietHours: { from: '22:30', to: '04:30' }, limits: { sessionsPerDay: 2 } },
    leader,
  )
  expect([limited.status, limited.body.own?.limits]).toEqual([200, { sessionsPerDay: 2 }])
  const shorter = await say(one.areaCode, { quietHours: { from: '23:00', to: '04:30' } }, leader)
  expect(problemsOf(shorter.body)).toEqual(['quietHours rules.quietLooser'])
})

test('a limit that the province has undercut since is not judged until somebody changes it', async () => {
  const [{ code }] = (await p.admin.get('/api/areas?parent=04')).body.items
  const leader = await p.controller.signIn('leader', [code])
  const before = { minutesPerDay: 60, days: ['MO', 'TU', 'WE'] }
  expect((await say(code, { limits: before }, leader)).status).toBe(200)
  expect((await say('04', { limits: { minutesPerDay: 45, sessionsPerDay: 3, days: ['TU', 'WE'] } })).status).toBe(200)

  const kept = await say(code, { limits: { ...before, days: ['WE', 'TU', 'MO'], earliest: '06:00' } }, leader)
  expect([kept.status, kept.body.effective?.limits]).toMatchObject([
    200,
    {
      minutesPerDay: { by: 'province', value: 45 },
      days: { by: 'province', value: ['TU', 'WE'] },
      earliest: { by: 'commune', value: '06:00' },
    },
  ])
  const looser = await say(code, { limits: { ...before, minutesPerDay: 50, sessionsPerDay: 4 } }, leader)
  expect(fieldsOf(looser.body)).toEqual([
    'limits.minutesPerDay rules.limitLooser',
    'limits.sessionsPerDay rules.limitLooser',
  ])
  expect((await say(code, { limits: { minutesPerDay: 40 } }, leader)).status).toBe(200)
  const again = await say(code, { limits: before }, leader)
  expect(fieldsOf(again.body)).toEqual(['limits.days rules.limitLooser', 'limits.minutesPerDay rules.limitLooser'])
})

test('a programme that breaks a limit is refused with the first day and whose limit it is', async () => {
  await using one = await commune()
  await say(one.areaCode, {
    limits: {
      sessionsPerDay: 2,
      minutesPerDay: 90,
      minutesPerSession: 45,
      earliest: '05:30',
      latest: '19:00',
      days: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA'],
    },
  })
  const weekdays = { repeat: { kind: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' } }
  const alone = await put(one.areaCode, '05:00', { maxMinutes: 50 })
  expect(fieldsOf(alone.body)).toEqual([
    'maxMinutes limit.minutesPerSession',
    'repeat limit.days',
    'startTime limit.earliest',
  ])
  const sunday = sentencesOf(alone.body).find((sentence) => sentence.includes('29/11/2026'))
  expect(sunday).toMatch(/ Phường .* chỉ cho phát T2, T3, T4, T5, T6, T7\./)
  expect((await put(one.areaCode, '05:30', { ...weekdays, maxMinutes: 45 })).status).toBe(201)
  const late = await put(one.areaCode, '18:45', weekdays)
  expect(fieldsOf(late.body)).toEqual(['startTime limit.latest'])
  expect(late.body.error.problems[0].alternatives).toEqual(['18:30'])
  expect((await put(one.areaCode, late.body.error.problems[0].alternatives[0], weekdays)).status).toBe(201)
  const third = await put(one.areaCode, '06:30', { repeat: { kind: 'rrule', rrule: 'FREQ=MONTHLY;BYMONTHDAY=15' } })
  expect(fieldsOf(third.body)).toEqual([
    'maxMinutes limit.minutesPerDay',
    'repeat limit.days',
    'repeat limit.sessionsPerDay',
  ])
  // The first 15th on which there are two sessions already is a Tuesday, the first on a Sunday comes in August.
  expect(
    sentencesOf(third.body)
      .map((sentence) => /\d+\/\d+\/\d+/.exec(sentence)?.[0])
      .sort(),
  ).toEqual(['15/08/2027', '15/12/2026', '15/12/2026'])
})

test('limits that are tightened later are a warning at once and keep the session from being planned; an exemption that another person grants lets it air', async () => {
  await using one = await commune()
  const { areaCode, hand } = one
  const officer = await p.controller.signIn('officer', [areaCode])
  const leader = await p.controller.signIn('leader', [areaCode])
  const [, evening] = [await put(areaCode, '06:00'), await put(areaCode, '17:00')]
  await p.until(async () => (await startsOf(hand)).length >= 12, 'both')
  await say(areaCode, { limits: { sessionsPerDay: 1 } }, leader)
  await p.until(async () => (await startsOf(hand)).every((start) => start.endsWith('T06:00')), 'one a day')
  const called = (await p.admin.get(`/api/broadcasts?areaCode=${areaCode}&limit=100`)).body.items
  expect(
    new Set(called.map((one: { status: string; cancelledBy: string | null }) => `${one.status} ${one.cancelledBy}`)),
  ).toEqual(new Set(['planned null', 'cancelled limits']))
  const warningsOf = async (id: string) => (await p.admin.get(`/api/programmes/${id}`)).body.warnings
  expect(await warningsOf(evening.body.id)).toEqual([expect.stringMatching(/^Ngày 24\/11\/2026 .* không được phát\.$/)])

  const asked = await officer.post('/api/exemptions', {
    areaCode,
    programmeId: evening.body.id,
    from: '2026-11-26',
    until: '2026-11-27',
    kinds: ['sessionsPerDay'],
    upTo: { sessionsPerDay: 2 },
    reason: 'Tuần lễ Ngày Pháp luật.',
  })
  expect(asked).toMatchObject({ status: 201, body: { state: 'waiting', may: { decide: false, revoke: true } } })
  const { id } = asked.body
  // Neither whoever asks, however high, nor somebody of another commune, nor twice.
  expect((await officer.post(`/api/exemptions/${id}/grant`)).status).toBe(403)
  const own = await p.admin.post('/api/exemptions', {
    areaCode,
    from: '2026-11-26',
    until: '2026-11-26',
    kinds: ['days'],
    reason: 'Thử.',
  })
  expect(problemsOf((await p.admin.post(`/api/exemptions/${own.body.id}/grant`)).body)).toEqual([
    ' exemption.cannotDecide',
  ])
  const stranger = await p.controller.signIn('leader', ['31825'])
  expect((await stranger.post(`/api/exemptions/${id}/grant`)).status).toBe(403)
  expect((await leader.post(`/api/exemptions/${id}/grant`)).body).toMatchObject({
    state: 'granted',
    decidedAt: expect.any(String),
  })
  expect((await leader.post(`/api/exemptions/${id}/refuse`)).status).toBe(409)
  const both = ['2026-11-26T17:00', '2026-11-27T17:00']
  const evenings = async () => (await startsOf(hand)).filter((start) => start.endsWith('T17:00'))
  await p.until(async () => (await evenings()).length > 0, 'the exempted evenings')
  expect(await evenings()).toEqual(both)
  // A third session on these days is as much too many as before.
  expect(fieldsOf((await put(areaCode, '12:00', { startsOn: '2026-11-26', repeat: { kind: 'once' } })).body)).toEqual([
    'startsOn limit.sessionsPerDay',
  ])
  expect((await officer.get(`/api/exemptions?areaCode=${areaCode}`)).body.items).toHaveLength(2)
  expect((await leader.post(`/api/exemptions/${id}/revoke`)).body).toMatchObject({ state: 'revoked' })
  await p.until(async () => (await evenings()).length === 0, 'one a day again')
})

test('an exemption is judged by the value that was granted: within it a programme is saved, beyond it refused with that value', async () => {
  await using one = await commune()
  const { areaCode, hand } = one
  const officer = await p.controller.signIn('officer', [areaCode])
  const leader = await p.controller.signIn('leader', [areaCode])
  await say(areaCode, { limits: { minutesPerSession: 15, latest: '20:00' } }, leader)
  const made = (await put(areaCode, '17:00', { maxMinutes: 15 }, officer)).body
  const ask = (set: Record<string, unknown>) => {
    const wish = { areaCode, programmeId: made.id, from: '2026-11-24', until: '2026-12-31', reason: 'Bài dài hơn.' }
    return officer.post('/api/exemptions', { ...wish, kinds: ['minutesPerSession'], ...set })
  }
  const refused: [Record<string, unknown>, string][] = [
    [{}, 'upTo.minutesPerSession exemption.upTo'],
    [{ upTo: { minutesPerSession: 20, minutesPerDay: 90 } }, 'upTo.minutesPerDay exemption.upTo'],
    [{ upTo: { minutesPerSession: 15 } }, 'upTo.minutesPerSession exemption.notLooser'],
    [{ upTo: { minutesPerSession: 1_441 } }, 'upTo.minutesPerSession field.outOfRange'],
    [{ kinds: ['latest'], upTo: { latest: '17:30' } }, 'upTo.latest exemption.notLooser'],
    [{ kinds: ['minutesPerDay'], upTo: { minutesPerDay: 60 } }, 'upTo.minutesPerDay exemption.notLimited'],
  ]
  for (const [set, problem] of refused) expect(problemsOf((await ask(set)).body)).toEqual([problem])
  expect(sentencesOf((await ask({ upTo: { minutesPerSession: 10 } })).body)[0]).toMatch(/của Phường .* \(15\)/)

  const asked = await ask({ upTo: { minutesPerSession: 20 } })
  expect(asked).toMatchObject({ status: 201, body: { kinds: ['minutesPerSession'], upTo: { minutesPerSession: 20 } } })
  const lasting = async (maxMinutes: number) => {
    const { revision, areaCode: _, ...series } = (await officer.get(`/api/programmes/${made.id}`)).body
    const { name, startsOn, startTime, repeat, targets, rundown } = series
    const calendar = { name, startsOn, startTime, repeat, until: '2026-12-31', targets, rundown }
    return officer.put(`/api/programmes/${made.id}`, { ...calendar, maxMinutes, revision })
  }
  expect(problemsOf((await lasting(20)).body)).toEqual(['maxMinutes limit.minutesPerSession'])
  expect((await leader.post(`/api/exemptions/${asked.body.id}/grant`)).body.upTo).toEqual({ minutesPerSession: 20 })
  expect((await lasting(20)).status).toBe(200)
  for (const minutes of [21, 180]) {
    const { status, body } = await lasting(minutes)
    expect([status, ...problemsOf(body)]).toEqual([422, 'maxMinutes limit.granted.minutesPerSession'])
    expect(sentencesOf(body)).toEqual([
      'Miễn trừ đã cấp chỉ cho mỗi buổi tối đa 20 phút (từ buổi ngày 24/11/2026). Hãy giảm thời lượng hoặc xin miễn trừ mới.',
    ])
  }
  // The planner judges by it too: what airs is the session of 20 minutes, until the exemption is taken back.
  await p.until(async () => (await startsOf(hand)).length >= 6, 'the longer sessions')
  await leader.post(`/api/exemptions/${asked.body.id}/revoke`)
  await p.until(async () => (await startsOf(hand)).length === 0, 'none of them')
})

test('a programme that would take another’s loudspeakers is refused with starts that are free, and each of them is', async () => {
  await using one = await commune()
  const { areaCode } = one
  const second = (await p.enrol(areaCode)).clusterId
  expect((await put(areaCode, '05:30', { name: 'Bản tin sáng' })).status).toBe(201)
  const refused = await put(areaCode, '05:45', { repeat: { kind: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=SA' } })
  expect(fieldsOf(refused.body)).toEqual(['startTime programme.collides'])
  expect(sentencesOf(refused.body)).toEqual([
    'Trùng với “Bản tin sáng” (05:30–06:00) ngày 28/11/2026 trên cùng cụm loa. Các giờ còn trống gần nhất: 06:00, 05:00.',
  ])
  // On another loudspeaker it is in nobody's way.
  expect((await put(areaCode, '05:45', { targets: { areas: [], clusters: [second] } })).status).toBe(422)
  expect((await put(areaCode, '06:00', { targets: { areas: [], clusters: [second] } })).status).toBe(201)
  expect((await put(areaCode, '06:00', { targets: { areas: [areaCode], exclude: [second] } })).status).toBe(201)
  // Of two that want the same place at once one is told.
  const rivals = await Promise.all([put(areaCode, '12:00'), put(areaCode, '12:10')])
  expect(rivals.map(({ status }) => status).sort()).toEqual([201, 422])
  // A wait of seconds is told and not refused.
  const brief = await put(areaCode, '13:00', {
    name: 'Nhạc hiệu',
    startTime: '12:59:00',
    maxMinutes: 2,
    repeat: { kind: 'once' },
  })
  expect(brief).toMatchObject({ status: 201, body: { warnings: [] } })
  const after = await put(areaCode, '13:00', { repeat: { kind: 'once' } })
  expect(after).toMatchObject({
    status: 201,
    body: { warnings: [expect.stringContaining('chờ “Nhạc hiệu” phát xong (khoảng 60 giây)')] },
  })
})

test('starts in the quiet hours and in a silence are offered others; a cluster with longer quiet hours misses only what falls into them', async () => {
  await using one = await commune()
  const { areaCode, identity, hand } = one
  await using other = await takeHand(await p.enrol(areaCode))
  const night = await put(areaCode, '03:15')
  expect(fieldsOf(night.body)).toEqual(['startTime programme.quietHours'])
  expect(night.body.error.problems[0].alternatives).toEqual(['05:00'])
  const officer = await p.controller.signIn('officer', [areaCode])
  expect(
    (await say(identity.clusterId, { quietHours: { from: '21:00', to: '06:00' }, limits: { sessionsPerDay: 1 } }))
      .status,
  ).toBe(422)
  expect((await say(identity.clusterId, { quietHours: { from: '21:00', to: '06:00' } })).body).toMatchObject({
    kind: 'cluster',
    effective: { quietHours: { by: 'cluster' } },
  })
  for (const time of ['05:30', '17:00']) expect((await put(areaCode, time)).status).toBe(201)
  await p.until(async () => (await startsOf(other)).length >= 12, 'both')
  await p.until(async () => (await startsOf(hand)).length >= 6, 'evenings')
  expect(new Set((await startsOf(hand)).map((start) => start.slice(11)))).toEqual(new Set(['17:00']))
  expect((await hand.plan())?.settings.quietHours).toEqual({ from: '21:00', to: '06:00' })
  expect((await other.plan())?.settings.quietHours).toEqual({ from: '22:00', to: '05:00' })

  const funeral = {
    period: {
      kind: 'once',
      from: { date: '2026-11-25', time: '12:00' },
      until: { date: '2026-11-26', time: '12:00' },
    },
    clusters: [identity.clusterId],
    reason: 'Tang lễ',
  }
  const silence = (silences: unknown[], revision: number) =>
    officer.put(`/api/rules/${areaCode}/silences`, { silences, revision })
  expect(problemsOf((await silence([{ ...funeral, clusters: ['clu_0'] }], 0)).body)).toEqual([
    'silences.0.clusters rules.foreignCluster',
  ])
  expect((await silence([funeral], 0)).status).toBe(200)
  await p.until(async () => !(await startsOf(hand)).includes('2026-11-25T17:00'), 'silence')
  expect(await startsOf(other)).toContain('2026-11-25T17:00')
  expect(
    (await officer.put(`/api/rules/${areaCode}`, { quietHours: null, limits: {}, holidays: [], revision: 1 })).status,
  ).toBe(403)
})

test('a day that has begun is judged by what has aired of it and what still comes: the same when it is saved as when it is planned', async () => {
  await using one = await commune()
  const { areaCode } = one
  await say(areaCode, { limits: { sessionsPerDay: 2 } })
  const [morning] = [await put(areaCode, '05:30'), await put(areaCode, '17:00')]
  const today = async (): Promise<{ id: string; at: string; status: string }[]> => {
    const { body } = await p.admin.get(`/api/stations/${areaCode}/days?from=2026-11-24&to=2026-11-24`)
    return StationDays.parse(body).days.flatMap(({ sessions }) =>
      sessions.map(({ broadcastId, programmeName, status }) => ({ id: broadcastId ?? '', at: programmeName, status })),
    )
  }
  await p.until(async () => (await today()).filter(({ status }) => status === 'planned').length === 2, 'planning')
  await p.jumpTo(Date.parse('2026-11-24T12:00+07:00'))
  const special = { startsOn: '2026-11-24', repeat: { kind: 'once' } }
  expect(fieldsOf((await put(areaCode, '18:00', special)).body)).toEqual(['startsOn limit.sessionsPerDay'])
  // That its programme ends does not undo that it has aired.
  expect((await p.admin.post(`/api/programmes/${morning.body.id}/end`)).status).toBe(200)
  expect(fieldsOf((await put(areaCode, '18:00', special)).body)).toEqual(['startsOn limit.sessionsPerDay'])
  const evening = (await today()).find(({ at }) => at === 'Chương trình 17:00')
  expect((await p.admin.post(`/api/broadcasts/${evening?.id}/cancel`)).status).toBe(200)
  // Where one was called off there is room, and a series whose hour of today is over takes none of it.
  expect((await put(areaCode, '06:00', { startsOn: '2026-11-24' })).status).toBe(201)
  expect((await put(areaCode, '17:00', { ...special, name: 'Thay' })).status).toBe(201)
  await p.until(async () => (await today()).some(({ at, status }) => at === 'Thay' && status === 'planned'), 'its plan')
  expect((await today()).map(({ at }) => at).sort()).toEqual(['Chương trình 05:30', 'Chương trình 17:00', 'Thay'])
})
