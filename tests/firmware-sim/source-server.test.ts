import { expect, test } from 'vitest'
import { createSourceServer, type SourceServer } from '../../firmware-sim/source-server.ts'
import { FakeClock } from '../support/fake-clock.ts'

const NOW = Date.UTC(2026, 10, 23)
const at = new Date(NOW).toISOString()
const report = {
  schema: 'loa-xa/broadcast-report/1',
  broadcastId: 'brd_a',
  revision: 1,
  areaCode: '31813',
  programmeName: 'Bản tin pháp luật',
  startAt: at,
  endAt: at,
  closedAt: at,
  bulletins: [{ id: 'bul_a', title: 'Luật mới', versionNumber: 1 }],
  clustersPlanned: 12,
  clustersPlayed: 12,
  tally: { played: 12 },
}

const open = () => createSourceServer({ token: 'ma-thu', clock: new FakeClock(NOW) })

const headersOf = (key: string | null, token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  ...(key === null ? {} : { 'idempotency-key': key }),
})

async function post(source: SourceServer, body: unknown, key: string | null = 'k1', token = 'ma-thu') {
  const response = await fetch(new URL('reports', source.url), {
    method: 'POST',
    headers: headersOf(key, token),
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(250),
  })
  return { status: response.status, body: await response.json() }
}

test('a report is stored once, however often its key comes', async () => {
  await using source = await open()
  expect(await post(source, report)).toEqual({ status: 201, body: { duplicate: false } })
  expect(await post(source, report)).toEqual({ status: 200, body: { duplicate: true } })
  expect(await post(source, report, 'k2')).toMatchObject({ status: 201 })
  expect(source.reports.map(({ key, at }) => [key, at])).toEqual([
    ['k1', NOW],
    ['k2', NOW],
  ])
  const listed = await fetch(new URL('reports', source.url), { headers: headersOf(null, 'ma-thu') })
  expect(await listed.json()).toMatchObject({ items: [{ key: 'k1' }, { key: 'k2' }] })
})

test('nothing is stored without the token, without a key, or when it is not a broadcast report', async () => {
  await using source = await open()
  expect((await post(source, report, 'k1', 'khac')).status).toBe(401)
  expect((await post(source, report, null)).status).toBe(400)
  expect((await post(source, 'không phải JSON')).status).toBe(422)
  expect(await post(source, { ...report, clustersPlayed: 'mười hai' })).toMatchObject({
    status: 422,
    body: { error: expect.stringContaining('clustersPlayed') },
  })
  expect((await post(source, 'x'.repeat(2_000_000))).status).toBe(413)
  expect(source.reports).toEqual([])
})

test('it fails, refuses and hangs as told, and then works again', async () => {
  await using source = await open()
  source.failNext(2)
  source.rejectNext(1)
  expect([(await post(source, report)).status, (await post(source, report)).status]).toEqual([503, 503])
  expect((await post(source, report)).status).toBe(422)
  source.hangNext(1)
  await expect(post(source, report)).rejects.toThrow()
  expect(source.reports).toEqual([])
  expect((await post(source, report)).status).toBe(201)
  expect(source.attempts).toBe(5)
})

test('a report that was stored but never answered is a duplicate when it comes again', async () => {
  await using source = await open()
  source.hangNext(1, { storing: true })
  await expect(post(source, report)).rejects.toThrow()
  expect(source.reports).toHaveLength(1)
  expect(await post(source, report)).toEqual({ status: 200, body: { duplicate: true } })
})
