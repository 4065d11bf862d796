import { randomBytes } from 'node:crypto'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { BulletinId } from '#protocol/ids.ts'
import { expireUploads } from '../../controller/uploads/expire.ts'
import { bulletinInput, COMMUNE, created, ELSEWHERE, problemsOf, SISTER } from '../http/support.ts'
import { FakeClock } from '../support/fake-clock.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'
import { tusClient } from './tus.ts'

const MIB = 1024 ** 2
const DAY = 86_400_000
let t: TestController
let clock: FakeClock
let officer: Session
let bulletinId: string

beforeAll(async () => {
  clock = new FakeClock(Date.now())
  t = await startTestController({ overrides: { clock } })
  officer = await t.signIn('officer', [COMMUNE])
  bulletinId = await created(officer.post('/api/bulletins', bulletinInput()))
})
afterAll(() => t[Symbol.asyncDispose]())

const recording = (set: Record<string, string> = {}) => ({
  purpose: 'recording',
  fileName: 'ban-thu.mp3',
  bulletinId,
  language: 'km',
  ...set,
})
const fileOf = (path: string) => join(t.dataDir, 'uploads', path.split('/').at(-1) ?? '')

/** Begun and not finished: an upload counts against its bringer until it is gone. */
const open: string[] = []
afterEach(async () => {
  for (const path of open.splice(0)) await tusClient(t.url, officer).remove(path)
})
async function begin(bytes: number, set: Record<string, string> = {}): Promise<string> {
  const { status, headers, body } = await tusClient(t.url, officer).create(bytes, recording(set))
  if (status !== 201) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
  const path = headers.get('location') ?? ''
  open.push(path)
  return path
}

describe('by the protocol', () => {
  test('a file comes in pieces and lies in a file that is named by nothing but its id', async () => {
    const tus = tusClient(t.url, officer)
    const content = randomBytes(300_000)
    const path = await begin(content.length, { fileName: '../../../../etc/cron.d/ban thu.mp3' })
    expect(path).toMatch(/^\/api\/uploads\/upl_[0-9a-z]+$/)
    expect((await tus.patch(path, 0, content.subarray(0, 100_000))).headers.get('upload-offset')).toBe('100000')
    const head = await tus.head(path)
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([
      200,
      '100000',
      '300000',
    ])
    expect(head.headers.get('cache-control')).toBe('no-store')
    expect((await tus.patch(path, 100_000, content.subarray(100_000, 299_999))).status).toBe(204)
    expect((await readFile(fileOf(path))).equals(content.subarray(0, 299_999))).toBe(true)
    const row = await t.controller.ctx.db
      .selectFrom('upload')
      .select('fileName')
      .where('id', '=', fileOf(path).split('/').at(-1) as never)
      .executeTakeFirstOrThrow()
    expect(row.fileName).toBe('ban thu.mp3')
    expect((await readdir(join(t.dataDir, 'uploads'))).every((name) => name.startsWith('upl_'))).toBe(true)
  })

  test('what a broken line has brought is kept, and the rest follows it', async () => {
    const tus = tusClient(t.url, officer)
    const content = randomBytes(3 * MIB)
    const path = await begin(content.length)
    await breakOff(path, content, 2 * MIB)
    const offset = await until('the first part to be on disk', async () => {
      const { headers } = await tus.head(path)
      return Number(headers.get('upload-offset'))
    })
    expect(offset).toBeLessThanOrEqual(2 * MIB)
    expect((await tus.patch(path, offset, content.subarray(offset, -1))).status).toBe(204)
    expect((await readFile(fileOf(path))).equals(content.subarray(0, -1))).toBe(true)
  })

  test('an offset that is not the end of what has come is refused', async () => {
    const path = await begin(10)
    const tus = tusClient(t.url, officer)
    await tus.patch(path, 0, Buffer.from('12345'))
    expect((await tus.patch(path, 3, Buffer.from('xx'))).status).toBe(409)
    expect(await readFile(fileOf(path), 'utf8')).toBe('12345')
  })

  test('more than was announced is refused, with and without a length', async () => {
    const path = await begin(10)
    const tus = tusClient(t.url, officer)
    expect((await tus.patch(path, 0, Buffer.alloc(11))).status).toBe(413)
    const endless = await chunked(path, Buffer.alloc(50_000))
    expect(endless).toBe(413)
    expect(Number((await tus.head(path)).headers.get('upload-offset'))).toBeLessThanOrEqual(10)
  })

  test('a body beyond the limit of all other routes passes, in one piece', async () => {
    const path = await begin(6 * MIB)
    const content = randomBytes(6 * MIB - 1)
    expect((await tusClient(t.url, officer).patch(path, 0, content)).status).toBe(204)
    expect((await readFile(fileOf(path))).equals(content)).toBe(true)
  })

  test('a length that is not known, another version and another origin are refused', async () => {
    const tus = tusClient(t.url, officer)
    const deferred = await tus.send('POST', '/api/uploads', { 'upload-defer-length': '1' })
    expect(deferred.status).toBe(501)
    expect((await tus.create(10, recording(), { 'tus-resumable': '0.2.2' })).status).toBe(400)
    const foreign = await tus.create(10, recording(), { origin: 'https://example.com' })
    expect(foreign.status).toBe(403)
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
    const path = await begin(10)
    expect((await tus.head(path)).headers.get('access-control-allow-origin')).toBeNull()
  })

  test('headers that a row of proxies writes do no harm', async () => {
    const proxied = { 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'a, b', forwarded: 'nonsense' }
    const answer = await tusClient(t.url, officer).create(10, recording(), proxied)
    expect(answer.status).toBe(201)
    open.push(answer.headers.get('location') ?? '')
  })

  test('nothing that is on its way can be read back', async () => {
    const path = await begin(10)
    await tusClient(t.url, officer).patch(path, 0, Buffer.from('secret'))
    const answer = await officer.get(path)
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([404, expect.not.stringContaining('secret')])
  })
})

describe('who may bring what', () => {
  test('only accounts that write bulletins bring recordings, only for bulletins of their area', async () => {
    const tus = (by: Session) => tusClient(t.url, by).create(10, recording())
    expect((await tus(t.stranger)).status).toBe(401)
    expect((await tus(await t.signIn('leader', [COMMUNE]))).status).toBe(403)
    expect((await tus(await t.signIn('officer', [ELSEWHERE]))).status).toBe(404)
  })

  test('chimes and beds are brought by those who set up stations, for stations within their area', async () => {
    const chime = (by: Session, areaCode: string) =>
      tusClient(t.url, by).create(10, {
        purpose: 'chime',
        fileName: 'nhac-hieu.wav',
        areaCode,
        licenceNote: 'Đài tự thu',
      })
    const province = await t.signIn('province', ['01'])
    expect((await chime(officer, COMMUNE)).status).toBe(403)
    expect((await chime(province, ELSEWHERE)).status).toBe(403)
    const taken = await chime(province, SISTER)
    expect(taken.status).toBe(201)
    await tusClient(t.url, province).remove(taken.headers.get('location') ?? '')
  })

  test("somebody else's upload does not exist for others", async () => {
    const path = await begin(10)
    const other = tusClient(t.url, await t.signIn('officer', [COMMUNE]))
    const answers = [await other.head(path), await other.patch(path, 0, Buffer.from('x')), await other.remove(path)]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(await readFile(fileOf(path), 'utf8')).toBe('')
  })
})

describe('what is refused before a byte comes', () => {
  test.each([
    ['no purpose', { purpose: '' }, 'purpose'],
    ['an unknown language', { language: 'tlh' }, 'language'],
    ['a bulletin that cannot be', { bulletinId: '../../x' }, 'bulletinId'],
    ['a name of control characters', { fileName: 'a\u0007b' }, 'fileName'],
    ['a name that is only folders', { fileName: '../../' }, 'fileName'],
  ])('%s', async (_, set, field) => {
    const { status, body } = await tusClient(t.url, officer).create(10, recording(set))
    expect(status).toBe(422)
    expect(problemsOf(body)[0]).toContain(field)
  })

  test('a chime of which nobody says where it comes from', async () => {
    const fields = { purpose: 'chime', fileName: 'a.wav', areaCode: COMMUNE, licenceNote: '  ' }
    const { status, body } = await tusClient(t.url, await t.signIn()).create(10, fields)
    expect([status, problemsOf(body)]).toEqual([422, ['licenceNote field.tooShort']])
  })

  test('an empty file and one beyond 200 MB', async () => {
    const tus = tusClient(t.url, officer)
    const empty = await tus.create(0, recording())
    expect([empty.status, problemsOf(empty.body)]).toEqual([422, ['file upload.empty']])
    const huge = await tus.create(200 * MIB + 1, recording())
    expect([huge.status, problemsOf(huge.body)]).toEqual([422, ['file upload.tooBig']])
  })

  test('more files or bytes than an account may have on their way; there is room again when one is gone', async () => {
    const tus = tusClient(t.url, officer)
    for (let i = 0; i < 2; i++) await begin(200 * MIB)
    const heavy = await tus.create(1, recording())
    expect([heavy.status, problemsOf(heavy.body)]).toEqual([429, [' upload.tooManyOwn']])
    expect(heavy.body.error.message).toBe(
      'Tài khoản này đang có quá nhiều tệp chưa xong (tối đa 5 tệp, 400 MB). Hãy đợi các tệp trước xong rồi tải tiếp.',
    )
    await tus.remove(open.pop() ?? '')
    for (let i = 0; i < 4; i++) await begin(10)
    expect((await tus.create(10, recording())).status).toBe(429)
    await tus.remove(open.pop() ?? '')
    await begin(10)
  })

  test('many that begin at once never get more than the bound', async () => {
    const tus = tusClient(t.url, officer)
    const answers = await Promise.all(Array.from({ length: 12 }, () => tus.create(10, recording())))
    const taken = answers.filter(({ status }) => status === 201).map(({ headers }) => headers.get('location') ?? '')
    open.push(...taken)
    expect(taken.length).toBeLessThanOrEqual(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(12 - taken.length)
  })
})

test('an unfinished upload is forgotten after a day, its bytes with it; a file of nobody after an hour', async () => {
  const path = await begin(10)
  await tusClient(t.url, officer).patch(path, 0, Buffer.from('12345'))
  const stray = join(t.dataDir, 'uploads', 'upl_stray')
  await writeFile(stray, 'x')
  await clock.set(Date.now() + DAY - 60_000)
  await expireUploads(t.controller.ctx)
  expect(await readdir(join(t.dataDir, 'uploads'))).toEqual([fileOf(path).split('/').at(-1)])
  await clock.set(Date.now() + DAY + 60_000)
  expect((await tusClient(t.url, officer).head(path)).status).toBe(410)
  await expireUploads(t.controller.ctx)
  expect(await readdir(join(t.dataDir, 'uploads'))).toEqual([])
  expect((await tusClient(t.url, officer).head(path)).status).toBe(404)
  await clock.set(Date.now())
})

test('an upload that is begun long ago and goes on is not forgotten', async () => {
  const path = await begin(10)
  const tus = tusClient(t.url, officer)
  const id = fileOf(path).split('/').at(-1) ?? ''
  const longAgo = Date.now() - 2 * DAY
  await t.controller.ctx.db
    .updateTable('upload')
    .set({ createdAt: longAgo })
    .where('id', '=', id as never)
    .execute()
  await tus.patch(path, 0, Buffer.from('12345'))
  await expireUploads(t.controller.ctx)
  expect((await tus.head(path)).headers.get('upload-offset')).toBe('5')
  await utimes(fileOf(path), longAgo / 1000, longAgo / 1000)
  expect((await tus.head(path)).status).toBe(410)
  await expireUploads(t.controller.ctx)
  expect((await tus.head(path)).status).toBe(404)
})

test('a recording on its way to a draft that is deleted goes with it', async () => {
  const id = await created(officer.post('/api/bulletins', bulletinInput()))
  const path = await begin(10, { bulletinId: id })
  const tus = tusClient(t.url, officer)
  await tus.patch(path, 0, Buffer.from('12345'))
  expect(await readdir(join(t.dataDir, 'uploads'))).toHaveLength(1)
  await created(officer.post(`/api/bulletins/${id}/delete`))
  const late = await tus.patch(path, 5, Buffer.from('67890'))
  expect([late.status, problemsOf(late.body)]).toEqual([404, [' upload.notFound']])
  expect(await readdir(join(t.dataDir, 'uploads'))).toEqual([])
})

test('a recording that comes whole just after its draft was deleted is refused, never checked, and expires', async () => {
  const { db } = t.controller.ctx
  const id = BulletinId.parse(await created(officer.post('/api/bulletins', bulletinInput())))
  const path = await begin(10, { bulletinId: id })
  // As a deletion leaves it that was begun before the upload and ended after.
  await db.updateTable('bulletin').set({ deletedAt: clock.now() }).where('id', '=', id).execute()
  const late = await tusClient(t.url, officer).patch(path, 0, Buffer.from('1234567890'))
  expect([late.status, problemsOf(late.body)]).toEqual([404, [' bulletin.notFound']])
  expect(await db.selectFrom('job').select('id').where('kind', '=', 'ingest').execute()).toEqual([])
  await clock.set(Date.now() + DAY + 60_000)
  await expireUploads(t.controller.ctx)
  expect(await readdir(join(t.dataDir, 'uploads'))).toEqual([])
  await clock.set(Date.now())
})

/** Sends the beginning of a piece, then the line breaks. */
function breakOff(path: string, content: Buffer, after: number): Promise<void> {
  return new Promise((resolve) => {
    const outgoing = patchRequest(path, { 'content-length': String(content.length) })
    outgoing.on('error', () => resolve())
    outgoing.write(content.subarray(0, after), () => outgoing.destroy(new Error('the line broke')))
  })
}

/** A body of unknown length; answers the status. */
function chunked(path: string, content: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = patchRequest(path, { 'transfer-encoding': 'chunked' })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    outgoing.end(content)
  })
}

function patchRequest(path: string, headers: Record<string, string>) {
  const { hostname, port } = new URL(t.url)
  return request({
    hostname,
    port,
    path,
    method: 'PATCH',
    headers: {
      cookie: officer.cookie,
      origin: t.url,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      ...headers,
    },
  })
}
