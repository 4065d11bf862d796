import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

const COMMUNE = '00004'
const SISTER = '00008'
const PROVINCE = '01'
const SCRIPT = 'Trụ sở VP xã. Mở cửa lúc 7h30.'

describe('the pronunciation dictionary', () => {
  let t: TestController
  let admin: Session
  beforeAll(async () => {
    t = await startTestController()
    admin = await t.signIn()
  })
  afterAll(() => t[Symbol.asyncDispose]())

  const preview = async (script: string, areaCode: string) =>
    (await admin.post('/api/speech/preview', { script, areaCode })).body

  test('a full dictionary takes no other word, but its own may be mended', async () => {
    const words = Array.from({ length: 2_000 }, (_, i) => `TỪ${i}`)
    const row = { areaCode: '00025', spoken: 'từ', updatedByName: 'Người thử', updatedAt: 1 }
    await t.controller.ctx.db
      .insertInto('pronunciation')
      .values(words.map((written) => ({ ...row, written })))
      .execute()
    const put = (written: string) => admin.put('/api/speech/dictionaries/00025', { written, spoken: 'chữ' })
    expect((await put('THÊM')).body.error?.problems[0]).toMatchObject({ key: 'pronunciation.tooMany' })
    expect(await put('TỪ7')).toMatchObject({ status: 200, body: { written: 'TỪ7', spoken: 'chữ' } })
  })

  test('the preview says sentence by sentence what will be heard, and where the rules guessed', async () => {
    const { utterances, reviewCount } = await preview(SCRIPT, SISTER)
    expect(utterances.map((u: { spoken: string }) => u.spoken)).toEqual([
      expect.stringContaining('Văn phòng'),
      expect.stringContaining('bảy giờ ba mươi'),
    ])
    expect(reviewCount).toBe(1)
    const [guess] = utterances[0].spans
    expect(guess).toMatchObject({ source: 'VP', needsReview: true })
    expect(SCRIPT.slice(guess.start, guess.end)).toBe('VP')
    const [time] = utterances[1].spans
    expect(SCRIPT.slice(time.start, time.end)).toBe(time.source)
  })

  test("an area's word wins over the built-in reading and is doubted no more; removing it brings the guess back", async () => {
    const entry = { written: 'VP', spoken: 'vi phạm' }
    expect((await admin.put(`/api/speech/dictionaries/${COMMUNE}`, entry)).status).toBe(200)
    const corrected = await preview(SCRIPT, COMMUNE)
    expect(corrected.utterances[0].spoken).toContain('vi phạm')
    expect(corrected.reviewCount).toBe(0)
    expect((await preview(SCRIPT, SISTER)).reviewCount).toBe(1)

    const { body } = await admin.post(`/api/speech/dictionaries/${COMMUNE}/remove`, { written: 'VP' })
    expect(body.items).toEqual([])
    expect((await preview(SCRIPT, COMMUNE)).reviewCount).toBe(1)
    expect((await admin.post(`/api/speech/dictionaries/${COMMUNE}/remove`, { written: 'VP' })).status).toBe(404)
  })

  test("a province's word holds in all of its communes until one of them has its own", async () => {
    await admin.put(`/api/speech/dictionaries/${PROVINCE}`, { written: 'KDC', spoken: 'khu dân cư' })
    await admin.put(`/api/speech/dictionaries/${COMMUNE}`, { written: 'KDC', spoken: 'khu đô thị cũ' })
    expect((await preview('Ở KDC số 2.', SISTER)).utterances[0].spoken).toContain('khu dân cư')
    expect((await preview('Ở KDC số 2.', COMMUNE)).utterances[0].spoken).toContain('khu đô thị cũ')
  })

  test.each([
    [{ written: 'X5', spoken: 'ích 5' }, 'spoken'],
    [{ written: '', spoken: 'gì đó' }, 'written'],
    [{ written: 'a'.repeat(61), spoken: 'gì đó' }, 'written'],
    [{ written: 'ABC', spoken: ' ' }, 'spoken'],
  ])('%j is refused by its field %s', async (entry, field) => {
    const { status, body } = await admin.put(`/api/speech/dictionaries/${COMMUNE}`, entry)
    expect(status).toBe(422)
    expect(body.error.problems[0].field).toBe(field)
    expect(body.error.problems[0].message).toMatch(/\p{L}/u)
  })

  test("an officer changes the words of the own commune only, a viewer nobody's", async () => {
    const entry = { written: 'QLĐT', spoken: 'quản lý đô thị' }
    const officer = await t.signIn('officer', [COMMUNE])
    expect((await officer.put(`/api/speech/dictionaries/${COMMUNE}`, entry)).status).toBe(200)
    expect((await officer.put(`/api/speech/dictionaries/${SISTER}`, entry)).status).toBe(403)
    expect((await officer.put(`/api/speech/dictionaries/${PROVINCE}`, entry)).status).toBe(403)
    const viewer = await t.signIn('viewer', [COMMUNE])
    expect((await viewer.put(`/api/speech/dictionaries/${COMMUNE}`, entry)).status).toBe(403)
    expect((await viewer.get(`/api/speech/dictionaries/${COMMUNE}`)).status).toBe(200)
    expect((await t.stranger.get(`/api/speech/dictionaries/${COMMUNE}`)).status).toBe(401)
  })

  test('a draft is produced again by the dictionary as it stands; what is approved keeps its sound', async () => {
    const content = { title: 'Bản tin', class: 'ordinary', script: 'Họp tại NVH.', targets: [SISTER] }
    const { body: bulletin } = await admin.post('/api/bulletins', content)
    const soundOf = async (not: string) =>
      until('the sound', async () => {
        const { body } = await admin.get(`/api/bulletins/${bulletin.id}`)
        return body.rendition.step === 'ready' && body.rendition.audio.sha256 !== not && body.rendition.audio.sha256
      })
    const first = await soundOf('')
    await admin.put(`/api/speech/dictionaries/${SISTER}`, {
      written: 'NVH',
      spoken: 'nhà sinh hoạt cộng đồng của khu phố',
    })
    expect((await admin.post(`/api/bulletins/${bulletin.id}/produce`)).status).toBe(200)
    await soundOf(first)
    await admin.post(`/api/bulletins/${bulletin.id}/submit`)
    await admin.post(`/api/bulletins/${bulletin.id}/approve`)
    const refused = await admin.post(`/api/bulletins/${bulletin.id}/produce`)
    expect(refused.status).toBe(409)
    expect(refused.body.error.message).toContain('đã duyệt')
  })

  test('the command line adds, lists and removes words beside the running controller', async () => {
    const loa = async (...args: string[]) => {
      const env = { ...process.env, LOA_DATA_DIR: t.dataDir }
      const run = promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', 'controller/cli/main.ts', 'speech', 'dictionary', ...args],
        { env },
      )
      return (await run).stdout
    }
    await loa('add', '31825', 'HTX', 'hợp tác xã kiểu mới')
    expect(await loa('list', '31825')).toContain('"spoken":"hợp tác xã kiểu mới"')
    expect((await preview('Thăm HTX.', '31825')).utterances[0].spoken).toContain('kiểu mới')
    await loa('remove', '31825', 'HTX')
    expect(await loa('list', '31825')).toBe('')
    await expect(loa('remove', '31825', 'HTX')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('HTX'),
    })
  })
})
