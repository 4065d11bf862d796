import { expect, test } from 'vitest'
import { isSameOrigin } from '../../controller/http/same-origin.ts'
import { startTestController } from '../support/start-controller.ts'

const PUBLIC = 'https://loa.example.vn'
const headers = (origin: string | null, host: string): Headers =>
  new Headers(origin === null ? { host } : { host, origin })

test.each([
  [null, 'loa.example.vn', true],
  [PUBLIC, '127.0.0.1:8080', true],
  ['http://localhost:8080', 'localhost:8080', true],
  ['https://evil.example', 'loa.example.vn', false],
  ['http://localhost:9090', 'localhost:8080', false],
  ['null', 'loa.example.vn', false],
  ['https://loa.example.vn.evil.example', 'loa.example.vn', false],
])('a change from %s to %s: same origin %s', (origin, host, expected) => {
  expect(isSameOrigin(headers(origin, host), PUBLIC)).toBe(expected)
})

test('a person may open the controller by another name of the same machine and sign in there', async () => {
  await using t = await startTestController()
  await t.signIn()
  const other = t.url.replace('127.0.0.1', 'localhost')
  const signIn = (origin: string) =>
    fetch(`${other}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ username: 'account-1', password: 'mat-khau-thu-nghiem' }),
    })
  const response = await signIn(other)
  expect(response.status).toBe(200)
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const me = await fetch(`${other}/api/me`, { headers: { cookie } })
  expect(await me.json()).toMatchObject({ username: 'account-1' })
  expect((await signIn('https://evil.example')).status).toBe(403)
})
