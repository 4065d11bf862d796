import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runLoa } from '../support/loa.ts'
import { type Session, sessionOf } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'

// Each command is a process that compiles itself.
vi.setConfig({ testTimeout: 120_000 })

const PASSWORD = 'mat-khau-thu-nghiem'
let t: TestController
let dataDir: string
let address = 0
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'loa-access-'))
  t = await startTestController({ dataDir })
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true, force: true })
})

const loa = (...args: string[]) => runLoa(dataDir, ['users', ...args])
const usernameOf = async (who: Session): Promise<string> => (await who.get('/api/me')).body.username
const isSignedIn = async (who: Session): Promise<boolean> => (await who.get('/api/me')).status === 200

/** From an address of its own each time, so that nobody has tried too often. */
const post = (path: string, body: unknown, cookie = '') =>
  fetch(`${t.url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: t.url, cookie, 'x-forwarded-for': `203.0.113.${++address}` },
    body: JSON.stringify(body),
  })
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
const signIn = (username: string, password = PASSWORD) => post('sign-in/username', { username, password })
const sessionFor = async (username: string, password?: string) =>
  sessionOf(t.url, cookieOf(await signIn(username, password)))

test('changing the password ends every other session, whatever the client asks for, and keeps one’s own', async () => {
  const username = await usernameOf(await t.signIn())
  const [stolen, own] = [await sessionFor(username), await sessionFor(username)]
  expect([await isSignedIn(stolen), await isSignedIn(own)]).toEqual([true, true])
  const newPassword = 'mat-khau-moi-hon'
  const change = { currentPassword: PASSWORD, newPassword, revokeOtherSessions: false }
  const changed = await post('change-password', change, own.cookie)
  expect(changed.status).toBe(200)
  expect(await isSignedIn(stolen)).toBe(false)
  expect(await isSignedIn(sessionOf(t.url, cookieOf(changed)))).toBe(true)
  expect(await isSignedIn(await sessionFor(username, newPassword))).toBe(true)
})

test('an operator ends all sessions of one account, and no others', async () => {
  const [first, other] = [await t.signIn(), await t.signIn()]
  const username = await usernameOf(first)
  const second = await sessionFor(username)
  expect(await loa('sign-out', username)).toMatchObject({ code: 0 })
  expect([await isSignedIn(first), await isSignedIn(second), await isSignedIn(other)]).toEqual([false, false, true])
  expect(await isSignedIn(await sessionFor(username))).toBe(true)
})

test('a disabled account is out at once and refused like a wrong password, until it is enabled', async () => {
  const who = await t.signIn('officer', ['00004'])
  const username = await usernameOf(who)
  expect(await loa('disable', username)).toMatchObject({ code: 0 })
  expect(await isSignedIn(who)).toBe(false)
  const refusals = await Promise.all([signIn(username), signIn(username, 'sai-mat-khau-roi'), signIn('nobody-here')])
  const told = await Promise.all(refusals.map(async (answer) => [answer.status, await answer.json(), cookieOf(answer)]))
  expect(told).toEqual([told[2], told[2], [401, expect.anything(), '']])
  expect((await loa('list')).out).toContain(`"username":"${username}","role":"officer","isDisabled":true`)
  expect(await loa('enable', username)).toMatchObject({ code: 0 })
  expect(await isSignedIn(await sessionFor(username))).toBe(true)
})

test('a user name that nobody has is said to be so', async () => {
  const { code, err } = await loa('disable', 'nobody-here')
  expect([code, err]).toEqual([1, 'Không có tài khoản “nobody-here”. Lệnh “users list” liệt kê các tài khoản.'])
})
