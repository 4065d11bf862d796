import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { isSpeechWav, parseWavHeader, wavSamples } from '../../controller/audio/wav.ts'
import { createGoogleClient } from '../../controller/speech/engines/google/client.ts'
import { MAX_INPUT_BYTES, synthesisRequest } from '../../controller/speech/engines/google/request.ts'
import { DAY } from '../../controller/units.ts'
import { FRESH, tempDir } from '../support/audio.ts'
import { plainChannel } from '../support/google-tts-server.ts'
import { until } from '../support/until.ts'
import { leadLines } from '../support/voices.ts'
import { NEURAL2, startGoogleBench } from './support.ts'

const LIMITS = { timeoutMs: 2_000, signal: FRESH() }

test('each text is asked for as plain text and answered with a WAV of its own, in order', async () => {
  await using t = await startGoogleBench()
  const { heard, error } = await t.attempt(['Kính thưa bà con.', 'Xin hết.'])
  expect(error).toBeNull()
  const lengths = heard.map((wav) => {
    const header = parseWavHeader(wav)
    expect(header && isSpeechWav(header) && header.sampleRate).toBe(24_000)
    return header?.dataBytes ?? 0
  })
  expect(lengths[0]).toBeGreaterThan(lengths[1] ?? 0)
  expect(t.server.seen[0]).toMatchObject({
    input: { text: 'Kính thưa bà con.' },
    voice: { languageCode: 'vi-VN', name: 'vi-VN-Neural2-A' },
    audioConfig: { audioEncoding: 'LINEAR16', sampleRateHertz: 24_000, speakingRate: 0.95 },
  })
  expect(await t.used()).toBe('Kính thưa bà con.'.length + 'Xin hết.'.length)
})

test('a spent quota is waited for, ever longer, and costs no characters', async () => {
  await using t = await startGoogleBench()
  t.server.next(...Array(4).fill({ status: status.RESOURCE_EXHAUSTED }))
  const { heard, error } = await t.attempt(['Xin chào.'])
  expect(error).toBeNull()
  expect(heard).toHaveLength(1)
  expect(t.clock.slept).toEqual([750, 1_500, 3_000, 6_000])
  expect(await t.used()).toBe('Xin chào.'.length)
})

describe.each([
  ['UNAVAILABLE', status.UNAVAILABLE, 'unreachable', 4],
  ['INTERNAL', status.INTERNAL, 'crashed', 4],
  ['RESOURCE_EXHAUSTED', status.RESOURCE_EXHAUSTED, 'quota', 7],
] as const)('%s', (_name, code, meaning, tries) => {
  test('is tried again', async () => {
    await using t = await startGoogleBench()
    t.server.next({ status: code })
    expect((await t.attempt(['Xin chào.'])).error).toBeNull()
    expect(t.server.seen).toHaveLength(2)
  })

  test('for long is given up on, within bounds', async () => {
    await using t = await startGoogleBench()
    t.server.on(() => ({ status: code }))
    expect((await t.attempt(['Xin chào.'])).error).toMatchObject({ name: 'SpeechError', code: meaning })
    expect(t.server.seen).toHaveLength(tries)
    expect(t.clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(90_000)
  })
})

test.each([
  ['INVALID_ARGUMENT', status.INVALID_ARGUMENT, 'refused'],
  ['PERMISSION_DENIED', status.PERMISSION_DENIED, 'credentials'],
  ['UNAUTHENTICATED', status.UNAUTHENTICATED, 'credentials'],
  ['NOT_FOUND', status.NOT_FOUND, 'voice'],
])('%s is not tried again and not counted', async (_name, code, meaning) => {
  await using t = await startGoogleBench()
  t.server.on(() => ({ status: code }))
  expect((await t.attempt(['Xin chào.'])).error).toMatchObject({ name: 'SpeechError', code: meaning })
  expect(t.server.seen).toHaveLength(1)
  expect(t.clock.slept).toEqual([])
  expect(await t.used()).toBe(0)
})

test('a service that does not answer in time is asked thrice; what it may have done is counted', async () => {
  await using t = await startGoogleBench({ timeoutMs: 60 })
  await t.attempt(['Nối máy.'])
  const before = await t.used()
  t.server.always('hang')
  expect((await t.attempt(['Xin chào.'])).error).toMatchObject({ name: 'SpeechError', code: 'timeout' })
  expect(t.server.seen).toHaveLength(4)
  expect((await t.used()) - before).toBe(3 * 'Xin chào.'.length)
})

test('a service that goes away in the middle of a request cannot be reached', async () => {
  await using t = await startGoogleBench()
  t.server.next('die')
  expect((await t.attempt(['Xin chào.'])).error).toMatchObject({ name: 'SpeechError', code: 'unreachable' })
})

test('an answer that is no WAV is a crash', async () => {
  await using t = await startGoogleBench()
  t.server.next('nonsense')
  expect((await t.attempt(['Xin chào.'])).error).toMatchObject({ name: 'SpeechError', code: 'crashed' })
})

test('a voice that is not on the list is asked for nothing', async () => {
  await using t = await startGoogleBench()
  t.server.voices = ['vi-VN-Standard-A']
  const { error } = await t.attempt(['Xin chào.'])
  expect(error).toMatchObject({ code: 'voice', message: expect.stringContaining('vi-VN-Standard-A') })
  expect(t.server.seen).toEqual([])
})

test('a voice that is gone since it was listed is named as the reason', async () => {
  await using t = await startGoogleBench()
  await t.attempt(['Xin chào.'])
  t.server.voices = []
  expect((await t.attempt(['Xin hết.'])).error).toMatchObject({ name: 'SpeechError', code: 'voice' })
})

test('voices are listed once a day, and the last list stands while the service is down', async () => {
  await using t = await startGoogleBench()
  await t.attempt(['một'])
  await t.attempt(['hai'])
  expect(t.server.listings()).toBe(1)
  await t.clock.sleep(DAY)
  t.server.always({ status: status.UNAVAILABLE })
  await t.attempt(['ba'])
  expect(t.server.listings()).toBe(2)
  t.server.always(null)
  expect((await t.attempt(['bốn'])).error).toBeNull()
})

test('a text beyond the limit is refused by the service, and never sent by the engine', async () => {
  await using t = await startGoogleBench()
  const long = 'Ủy ban nhân dân xã thông báo, '.repeat(400)
  await using client = createGoogleClient({ credentialsFile: '', endpoint: t.server.endpoint }, plainChannel())
  await expect(client.synthesise(synthesisRequest(long, NEURAL2), LIMITS)).rejects.toMatchObject({
    code: status.INVALID_ARGUMENT,
  })
  const { heard, error } = await t.attempt([long])
  expect(error).toBeNull()
  const sent = t.server.seen.slice(1).map(({ input }) => input.text ?? '')
  expect(sent.length).toBeGreaterThan(2)
  for (const text of sent) {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_INPUT_BYTES)
    expect(text).toMatch(/báo,$/)
  }
  expect(sent.join(' ')).toBe(long.trim())
  const header = parseWavHeader(heard[0] ?? Buffer.alloc(0))
  expect(header && wavSamples(heard[0] ?? Buffer.alloc(0), header).length).toBeGreaterThan(long.length * 24_000 * 0.019)
})

test('what says nothing is not sent', async () => {
  await using t = await startGoogleBench()
  const { heard, error } = await t.attempt(['…', ' '])
  expect(error).toBeNull()
  expect(heard.map((wav) => wav.length)).toEqual([44, 44])
  expect(t.server.seen).toEqual([])
})

test('an abort reaches the service: all that is under way is cancelled, and no more is asked', async () => {
  await using t = await startGoogleBench({ timeoutMs: 30_000 })
  await t.attempt(['Nối máy.'])
  const cancelledBefore = t.server.cancelled()
  t.server.always('hang')
  const abort = new AbortController()
  const attempt = t.attempt(['một', 'hai', 'ba', 'bốn', 'năm'], abort.signal)
  await until('three requests to be under way', async () => t.server.seen.length === 4)
  abort.abort(new Error('enough'))
  expect((await attempt).error).toEqual(new Error('enough'))
  await until('the service to know', async () => t.server.cancelled() - cancelledBefore === 3)
  expect(t.server.seen).toHaveLength(4)
})

test('after a failure nothing new is asked, and what has been paid for is handed over', async () => {
  await using t = await startGoogleBench()
  t.server.on((text) => (text === 'hai' ? { status: status.INVALID_ARGUMENT } : null))
  const texts = ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy']
  const { heard, error } = await t.attempt(texts)
  expect(error).toMatchObject({ code: 'refused' })
  const paid = t.server.seen.map(({ input }) => input.text).filter((text) => text !== 'hai')
  expect(texts.filter((_text, index) => heard[index])).toEqual(paid)
  expect(paid.length).toBeLessThanOrEqual(4)
})

test('what goes wrong in the hands of the listener ends everything', async () => {
  await using t = await startGoogleBench()
  const full = async (): Promise<void> => {
    throw new RangeError('the disk is full')
  }
  const speaking = t.speech.speak(leadLines('một', 'hai', 'ba', 'bốn'), 'vi-north', full, FRESH())
  await expect(speaking).rejects.toThrow(new RangeError('the disk is full'))
})

test('a key file that is missing or no key is told before anything is sent', async () => {
  await using dir = await tempDir()
  const noKey = join(dir.path, 'no-key.json')
  await writeFile(noKey, 'not even JSON')
  for (const credentialsFile of [join(dir.path, 'missing.json'), noKey]) {
    await using client = createGoogleClient({ credentialsFile, endpoint: null })
    await expect(client.listVoices(LIMITS)).rejects.toMatchObject({ name: 'SpeechError', code: 'credentials' })
  }
})
