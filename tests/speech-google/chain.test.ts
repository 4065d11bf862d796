import { status } from '@grpc/grpc-js'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { systemClock } from '../../controller/clock.ts'
import { createSpeechBudget } from '../../controller/speech/budget.ts'
import { chooseEspeak } from '../../controller/speech/engines/choose.ts'
import { type Script, speakScript } from '../../controller/speech/speak-script.ts'
import { type Speech, type SpeechChain, SpeechError } from '../../controller/speech/speech.ts'
import { FRESH, tempDir } from '../support/audio.ts'
import { AREA } from '../support/commune.ts'
import type { Session } from '../support/session.ts'
import { startTestController, type TestController } from '../support/start-controller.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { until } from '../support/until.ts'
import { type GoogleBench, startGoogleBench } from './support.ts'

const log = pino({ level: 'silent' })
const SCRIPT = ['Kính thưa bà con.', 'Trạm y tế mở cửa.', 'Xin mời bà con.', 'Xin hết.']
const lengthOf = (texts: readonly string[]): number => texts.join('').length

/** As the production line has it spoken, and what was sent meanwhile. */
async function speak(speech: SpeechChain, dataDir: string, texts = SCRIPT, set: Partial<Script> = {}) {
  let sentCharacters = 0
  const onSent = (characters: number): void => {
    sentCharacters += characters
  }
  const utterances = texts.map((spoken) => ({ spoken, turn: 'narrator', pauseAfterMs: 0 }))
  const script: Script = { utterances, voice: 'vi-south', onSent, ...set }
  const spoken = await speakScript({ speech, dataDir, log }, script, () => {}, FRESH())
  return { ...spoken, sentCharacters }
}

const failsAt = (t: GoogleBench, text: string): void =>
  t.server.on((asked) => (asked === text ? { status: status.PERMISSION_DENIED } : null))

test('an engine that fails in the middle speaks none of the script, and loses nothing of what it has said', async () => {
  await using dir = await tempDir()
  await using t = await startGoogleBench()
  failsAt(t, 'Xin hết.')
  const byTone = await speak([t.speech, toneSpeech], dir.path)
  const onlyTone = await speak([toneSpeech], dir.path)
  expect(byTone).toMatchObject({
    engine: 'tone/1',
    voice: 'vi-south',
    skipped: [{ engine: t.speech.engine, reason: 'credentials' }],
    sentCharacters: lengthOf(SCRIPT.slice(0, 3)),
  })
  expect(byTone.segments).toEqual(onlyTone.segments)

  t.server.on(() => null)
  const sentBefore = t.server.seen.length
  const byGoogle = await speak([t.speech, toneSpeech], dir.path)
  expect(byGoogle).toMatchObject({ voice: 'vi-VN-Neural2-A', skipped: [], sentCharacters: 'Xin hết.'.length })
  expect(t.server.seen.slice(sentBefore).map(({ input }) => input.text)).toEqual(['Xin hết.'])
})

test('a changed sentence costs its own characters, an unchanged script none, whatever region is asked for', async () => {
  await using dir = await tempDir()
  await using t = await startGoogleBench()
  await speak([t.speech], dir.path)
  const { sentCharacters } = await speak([t.speech], dir.path, ['Kính thưa bà con.', 'Trạm y tế đóng cửa.'])
  expect(sentCharacters).toBe('Trạm y tế đóng cửa.'.length)
  const again = await speak([t.speech], dir.path, ['Xin hết.'], { voice: 'vi-north' })
  expect(again.sentCharacters).toBe(0)
  expect(await t.used()).toBe(lengthOf(SCRIPT) + 'Trạm y tế đóng cửa.'.length)
})

test('another Google voice or another rate is another sound', async () => {
  await using dir = await tempDir()
  await using t = await startGoogleBench()
  const files = new Set<string>()
  for (const set of [{}, { voice: 'vi-VN-Neural2-D' }, { speakingRate: 1 }]) {
    const { segments } = await speak([t.engine(set)], dir.path, ['Xin hết.'])
    files.add(segments[0]?.file ?? '')
  }
  expect(files.size).toBe(3)
  expect(t.server.seen).toHaveLength(3)
})

test('a budget that ends in the middle of a script hands all of it to the next engine', async () => {
  await using dir = await tempDir()
  await using t = await startGoogleBench({ limit: lengthOf(SCRIPT) - 1 })
  const { engine, skipped } = await speak([t.speech, toneSpeech], dir.path)
  expect([engine, skipped]).toEqual(['tone/1', [{ engine: t.speech.engine, reason: 'budget' }]])
  expect(await t.used()).toBeLessThan(lengthOf(SCRIPT))
})

test('a spoken script needs neither the service nor the budget', async () => {
  await using dir = await tempDir()
  await using t = await startGoogleBench({ limit: lengthOf(SCRIPT) })
  await speak([t.speech], dir.path)
  t.server.always({ status: status.UNAVAILABLE })
  expect(await speak([t.speech, toneSpeech], dir.path)).toMatchObject({ engine: t.speech.engine, sentCharacters: 0 })
})

test('the engine that has spoken a script is asked for it first', async () => {
  await using dir = await tempDir()
  await using t = await startGoogleBench()
  const { engine } = await speak([t.speech, toneSpeech], dir.path, SCRIPT, { first: 'tone/1' })
  expect(engine).toBe('tone/1')
  expect(t.server.seen).toEqual([])
})

test('when nobody can speak, the reason is told that is likeliest to pass', async () => {
  await using dir = await tempDir()
  await using t = await startGoogleBench({ limit: 3 })
  await expect(speak([t.speech], dir.path)).rejects.toMatchObject({ name: 'SpeechError', code: 'budget' })
  const mute: Speech = {
    engine: 'mute/1',
    speak: async () => {
      throw new SpeechError('crashed', 'on purpose')
    },
  }
  for (const chain of [[t.speech, mute] as const, [mute, t.speech] as const]) {
    await expect(speak(chain, dir.path)).rejects.toMatchObject({ code: 'crashed' })
  }
})

test('a disk that takes nothing is no reason for another voice', async () => {
  await using dir = await tempDir()
  const full: Speech = {
    engine: 'full/1',
    speak: async () => {
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    },
  }
  await expect(speak([full, toneSpeech], dir.path)).rejects.toMatchObject({ code: 'ENOSPC' })
})

async function write(admin: Session, script: string): Promise<string> {
  const content = { title: 'Bản tin thử', class: 'ordinary', script, targets: [AREA] }
  const { status: answer, body } = await admin.post('/api/bulletins', content)
  expect(answer).toBe(201)
  return body.id
}

const ready = (admin: Session, id: string) =>
  until('the sound to be ready', async () => {
    const { body } = await admin.get(`/api/bulletins/${id}`)
    return body.rendition.step === 'ready' && body.rendition
  })

test('with Google down eSpeak speaks, and the rendition says so; once Google is back it can be spoken anew', async () => {
  await using google = await startGoogleBench()
  google.server.always({ status: status.UNAVAILABLE })
  const espeak = await chooseEspeak({ engine: 'auto' }, { clock: systemClock })
  await using t = await startTestController({ overrides: { speech: [google.speech, espeak] } })
  const admin = await t.signIn()
  const id = await write(admin, SCRIPT.join(' '))
  const rendition = await ready(admin, id)
  expect(rendition.voice).toEqual({ engine: expect.stringMatching(/^espeak-ng/), name: 'vi-north', second: null })
  expect(rendition.fallback).toMatch(/^Không kết nối được tới giọng Google .* do giọng eSpeak NG.* đọc\.$/)
  expect(rendition.sentCharacters).toBe(0)

  google.server.always(null)
  await admin.post(`/api/bulletins/${id}/produce`)
  const anew = await ready(admin, id)
  expect(anew).toMatchObject({
    voice: { engine: 'google', name: 'vi-VN-Neural2-A', second: null },
    fallback: null,
    sentCharacters: lengthOf(SCRIPT),
  })
  expect(anew.audio.sha256).not.toBe(rendition.audio.sha256)
})

test('a controller that stops in the middle of a script goes on with what is missing, in the same voice', async () => {
  await using dir = await tempDir()
  await using google = await startGoogleBench({ timeoutMs: 60_000 })
  google.server.on((text) => (text === 'Xin hết.' ? 'hang' : null))
  const start = (): Promise<TestController> =>
    startTestController({ dataDir: dir.path, overrides: { speech: [google.speech, toneSpeech] } })
  let id = ''
  {
    await using t = await start()
    id = await write(await t.signIn(), SCRIPT.join(' '))
    await until('the last sentence to be asked for', async () => google.server.seen.length === SCRIPT.length)
    await until('the others to be kept', async () => (await google.used()) === lengthOf(SCRIPT))
  }
  google.server.on(() => null)
  await using t = await start()
  const rendition = await ready(await t.signIn(), id)
  expect(rendition).toMatchObject({
    voice: { engine: 'google' },
    fallback: null,
    sentCharacters: lengthOf(SCRIPT),
  })
  expect(google.server.seen.map(({ input }) => input.text).filter((text) => text === SCRIPT[0])).toHaveLength(1)
})

test('without another engine a spent budget fails the production at once, says so, and what was sent stays counted', async () => {
  await using google = await startGoogleBench({ limit: lengthOf(SCRIPT) - 1 })
  await using t = await startTestController({ overrides: { speech: [google.speech] } })
  const admin = await t.signIn()
  const id = await write(admin, SCRIPT.join(' '))
  const rendition = await until('the production to fail', async () => {
    const { body } = await admin.get(`/api/bulletins/${id}`)
    return body.rendition.step === 'failed' && body.rendition
  })
  expect(rendition.failure).toMatch(/^Giọng đọc đã dùng hết số ký tự/)
  expect(rendition.sentCharacters).toBe(await google.used())
  expect(rendition.sentCharacters).toBeGreaterThan(0)
})

test('what a script will cost is told before, and what it has cost afterwards', async () => {
  await using google = await startGoogleBench({ limit: 1_000 })
  await using t = await startTestController({ overrides: { speech: [google.speech, toneSpeech] } })
  const admin = await t.signIn()
  const estimate = async (texts: readonly string[]) =>
    (await admin.post('/api/speech/estimate', { script: texts.join(' '), areaCode: AREA })).body
  const cost = lengthOf(SCRIPT)
  expect(await estimate([...SCRIPT, 'Xin hết.'])).toEqual({
    sentences: 5,
    cached: 0,
    characters: cost,
    family: 'neural2',
    remaining: 1_000,
    second: null,
  })
  expect(google.server.seen).toEqual([])
  expect((await ready(admin, await write(admin, SCRIPT.join(' ')))).sentCharacters).toBe(cost)
  expect(await estimate([...SCRIPT, 'Xin chào.'])).toEqual({
    sentences: 5,
    cached: 4,
    characters: 'Xin chào.'.length,
    family: 'neural2',
    remaining: 1_000 - cost,
    second: null,
  })
  expect((await admin.post('/api/speech/estimate', { script: 'a'.repeat(100_001) })).status).toBe(422)
})

test('an engine of our own costs nothing', async () => {
  await using t = await startTestController()
  const { body } = await (await t.signIn()).post('/api/speech/estimate', { script: 'Xin chào.' })
  expect(body).toEqual({ sentences: 1, cached: 0, characters: 0, family: null, remaining: null, second: null })
})

test('metrics show what has been sent of what may be sent', async () => {
  await using dir = await tempDir()
  const env = { LOA_SPEECH_ENGINES: 'google', LOA_GOOGLE_CREDENTIALS_FILE: '/nowhere', LOA_GOOGLE_BUDGET_NEURAL2: '77' }
  await using t = await startTestController({ dataDir: dir.path, env })
  const budget = createSpeechBudget({ limits: { neural2: 77 }, warnAt: 1 }, t.controller.ctx)
  await budget.reserve('neural2', 11)
  const text = await (await fetch(`${t.url}/metrics`)).text()
  expect(text).toContain('loa_speech_budget_characters{family="neural2"} 77')
  expect(text).toContain('loa_speech_used_characters{family="neural2"} 11')
})
