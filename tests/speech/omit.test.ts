import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Speech } from '../../controller/speech/speech.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { until } from '../support/until.ts'

const FRAME = 'Nơi nhận:\n- Như trên;\n- Lưu: VT.'
const TABLE = '| Ngày | Việc |\n| Thứ hai | Họp thôn |'
const DOCUMENT = `Kính mời bà con đi họp.\n\n${TABLE}\n\nXin cảm ơn.\n\n${FRAME}`

describe('parts of a document that are left out', () => {
  const heard: string[] = []
  const speech: Speech = {
    ...toneSpeech,
    speak: (lines, ...rest) => {
      heard.push(...lines.map(({ text }) => text))
      return toneSpeech.speak(lines, ...rest)
    },
  }
  let t: TestController
  let admin: Session
  beforeAll(async () => {
    t = await startTestController({ overrides: { speech } })
    admin = await t.signIn()
  })
  afterAll(() => t[Symbol.asyncDispose]())

  const contentOf = (omit?: string[]) => ({
    title: 'Giấy mời họp',
    class: 'ordinary',
    script: DOCUMENT,
    targets: ['00004'],
    ...(omit ? { omit } : {}),
  })
  const said = async (id: string): Promise<string> => {
    await until('the sound to be ready', async () => {
      const { body } = await admin.get(`/api/bulletins/${id}`)
      return body.rendition.step === 'ready'
    })
    return heard.splice(0).join(' ')
  }

  test('are not spoken, and the next version may have them back', async () => {
    const { status, body } = await admin.post('/api/bulletins', contentOf(['signature', 'table']))
    expect(status).toBe(201)
    expect(body).toMatchObject({ omit: ['signature', 'table'], script: DOCUMENT })
    const short = await said(body.id)
    expect(short).toContain('Kính mời bà con')
    expect(short).toContain('Xin cảm ơn')
    expect(short).not.toContain('Nơi nhận')
    expect(short).not.toContain('Họp thôn')

    await admin.put(`/api/bulletins/${body.id}`, contentOf(['signature']))
    expect(await said(body.id)).toContain('Họp thôn')
    expect((await admin.get(`/api/bulletins/${body.id}`)).body.omit).toEqual(['signature'])
  })

  test('are none unless somebody says so', async () => {
    const { body } = await admin.post('/api/bulletins', contentOf())
    expect(body.omit).toEqual([])
    expect(await said(body.id)).toContain('Nơi nhận')
  })

  test('cannot be all that there is', async () => {
    const { status, body } = await admin.post('/api/bulletins', { ...contentOf(['signature']), script: FRAME })
    expect(status).toBe(422)
    expect(body.error.problems).toEqual([
      { field: 'omit', key: 'script.allOmitted', message: expect.stringContaining('giữ lại ít nhất một phần') },
    ])
  })

  test('cost nothing', async () => {
    const whole = await admin.post('/api/speech/estimate', { script: DOCUMENT })
    const short = await admin.post('/api/speech/estimate', { script: DOCUMENT, omit: ['table', 'signature'] })
    expect(short.body.sentences).toBe(2)
    expect(whole.body.sentences).toBeGreaterThan(5)
  })
})
