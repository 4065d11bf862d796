import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ErrorBody } from '#protocol/http/common.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import {
  approvedBulletin,
  bulletinInput,
  COMMUNE,
  created,
  ELSEWHERE,
  problemsOf,
  programmeInput,
  SISTER,
  tomorrow,
} from './support.ts'

let t: TestController
let admin: Session
let approved: string
let draft: string
let emergency: string
let cluster: string
let foreignCluster: string

beforeAll(async () => {
  t = await startTestController()
  admin = await t.signIn()
  cluster = (await admin.post('/api/clusters', { name: 'Cụm một', areaCode: COMMUNE })).body.cluster.id
  foreignCluster = (await admin.post('/api/clusters', { name: 'Cụm hai', areaCode: SISTER })).body.cluster.id
  approved = await approvedBulletin(admin)
  draft = await created(admin.post('/api/bulletins', bulletinInput()))
  emergency = await approvedBulletin(admin, { class: 'emergency' })
})
afterAll(() => t[Symbol.asyncDispose]())

/** How many rows there are of what a person can make. */
async function rowCounts(): Promise<number[]> {
  const tables = [
    'bulletin',
    'bulletinVersion',
    'programme',
    'cluster',
    'station',
    'invitation',
    'job',
    'event',
  ] as const
  const counts = []
  for (const table of tables) {
    const rows = await t.controller.ctx.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as('n'))
      .execute()
    counts.push(Number(rows[0]?.n))
  }
  return counts
}

/** Refused with these problems, and nothing was written. */
async function expectRefused(
  answer: () => Promise<{ status: number; body: unknown }>,
  status: number,
  problems: string[],
) {
  await idle()
  const before = await rowCounts()
  const { status: given, body } = await answer()
  expect({ status: given, problems: problemsOf(body) }).toEqual({ status, problems })
  expect(await rowCounts()).toEqual(before)
}

/** Until production has written its last event. */
async function idle(): Promise<void> {
  await expect
    .poll(
      async () => {
        const rows = await t.controller.ctx.db.selectFrom('job').select('id').where('state', '=', 'waiting').execute()
        return rows.length + t.controller.jobs.running
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBe(0)
}

const json = (text: string) => new TextEncoder().encode(text)
const brokenBytes = (): Uint8Array => {
  const bytes = json(JSON.stringify(bulletinInput({ script: 'Dòng một\nch#o' })))
  bytes[bytes.indexOf('#'.charCodeAt(0))] = 0xe0
  return bytes
}

describe('a bulletin is refused', () => {
  test.each<[string, () => unknown, number, string[]]>([
    ['without a script', () => bulletinInput({ script: undefined }), 422, ['script field.required']],
    ['with an empty script', () => bulletinInput({ script: '' }), 422, ['script script.empty']],
    ['with a script of white space', () => bulletinInput({ script: ' \n\t ' }), 422, ['script script.empty']],
    ['with a script of punctuation', () => bulletinInput({ script: '… — !' }), 422, ['script script.empty']],
    ['with 100,001 characters', () => bulletinInput({ script: 'a'.repeat(100_001) }), 422, ['script script.tooLong']],
    ['with a megabyte', () => bulletinInput({ script: 'Xin chào. '.repeat(100_000) }), 422, ['script script.tooLong']],
    ['with bytes that are no UTF-8', brokenBytes, 422, ['script script.notUtf8']],
    [
      'with a control character',
      () => bulletinInput({ script: 'a\nb\u0007' }),
      422,
      ['script script.controlCharacter'],
    ],
    ['with a NUL in its title', () => bulletinInput({ title: 'a\u0000b' }), 422, ['title script.controlCharacter']],
    [
      'with everything wrong',
      () => bulletinInput({ title: '\u0007', script: '' }),
      422,
      ['title script.controlCharacter', 'script script.empty'],
    ],
    ['with a title too long', () => bulletinInput({ title: 'a'.repeat(201) }), 422, ['title field.tooLong']],
    ['of an unknown class', () => bulletinInput({ class: 'urgent' }), 422, ['class field.invalid']],
    ['with a number for a script', () => bulletinInput({ script: 7 }), 422, ['script field.invalid']],
    ['for nobody', () => bulletinInput({ targets: [] }), 422, ['targets field.tooShort']],
    ['for an area that does not exist', () => bulletinInput({ targets: ['99999'] }), 422, ['targets area.unknown']],
    [
      'for an unknown area among known ones',
      () => bulletinInput({ targets: [COMMUNE, '99998'] }),
      422,
      ['targets.1 area.unknown'],
    ],
    [
      'for something that is no area code',
      () => bulletinInput({ targets: [COMMUNE, "1' or 1=1"] }),
      422,
      ['targets.1 format.areaCode'],
    ],
    ['as a list', () => [], 422, [' field.invalid']],
    ['as half of a JSON text', () => '{"title": "a', 400, [' body.invalid']],
    ['as an empty body', () => '', 400, [' body.invalid']],
    ['with more than 4 MB', () => bulletinInput({ script: 'a'.repeat(4 * 1024 * 1024) }), 413, [' body.tooLarge']],
  ])('%s', async (_, input, status, problems) => {
    await expectRefused(() => admin.post('/api/bulletins', input()), status, problems)
  })

  test('when edited to an unknown area, by the place of that area in the new list', async () => {
    const input = bulletinInput({ targets: [SISTER, '99999'] })
    await expectRefused(() => admin.put(`/api/bulletins/${draft}`, input), 422, ['targets.1 area.unknown'])
  })

  test('as a form of another page would send it', async () => {
    await expectRefused(
      async () => {
        const response = await fetch(`${t.url}/api/bulletins`, {
          method: 'POST',
          headers: { cookie: admin.cookie, origin: t.url, 'content-type': 'text/plain' },
          body: JSON.stringify(bulletinInput()),
        })
        return { status: response.status, body: await response.json() }
      },
      415,
      [' body.invalid'],
    )
  })
})

describe('a programme is refused', () => {
  const rule = (rrule: string) => ({ repeat: { kind: 'rrule', rrule } })
  test.each<[string, (id: string) => unknown, string[]]>([
    ['in the past', (id) => programmeInput(id, { startsOn: tomorrow(-1) }), ['startTime programme.inPast']],
    ['on a day that does not exist', (id) => programmeInput(id, { startsOn: '2027-02-30' }), ['startsOn format.date']],
    ['at a time that does not exist', (id) => programmeInput(id, { startTime: '25:00' }), ['startTime format.time']],
    ['in the quiet hours', (id) => programmeInput(id, { startTime: '03:15' }), ['startTime programme.quietHours']],
    [
      'that runs into the quiet hours',
      (id) => programmeInput(id, { startTime: '21:59:59' }),
      ['startTime programme.quietHours'],
    ],
    ['with a rule of its own making', (id) => programmeInput(id, rule('FREQ=OFTEN')), ['repeat.rrule programme.rrule']],
    ['with a rule of seconds', (id) => programmeInput(id, rule('FREQ=SECONDLY')), ['repeat.rrule programme.rrule']],
    ['without a bulletin', () => programmeInput('', { rundown: [] }), ['rundown field.tooShort']],
    ['with a name that cannot be read', (id) => programmeInput(id, { name: 'a\u0000' }), ['name field.unreadable']],
    [
      'of a commune without a station',
      (id) => programmeInput(id, { areaCode: ELSEWHERE, targets: { areas: [ELSEWHERE] } }),
      ['areaCode programme.noStation'],
    ],
    ['of an area that does not exist', (id) => programmeInput(id, { areaCode: '99999' }), ['areaCode area.unknown']],
    [
      'for a foreign area',
      (id) => programmeInput(id, { targets: { areas: [COMMUNE, SISTER] } }),
      ['targets.areas.1 programme.foreignArea'],
    ],
    [
      'for a foreign cluster',
      (id) => programmeInput(id, { targets: { areas: [], clusters: [foreignCluster] } }),
      ['targets.clusters.0 programme.foreignCluster'],
    ],
    [
      'for no cluster at all',
      (id) => programmeInput(id, { targets: { areas: [COMMUNE], exclude: [cluster] } }),
      ['targets programme.noCluster'],
    ],
  ])('%s', async (_, input, problems) => {
    await expectRefused(() => admin.post('/api/programmes', input(approved)), 422, problems)
  })

  test('with a bulletin that is unknown, not approved, or an emergency, each at its place', async () => {
    const ids = [approved, 'bul_unknown', draft, emergency]
    const rundown = ids.map((bulletinId) => ({ kind: 'bulletin', bulletinId }))
    await expectRefused(() => admin.post('/api/programmes', programmeInput(approved, { rundown })), 422, [
      'rundown.1.bulletinId bulletin.notFound',
      'rundown.2.bulletinId bulletin.notApproved',
      'rundown.3.bulletinId bulletin.emergencyNotScheduled',
    ])
  })
})

test.each<[string, string, unknown, string[]]>([
  ['a cluster in a province', '/api/clusters', { name: 'Cụm', areaCode: '01' }, ['areaCode area.notCommune']],
  ['a cluster in an unknown area', '/api/clusters', { name: 'Cụm', areaCode: '99999' }, ['areaCode area.unknown']],
  [
    'a cluster outside the country',
    '/api/clusters',
    { name: 'Cụm', areaCode: COMMUNE, latitude: 48 },
    ['latitude field.outOfRange'],
  ],
  [
    'a cluster with an unreadable name',
    '/api/clusters',
    { name: '\ufffd', areaCode: COMMUNE },
    ['name field.unreadable'],
  ],
  ['an officer of no area', '/api/invitations', { role: 'officer', areaCodes: [] }, ['areaCodes account.noArea']],
  ['an unknown role', '/api/invitations', { role: 'king', areaCodes: [] }, ['role field.invalid']],
])('%s is refused', async (_, path, input, problems) => {
  await expectRefused(() => admin.post(path, input), 422, problems)
})

test.each<[string, Record<string, unknown>, string[]]>([
  ['time zone', { timeZone: 'Asia/Nowhere' }, ['timeZone station.timeZone']],
  ['clock', { timeZone: 'America/New_York' }, ['timeZone station.otherClock']],
  ['voice', { voice: 'baritone' }, ['voice station.voice']],
  ['volume', { volume: { day: 101, night: 0 } }, ['volume.day field.outOfRange']],
  ['bound of the quiet hours', { quietHours: { from: '24:00', to: '05:00' } }, ['quietHours.from format.time']],
  ['length of the quiet hours', { quietHours: { from: '12:00', to: '12:00' } }, ['quietHours.to rules.quietEmpty']],
])('a station with an impossible %s is refused', async (_, set, problems) => {
  const station = (await admin.get(`/api/stations/${COMMUNE}`)).body
  await expectRefused(() => admin.put(`/api/stations/${COMMUNE}`, { ...station, ...set }), 422, problems)
})

test.each([
  ['/api/bulletins?cursor=nonsense', 422, ['cursor cursor.invalid']],
  ['/api/bulletins?limit=0', 422, ['limit field.outOfRange']],
  ['/api/bulletins?limit=many', 422, ['limit field.invalid']],
  ['/api/bulletins/bul_unknown', 404, [' bulletin.notFound']],
  ['/api/bulletins/nonsense', 422, ['id field.pattern']],
  ['/api/programmes/prg_unknown', 404, [' programme.notFound']],
  ['/api/broadcasts/brd_unknown', 404, [' broadcast.notFound']],
  ['/api/broadcasts?from=yesterday', 422, ['from field.pattern']],
  ['/api/clusters/clu_unknown', 404, [' cluster.notFound']],
  ['/api/areas?q=%00', 422, ['q field.unreadable']],
  ['/api/areas/99999', 404, [' area.notFound']],
  ['/api/stations/99999', 422, ['areaCode area.unknown']],
  ['/api/nothing-here', 404, []],
] as const)('GET %s answers %i', async (path, status, problems) => {
  await expectRefused(() => admin.get(path), status, [...problems])
})

test('what a bulletin cannot do now is said, and done twice is refused', async () => {
  const id = await created(admin.post('/api/bulletins', bulletinInput()))
  await expectRefused(() => admin.post(`/api/bulletins/${id}/approve`), 409, [' bulletin.cannot.approve'])
  await created(admin.post(`/api/bulletins/${id}/submit`))
  await expectRefused(() => admin.post(`/api/bulletins/${id}/submit`), 409, [' bulletin.cannot.submit'])
  await expectRefused(() => admin.post(`/api/bulletins/${id}/return`, { reason: ' ' }), 422, ['reason field.tooShort'])
  await created(admin.post(`/api/bulletins/${id}/return`, { reason: 'Thiếu căn cứ.\nXem lại mục hai.' }))
  await expectRefused(() => admin.post(`/api/bulletins/${approved}/produce`), 409, [' bulletin.cannotProduce'])
})

test('a fault of ours says nothing of the inside, but gives a number to ask about', async () => {
  await t.controller.ctx.db.schema.alterTable('audioAsset').renameTo('hidden').execute()
  try {
    const { status, body } = await admin.get(`/api/bulletins/${draft}`)
    expect(status).toBe(500)
    expect(problemsOf(body)).toEqual([])
    expect(ErrorBody.parse(body).error.code).toBe('internal')
    expect(ErrorBody.parse(body).error.requestId).toMatch(/^req_/)
    expect(JSON.stringify(body)).not.toMatch(/sql|audioAsset|table/i)
  } finally {
    await t.controller.ctx.db.schema.alterTable('hidden').renameTo('audioAsset').execute()
  }
})
