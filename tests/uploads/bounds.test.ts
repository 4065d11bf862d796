import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { BulletinId, UploadId } from '#protocol/ids.ts'
import { LANGUAGES } from '#protocol/languages.ts'
import type { UploadRow } from '../../controller/uploads/uploads.store.ts'
import { bulletinInput, COMMUNE, created, problemsOf, SISTER } from '../http/support.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { tusClient } from './tus.ts'

const MIB = 1024 ** 2
const PLENTY = 100 * 1024 * MIB
let t: TestController
let officer: Session
let bulletinId: string
/** What the disk takes, as the controller is told. */
let free = PLENTY

beforeAll(async () => {
  t = await startTestController({ overrides: { freeBytes: async () => free } })
  officer = await t.signIn('officer', [COMMUNE])
  bulletinId = await created(officer.post('/api/bulletins', bulletinInput()))
})
afterAll(() => t[Symbol.asyncDispose]())
afterEach(async () => {
  free = PLENTY
  await t.controller.ctx.db.deleteFrom('recording').execute()
  await t.controller.ctx.db.deleteFrom('upload').execute()
})

const recording = (set: Record<string, string> = {}) => ({
  purpose: 'recording',
  fileName: 'ban-thu.mp3',
  bulletinId,
  language: 'km',
  ...set,
})
const begin = async (bytes: number, set: Record<string, string> = {}) => {
  const { status, headers, body } = await tusClient(t.url, officer).create(bytes, recording(set))
  if (status !== 201) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
  return headers.get('location') ?? ''
}

test('a gigabyte stays free: all that is on its way counts by what has not come yet', async () => {
  const tus = tusClient(t.url, officer)
  // Room for two; for a third once almost all of the first has come.
  free = 1024 * MIB + 202 * MIB
  const first = await begin(100 * MIB)
  await begin(100 * MIB)
  const full = await tus.create(100 * MIB, recording())
  expect([full.status, problemsOf(full.body)]).toEqual([503, [' upload.noSpace']])
  await tus.patch(first, 0, Buffer.alloc(99 * MIB))
  await begin(100 * MIB)
})

test('where there is not a gigabyte left, not even a byte is taken', async () => {
  free = 1024 * MIB
  expect((await tusClient(t.url, officer).create(1, recording())).status).toBe(503)
})

test('more than all accounts together may have on their way', async () => {
  const { db } = t.controller.ctx
  const others = Array.from({ length: 99 }, () => uploadRow({ state: 'receiving', broughtBy: 'others' }))
  await db.insertInto('upload').values(others).execute()
  await begin(1)
  const tus = tusClient(t.url, officer)
  const many = await tus.create(1, recording())
  expect([many.status, problemsOf(many.body)]).toEqual([429, [' upload.tooMany']])
  await db.deleteFrom('upload').where('broughtBy', '=', 'others').execute()
  const heavy = Array.from({ length: 20 }, () => uploadRow({ broughtBy: 'others', announcedBytes: 200 * MIB }))
  await db.insertInto('upload').values(heavy).execute()
  const much = await tus.create(1, recording())
  expect([much.status, problemsOf(much.body)]).toEqual([429, [' upload.tooMany']])
  await db.deleteFrom('upload').where('broughtBy', '=', 'others').execute()
  await begin(1)
})

test('more sounds than the library of a station takes', async () => {
  const { db } = t.controller.ctx
  const tus = tusClient(t.url, await t.signIn())
  const chime = () =>
    tus.create(1, { purpose: 'chime', fileName: 'a.wav', areaCode: SISTER, licenceNote: 'Đài tự thu' })
  const rows = Array.from({ length: 99 }, () => uploadRow({ purpose: 'chime', state: 'refused', areaCode: SISTER }))
  await db.insertInto('upload').values(rows).execute()
  const last = await chime()
  expect(last.status).toBe(201)
  const full = await chime()
  expect([full.status, problemsOf(full.body)]).toEqual([429, [' upload.libraryFull']])
  await tus.remove(last.headers.get('location') ?? '')
})

test('more recordings than a bulletin takes; one of them may be replaced', async () => {
  const { db } = t.controller.ctx
  const id = BulletinId.parse(await created(officer.post('/api/bulletins', bulletinInput())))
  const { versionId } = (await officer.get(`/api/bulletins/${id}`)).body
  const languages = LANGUAGES.slice(0, 13).map(({ code }) => code)
  const [left = ''] = languages.splice(12)
  const rows = languages.map((language) => uploadRow({ state: 'refused', bulletinId: id, language }))
  await db.insertInto('upload').values(rows).execute()
  const links = rows.map((row, i) => ({ versionId, language: languages[i] ?? '', uploadId: row.id, recordedFor: 1 }))
  await db.insertInto('recording').values(links).execute()
  const full = await tusClient(t.url, officer).create(1, recording({ bulletinId: id, language: left }))
  expect([full.status, problemsOf(full.body)]).toEqual([429, ['language recording.tooMany']])
  await begin(1, { bulletinId: id, language: languages[0] ?? '' })
})

let made = 0
const uploadRow = (set: Partial<UploadRow>): UploadRow => ({
  id: UploadId.parse(`upl_${String(++made).padStart(20, '0')}`),
  purpose: 'recording',
  areaCode: null,
  bulletinId: null,
  language: null,
  fileName: 'a.mp3',
  licenceNote: null,
  announcedBytes: 1,
  state: 'checking',
  progress: 0,
  findingsJson: '[]',
  sha256: null,
  broughtBy: 'somebody',
  broughtByName: 'Tài khoản',
  createdAt: 0,
  updatedAt: 0,
  ...set,
})
