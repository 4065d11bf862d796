import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BulletinAudio, type SpokenMark } from '#protocol/http/bulletins.ts'
import { spokenMarks } from '../../controller/bulletins/spoken-marks.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { until } from '../support/until.ts'

const AREA = '00004'
const SKIT = `HỘI THOẠI
Anh Ba: Chào chị Tư.
Chị Tư: Chào anh Ba. Hôm nay TTĐT xã có tin mới.

Anh Ba: Cảm ơn chị.

Nơi nhận:
- Lưu: VT.`

describe('what a listener sees of a bulletin', () => {
  let t: TestController
  let admin: Session
  beforeAll(async () => {
    t = await startTestController()
    admin = await t.signIn()
  })
  afterAll(() => t[Symbol.asyncDispose]())

  const content = (set: Record<string, unknown> = {}) => ({
    title: 'Tiểu phẩm',
    class: 'ordinary',
    script: SKIT,
    targets: [AREA],
    ...set,
  })
  const ready = (id: string) =>
    until('the sound to be ready', async () => {
      const { body } = await admin.get(`/api/bulletins/${id}`)
      return body.rendition.step === 'ready' && body
    })
  const audioOf = async (id: string): Promise<BulletinAudio> =>
    BulletinAudio.parse((await admin.get(`/api/bulletins/${id}/audio`)).body)
  const written = (script: string, marks: readonly SpokenMark[]) =>
    marks.map(({ start, end }) => script.slice(start, end))

  test('is the waveform and the words that sound, without labels and what is left out', async () => {
    const { body } = await admin.post('/api/bulletins', content({ omit: ['signature'] }))
    const { rendition, versionId } = await ready(body.id)
    const audio = await audioOf(body.id)
    expect(audio).toMatchObject({ versionId, sha256: rendition.audio.sha256, ms: rendition.audio.ms })
    expect(written(SKIT, audio.marks)).toEqual([
      'HỘI THOẠI',
      'Chào chị Tư.',
      'Chào anh Ba.',
      'Hôm nay TTĐT xã có tin mới.',
      'Cảm ơn chị.',
    ])
    expect(rendition.sentences).toBe(5)
    const { body: progress } = await admin.get(`/api/bulletins/${body.id}/progress`)
    expect(progress).toEqual({ versionId, rendition, recordings: [] })
    let at = 0
    for (const { startMs, endMs } of audio.marks) {
      expect(startMs).toBeGreaterThan(at)
      expect(endMs).toBeGreaterThan(startMs)
      at = endMs
    }
    expect(at).toBeLessThan(audio.ms)

    const peaks = Buffer.from(audio.peaks ?? '', 'base64')
    expect(peaks.length).toBeGreaterThan(500)
    const peakAt = (ms: number): number => peaks[Math.floor((ms / audio.ms) * peaks.length)] ?? 0
    for (const { startMs, endMs } of audio.marks) expect(peakAt((startMs + endMs) / 2)).toBeGreaterThan(40)
    const [, first, second] = audio.marks
    expect(peakAt(((first?.endMs ?? 0) + (second?.startMs ?? 0)) / 2)).toBeLessThan(10)
  })

  test('belongs to the version: two scripts that sound the same keep their own places', async () => {
    const one = await admin.post('/api/bulletins', content({ script: 'Chào bà con.\nHẹn gặp lại.' }))
    const two = await admin.post('/api/bulletins', content({ script: '\n\n  Chào bà con.\n\n\nHẹn gặp lại.' }))
    for (const { body } of [one, two]) {
      await ready(body.id)
      const { marks } = await audioOf(body.id)
      expect(written(body.script, marks)).toEqual(['Chào bà con.', 'Hẹn gặp lại.'])
    }
    expect((await audioOf(one.body.id)).sha256).toBe((await audioOf(two.body.id)).sha256)
    expect((await audioOf(one.body.id)).marks).not.toEqual((await audioOf(two.body.id)).marks)
  })

  test('is of what was spoken then, not of what the dictionary would say now', async () => {
    const script = 'Chào bà con. XYZ. Hẹn gặp lại.'
    const { body } = await admin.post('/api/bulletins', content({ script }))
    await ready(body.id)
    const before = await audioOf(body.id)
    await admin.put(`/api/speech/dictionaries/${AREA}`, { written: 'XYZ', spoken: 'ích xì. Y dài. Dét' })
    expect(await audioOf(body.id)).toEqual(before)
    await admin.post(`/api/bulletins/${body.id}/produce`)
    await ready(body.id)
    const after = await audioOf(body.id)
    expect(after.sha256).not.toBe(before.sha256)
    expect(after.marks.map(({ startMs }) => startMs)).not.toEqual(before.marks.map(({ startMs }) => startMs))
    expect(written(script, after.marks)).toEqual(written(script, before.marks))
  })

  test('is there for earlier versions too, and for those of no other bulletin', async () => {
    const { body: first } = await admin.post('/api/bulletins', content({ script: 'Bản thứ nhất.' }))
    await ready(first.id)
    const before = await audioOf(first.id)
    await admin.put(`/api/bulletins/${first.id}`, content({ script: '  Bản thứ hai, khác.' }))
    await ready(first.id)
    const named = `/api/bulletins/${first.id}/audio?versionId=${first.versionId}`
    expect((await admin.get(named)).body).toEqual(before)
    expect((await audioOf(first.id)).versionId).not.toBe(first.versionId)
    const { body: other } = await admin.post('/api/bulletins', content({ script: 'Bài khác.' }))
    expect((await admin.get(`/api/bulletins/${other.id}/audio?versionId=${first.versionId}`)).status).toBe(404)
  })

  test('is refused while there is no sound, in words', async () => {
    const { body } = await admin.post('/api/bulletins', content({ script: 'Một bài chưa đọc xong. '.repeat(400) }))
    const { status, body: refusal } = await admin.get(`/api/bulletins/${body.id}/audio`)
    expect({ status, message: refusal.error?.message }).toEqual({
      status: 409,
      message: 'Bản tin này chưa có bản đọc. Hãy đợi tạo xong bản đọc rồi mở lại.',
    })
  })
})

test('what is said in several breaths is one stretch from the first to the last', () => {
  const utterance = fc.record({ start: fc.nat(50), breaths: fc.integer({ min: 1, max: 3 }) })
  fc.assert(
    fc.property(fc.array(utterance), (sentences) => {
      let at = 0
      const placed = sentences.map(({ start, breaths }) => {
        const from = at + start
        at = from + 10
        return { start: from, end: at, breaths }
      })
      const utterances = placed.flatMap(({ start, end, breaths }) =>
        Array.from({ length: breaths }, () => ({ start, end })),
      )
      const sounded = utterances.map((_, index) => ({ index, startMs: index * 100, endMs: index * 100 + 60 }))
      const marks = spokenMarks(utterances, sounded)
      expect(marks.map(({ start, end }) => ({ start, end }))).toEqual(placed.map(({ start, end }) => ({ start, end })))
      let breath = 0
      for (const [index, { breaths }] of placed.entries()) {
        expect(marks[index]).toMatchObject({ startMs: breath * 100, endMs: (breath + breaths - 1) * 100 + 60 })
        breath += breaths
      }
    }),
  )
})
