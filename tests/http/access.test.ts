import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Permission, ROLES, type Role } from '#protocol/http/accounts.ts'
import { OPERATOR, permissionsOf } from '../../controller/accounts/actor.ts'
import { invite } from '../../controller/accounts/invite.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type Session, sessionOf } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { exemption, ids, ROUTES, type Route, station } from './routes.ts'
import {
  approvedBulletin,
  bulletinInput,
  COMMUNE,
  created,
  ELSEWHERE,
  PROVINCE,
  problemsOf,
  programmeInput,
  SISTER,
  tomorrow,
} from './support.ts'

const DAY = 86_400_000
let t: TestController
let clock: FakeClock
let admin: Session

beforeAll(async () => {
  clock = new FakeClock(Date.now())
  t = await startTestController({ overrides: { clock } })
  admin = await t.signIn()
  ids.cluster = (await admin.post('/api/clusters', { name: 'Cụm một', areaCode: COMMUNE })).body.cluster.id
  ids.bulletin = await approvedBulletin(admin)
  ids.version = (await admin.get(`/api/bulletins/${ids.bulletin}`)).body.versionId
  ids.programme = await created(admin.post('/api/programmes', programmeInput(ids.bulletin)))
  ids.exemption = await created(admin.post('/api/exemptions', exemption()))
  await vi.waitFor(async () => {
    await clock.advance(1_000)
    ids.broadcast = (await admin.get('/api/broadcasts')).body.items[0].id
  }, 20_000)
})
afterAll(() => t[Symbol.asyncDispose]())

/** Making an account hashes a password twice, so each kind of person is made once. */
const people = new Map<string, Promise<Session>>()
function as(role: Role, areaCodes: readonly string[]): Promise<Session> {
  const key = `${role} ${areaCodes}`
  const person = people.get(key) ?? t.signIn(role, areaCodes)
  people.set(key, person)
  return person
}

/** Sends a request that lacks nothing but, perhaps, the right. */
function ask(who: Session, { route, body, query }: Route, area = COMMUNE) {
  const [method = '', pattern = ''] = route.split(' ')
  const noun = pattern.split('/')[2]?.slice(0, -1) as keyof typeof ids
  const place = pattern
    .replace('{id}', ids[noun])
    .replace('{versionId}', ids.version)
    .replace('{bulletinId}', ids.bulletin)
    .replace(/\{(code|areaCode|scope)\}/, area)
  const path = place.replace('{language}', 'km').replace('{date}', tomorrow()) + (query?.(area) ?? '')
  if (method === 'GET') return who.get(path)
  return method === 'PUT' ? who.put(path, body?.()) : who.post(path, body?.())
}

test('every published route is in the table of rights', async () => {
  const { body } = await t.stranger.get('/api/openapi.json')
  const published = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(published.sort()).toEqual(ROUTES.map(({ route }) => route).sort())
})

test('a stranger gets no further than the door', async () => {
  const answers = await Promise.all(ROUTES.map((route) => ask(t.stranger, route)))
  for (const { status, body } of [...answers, await t.stranger.get('/api/stream'), await t.stranger.get('/api/x')]) {
    expect({ status, code: body.error?.code, problems: problemsOf(body) }).toEqual({
      status: 401,
      code: 'unauthenticated',
      problems: [],
    })
  }
  const forged = sessionOf(t.url, admin.cookie.replace(/=[^;]{8}/, '=AAAAAAAA'))
  expect((await forged.get('/api/me')).status).toBe(401)
})

test.each(ROLES)('role %s may do what its permissions say, and nothing else', async (role: Role) => {
  const who = await as(role, role === 'admin' ? [] : [COMMUNE])
  const held: readonly Permission[] = permissionsOf(role)
  expect((await who.get('/api/me')).body).toMatchObject({ role, permissions: held })
  for (const route of ROUTES) {
    // The deeds that would end what other roles still need.
    if (
      /\/(end|cancel|approve|withdraw|assets\/\{id\}\/(?:remove|check))$/.test(route.route) &&
      route.needs &&
      held.includes(route.needs)
    )
      continue
    const { status, body } = await ask(who, route)
    const isAllowed = route.needs === null || held.includes(route.needs)
    if (isAllowed) expect([200, 201, 409], `${role} ${route.route}: ${JSON.stringify(body)}`).toContain(status)
    else
      expect({ route: route.route, status, problems: problemsOf(body) }).toEqual({
        route: route.route,
        status: 403,
        problems: [' permission.missing'],
      })
  }
})

describe('areas keep apart', () => {
  const foreign: readonly (readonly [string, Route])[] = ROUTES.filter(
    ({ route, query }) => (/\{(id|code|scope|bulletinId)\}/.test(route) && !route.includes('/areas/')) || query,
  ).map((route) => [route.route, route])

  test.each(foreign)('an officer and an approver of another commune cannot %s', async (_, route) => {
    for (const role of ['officer', 'province'] as const) {
      const who = await as(role, [SISTER])
      const { status } = await ask(who, route)
      expect([403, 404]).toContain(status)
    }
  })

  test('lists show what lies within the areas of the account', async () => {
    const lists = ['bulletins', 'programmes', 'broadcasts', 'clusters', 'stations']
    const counts = async (who: Session) =>
      Promise.all(lists.map(async (noun) => (await who.get(`/api/${noun}`)).body.items.length > 0))
    expect(await counts(await as('officer', [COMMUNE]))).toEqual([true, true, true, true, true])
    expect(await counts(await as('province', [PROVINCE]))).toEqual([true, true, true, true, true])
    expect(await counts(await as('officer', [ELSEWHERE]))).toEqual([false, false, false, false, false])
  })

  test('nobody writes for areas that are not theirs', async () => {
    const officer = await as('officer', [SISTER])
    for (const answer of [
      await officer.post('/api/bulletins', bulletinInput()),
      await officer.post('/api/bulletins', bulletinInput({ targets: [SISTER, PROVINCE] })),
      await officer.post('/api/programmes', programmeInput(ids.bulletin)),
      await (await as('technician', [SISTER])).post('/api/clusters', { name: 'Cụm', areaCode: COMMUNE }),
      await (await as('province', ['96'])).put(`/api/stations/${COMMUNE}`, station),
    ]) {
      expect({ status: answer.status, problems: problemsOf(answer.body) }).toEqual({
        status: 403,
        problems: [' permission.area'],
      })
    }
  })

  test('nobody airs a bulletin of another commune, even by guessing its id', async () => {
    await created(admin.post('/api/clusters', { name: 'Cụm', areaCode: SISTER }))
    const own = { areaCode: SISTER, targets: { areas: [SISTER] } }
    const programme = programmeInput(await approvedBulletin(admin), own)
    const refused = await (await as('officer', [SISTER])).post('/api/programmes', programme)
    expect([refused.status, problemsOf(refused.body)]).toEqual([422, ['rundown.0.bulletinId bulletin.notFound']])
    expect((await admin.post('/api/programmes', programme)).status).toBe(201)
  })

  test('a province bulletin is seen by its communes, but edited, judged and produced by the province', async () => {
    const id = await created(admin.post('/api/bulletins', bulletinInput({ targets: [PROVINCE] })))
    await created(admin.post(`/api/bulletins/${id}/submit`))
    const officer = await as('officer', [COMMUNE])
    const leader = await as('leader', [COMMUNE])
    expect((await officer.get(`/api/bulletins/${id}`)).status).toBe(200)
    expect((await officer.put(`/api/bulletins/${id}`, bulletinInput())).status).toBe(403)
    expect((await officer.post(`/api/bulletins/${id}/produce`)).status).toBe(403)
    expect((await leader.post(`/api/bulletins/${id}/approve`)).status).toBe(403)
    expect((await (await as('province', [PROVINCE])).post(`/api/bulletins/${id}/approve`)).status).toBe(200)
  })
})

describe('requests of other sites', () => {
  test.each([
    ['a form', { 'content-type': 'text/plain' }],
    ['no content type', {}],
    ['JSON', { 'content-type': 'application/json' }],
  ])('are refused: %s', async (_, headers) => {
    const before = (await admin.get('/api/bulletins')).body.items.length
    const response = await fetch(`${t.url}/api/bulletins`, {
      method: 'POST',
      headers: { ...headers, cookie: admin.cookie, origin: 'https://evil.example' },
      body: new TextEncoder().encode(JSON.stringify(bulletinInput())),
    })
    expect(response.status).toBe(403)
    expect(problemsOf(await response.json())).toEqual([])
    expect((await admin.get('/api/bulletins')).body.items.length).toBe(before)
  })

  test('may neither frame the pages nor read the answers', async () => {
    const { headers } = await fetch(`${t.url}/api/openapi.json`, { headers: { origin: 'https://evil.example' } })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('an invitation', () => {
  const accept = (link: string, set: Record<string, unknown> = {}) =>
    t.stranger.post('/api/invitations/accept', {
      token: new URL(link).searchParams.get('token'),
      name: 'Chị Lan',
      username: `khach-${++guests}`,
      password: 'mat-khau-thu-nghiem',
      ...set,
    })
  let guests = 0
  const link = async () =>
    (await invite(t.controller.ctx, { actor: OPERATOR, role: 'viewer', areaCodes: [COMMUNE] })).url

  test('works once, and makes the account that it was made for', async () => {
    const url = await link()
    expect((await accept(url)).status).toBe(200)
    const again = await accept(url)
    expect({ status: again.status, problems: problemsOf(again.body) }).toEqual({
      status: 422,
      problems: ['token invitation.spent'],
    })
  })

  test('is taken by one of many who come at the same moment', async () => {
    const url = await link()
    const statuses = (await Promise.all([1, 2, 3].map(() => accept(url)))).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 422, 422])
  })

  test('is not burnt by a user name that is taken, nor by a password that is too short', async () => {
    const url = await link()
    const taken = await accept(url, { username: 'account-1' })
    expect(problemsOf(taken.body)).toEqual(['username account.taken'])
    const weak = await accept(url, { password: 'ngan' })
    expect(problemsOf(weak.body)).toEqual(['password field.tooShort'])
    expect((await accept(url)).status).toBe(200)
  })

  test.each(['account', 'accountArea'])(
    'is open again, and nobody is half made, when writing to “%s” breaks off',
    async (table) => {
      const { db } = t.controller.ctx
      const url = await link()
      const username = `nua-chung-${table.toLowerCase()}`
      const fault = sql`create trigger broken before insert on ${sql.table(table)} begin select raise(abort, 'broken'); end`
      await fault.execute(db)
      const refused = await accept(url, { username }).finally(() => sql`drop trigger broken`.execute(db))
      expect(refused.status).toBe(500)
      expect((await accept(url, { username })).status).toBe(200)
      expect((await accept(url, { username: `${username}-2` })).status).toBe(422)
    },
  )

  test('ends after a week', async () => {
    const url = await link()
    await clock.set(clock.now() + 7 * DAY)
    expect((await accept(url)).status).toBe(422)
  })
})

describe('signing in', () => {
  const signIn = (password: string, headers: Record<string, string> = {}) =>
    fetch(`${t.url}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: t.url, ...headers },
      body: JSON.stringify({ username: 'account-1', password }),
    })

  test('gives a cookie that scripts and other sites cannot use, and signing out ends it', async () => {
    const response = await signIn('mat-khau-thu-nghiem')
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    const session = sessionOf(t.url, cookie.split(';')[0] ?? '')
    expect((await session.get('/api/me')).body.username).toBe('account-1')
    await session.post('/api/auth/sign-out', {})
    expect((await session.get('/api/me')).status).toBe(401)
  })

  test('is refused after ten tries in a minute, whatever address a client claims; others may still try', async () => {
    const statuses = []
    for (let n = 1; n <= 12; n++) {
      // Only what the proxy on this machine adds last is believed.
      const claimed = { 'x-forwarded-for': `10.0.0.${n}, 203.0.113.7`, 'x-loa-client-address': `10.0.1.${n}` }
      statuses.push((await signIn('sai-mat-khau-roi', claimed)).status)
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401))
    expect(statuses.slice(10)).toEqual([429, 429])
    expect((await signIn('mat-khau-thu-nghiem', { 'x-forwarded-for': '203.0.113.8' })).status).toBe(200)
  })

  test('leaves no other door open: the library’s own sign-up and administration do not answer', async () => {
    for (const path of [
      'sign-up/email',
      'sign-in/email',
      'admin/create-user',
      'admin/set-role',
      'is-username-available',
    ]) {
      expect((await admin.post(`/api/auth/${path}`, {})).status).toBe(404)
    }
  })
})
