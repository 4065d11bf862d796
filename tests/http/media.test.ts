import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { problemsOf } from './support.ts'

const CONTENT = randomBytes(100_000)
let t: TestController
let url: string
let sha256: string

beforeAll(async () => {
  t = await startTestController()
  const file = join(t.dataDir, 'incoming.mp3')
  await writeFile(file, CONTENT)
  sha256 = (await t.controller.ctx.store.put(file, 'mp3')).sha256
  url = `${t.url}/media/${sha256}.mp3`
})
afterAll(() => t[Symbol.asyncDispose]())

const get = (headers: Record<string, string> = {}, method = 'GET') => fetch(url, { method, headers })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

test('audio comes whole, to anybody, for ever', async () => {
  const response = await get()
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'audio/mpeg',
    'content-length': '100000',
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${sha256}"`,
  })
  expect((await bytesOf(response)).equals(CONTENT)).toBe(true)
})

test.each([
  ['bytes=0-99', 0, 100],
  ['bytes=99990-', 99_990, 100_000],
  ['bytes=-10', 99_990, 100_000],
  ['bytes=50000-200000', 50_000, 100_000],
])('a broken download goes on: %s', async (range, from, to) => {
  const response = await get({ range })
  expect(response.status).toBe(206)
  expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/100000`)
  expect((await bytesOf(response)).equals(CONTENT.subarray(from, to))).toBe(true)
})

test('a range past the end is refused with the length', async () => {
  const response = await get({ range: 'bytes=100000-' })
  expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */100000'])
})

test('HEAD tells the length and sends nothing; what is known already is not sent again', async () => {
  const head = await get({}, 'HEAD')
  expect([head.status, head.headers.get('content-length'), (await bytesOf(head)).length]).toEqual([200, '100000', 0])
  const known = await get({ 'if-none-match': `"${sha256}"` })
  expect([known.status, (await bytesOf(known)).length]).toEqual([304, 0])
})

test.each([
  ['another extension', () => `/media/${sha256}.wav`],
  ['two extensions', () => `/media/${sha256}.mp3.exe`],
  ['no extension', () => `/media/${sha256}`],
  ['an unknown hash', () => `/media/${'0'.repeat(64)}.mp3`],
  ['upper case', () => `/media/${sha256.toUpperCase()}.mp3`],
  ['an escaped path upwards', () => '/media/..%2f..%2fsecrets%2fmaster'],
  ['a doubly escaped path', () => '/media/%252e%252e%252fsecrets%252fmaster'],
  ['a NUL', () => `/media/${sha256}.mp3%00`],
])('there is nothing at %s', async (_, path) => {
  const { status, text } = await plainly(path())
  expect(status).toBe(404)
  expect(problemsOf(JSON.parse(text)).length).toBeLessThanOrEqual(1)
})

test('no path leads out of the folders that are served', async () => {
  const secret = (await readFile(join(t.dataDir, 'secrets', 'master'), 'utf8')).trim()
  const steps = ['../', '..%2f', '%2e%2e/', '..\\', '..%5c', '....//']
  for (const folder of ['/media/', '/assets/', '/', '/api/docs/']) {
    for (const step of steps) {
      for (const depth of [1, 2, 3]) {
        const { text } = await plainly(`${folder}${step.repeat(depth)}${t.dataDir.slice(1)}/secrets/master`)
        expect(text).not.toContain(secret)
        expect((await plainly(`${folder}${step.repeat(depth)}secrets/master`)).text).not.toContain(secret)
      }
    }
  }
})

/** Sends the path as it stands: fetch would tidy it. */
function plainly(path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(t.url)
    request({ hostname, port, path }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
      .on('error', reject)
      .end()
  })
}

test('health, readiness, figures and the description of the API answer without sign-in', async () => {
  const page = async (path: string) => {
    const response = await fetch(`${t.url}${path}`)
    return { status: response.status, text: await response.text() }
  }
  expect(await page('/healthz')).toEqual({ status: 200, text: 'ok' })
  expect(await page('/readyz')).toEqual({ status: 200, text: 'ready' })
  const metrics = (await page('/metrics')).text
  for (const figure of [
    'loa_broker_connected 1',
    'loa_mqtt_queued',
    'loa_mqtt_dropped_total 0',
    'process_resident_memory_bytes',
  ]) {
    expect(metrics).toContain(figure)
  }
  const api = JSON.parse((await page('/api/openapi.json')).text)
  expect(api.openapi).toBe('3.0.3')
  expect(api.paths['/api/bulletins'].post.requestBody.required).toBe(true)
  expect(api.paths['/api/bulletins/{id}'].get.responses).toHaveProperty('404')
  expect((await page('/api/docs')).text).toContain('swagger-ui')
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']) {
    expect((await page(`/api/docs/${file}`)).status).toBe(200)
  }
})

test('a controller that has lost its broker is alive but not ready', async () => {
  await using lonely = await startTestController()
  await lonely.controller.ctx.broker[Symbol.asyncDispose]()
  const statusOf = async (path: string) => (await fetch(`${lonely.url}${path}`)).status
  await expect.poll(() => statusOf('/readyz'), { timeout: 5_000 }).toBe(503)
  expect(await statusOf('/healthz')).toBe(200)
})
