import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { withParts } from '../../controller/cli/voices.ts'
import { parseConfig } from '../../controller/config.ts'
import { counterpartOf, sexOf } from '../../controller/speech/engines/google/counterpart.ts'
import { familyOf } from '../../controller/speech/engines/google/families.ts'
import { scriptToUtterances } from '../../controller/speech/normalise/utterances.ts'
import { speakScript } from '../../controller/speech/speak-script.ts'
import type { SpeechChain } from '../../controller/speech/speech.ts'
import { FRESH, tempDir } from '../support/audio.ts'
import { AREA } from '../support/commune.ts'
import { startTestController } from '../support/start-controller.ts'
import { toneSpeech } from '../support/tone-speech.ts'
import { until } from '../support/until.ts'
import { type GoogleBench, startGoogleBench } from './support.ts'

const log = pino({ level: 'silent' })
const QUESTION = 'Hỏi: Ai được cấp thẻ?'
const ANSWER = 'Đáp: Trẻ em được cấp thẻ.'
const SCRIPT = `Mời bà con nghe hỏi đáp.\n${QUESTION}\n${ANSWER}`
const WAVENET_B = { voice: 'vi-VN-Wavenet-B', family: 'wavenet' } as const

const speak = (speech: SpeechChain, dataDir: string, script = SCRIPT) =>
  speakScript(
    { speech, dataDir, log },
    { utterances: scriptToUtterances(script), voice: 'vi-north' },
    () => {},
    FRESH(),
  )

/** What reached the service since the last time, with the voice in which it was asked for; in no order, as it is sent. */
function askedOf(t: GoogleBench): () => ReadonlySet<string> {
  let from = 0
  return () => {
    const seen = t.server.seen.slice(from)
    from = t.server.seen.length
    return new Set(seen.map(({ voice, input }) => `${voice.name}: ${input.text}`))
  }
}

test('a bulletin of questions and answers is asked for in two voices, and an edit in the voice of its turn', async () => {
  await using google = await startGoogleBench()
  await using t = await startTestController({ overrides: { speech: google.speech } })
  const admin = await t.signIn()
  const asked = askedOf(google)
  const content = (script: string) => ({ title: 'Hỏi đáp', class: 'ordinary', script, targets: [AREA] })
  const ready = (id: string, number: number) =>
    until('the sound to be ready', async () => {
      const { body } = await admin.get(`/api/bulletins/${id}`)
      return body.versionNumber === number && body.rendition.step === 'ready' && body.rendition
    })

  const { body } = await admin.post('/api/bulletins', content(SCRIPT))
  const first = await ready(body.id, 1)
  expect(first.voice).toEqual({ engine: 'google', name: 'vi-VN-Neural2-A', second: 'vi-VN-Neural2-D' })
  expect(asked()).toEqual(
    new Set([
      'vi-VN-Neural2-A: Mời bà con nghe hỏi đáp.',
      'vi-VN-Neural2-D: Hỏi, Ai được cấp thẻ?',
      'vi-VN-Neural2-A: Đáp, Trẻ em được cấp thẻ.',
    ]),
  )

  await admin.put(`/api/bulletins/${body.id}`, content(SCRIPT.replace('Ai được', 'Những ai được')))
  await ready(body.id, 2)
  expect(asked()).toEqual(new Set(['vi-VN-Neural2-D: Hỏi, Những ai được cấp thẻ?']))

  await admin.put(`/api/bulletins/${body.id}`, content('Mời bà con nghe hỏi đáp.'))
  expect((await ready(body.id, 3)).voice).toEqual({ engine: 'google', name: 'vi-VN-Neural2-A', second: null })
  expect(asked()).toEqual(new Set())
})

test('a second voice of another family has a budget of its own, and the estimate says so', async () => {
  await using google = await startGoogleBench({ limit: 1_000 })
  const speech = google.engine({ second: WAVENET_B })
  await using t = await startTestController({ overrides: { speech } })
  const { body } = await (await t.signIn()).post('/api/speech/estimate', { script: SCRIPT })
  expect(body).toMatchObject({
    sentences: 3,
    characters: SCRIPT.length - 2,
    family: 'neural2',
    remaining: 1_000,
    second: { characters: QUESTION.length, family: 'wavenet', remaining: 1_000 },
  })
  await speak([speech], t.dataDir)
  expect(await google.used('wavenet')).toBe(QUESTION.length)
  expect(await google.used('neural2')).toBe(SCRIPT.length - 2 - QUESTION.length)
})

test('when the budget of one voice is spent, the next engine speaks the whole script, in its own two voices', async () => {
  await using dir = await tempDir()
  await using google = await startGoogleBench({ limit: 1_000 })
  await google.budget.reserve('wavenet', 1_000)
  const speech = google.engine({ second: WAVENET_B })
  const spoken = await speak([speech, toneSpeech], dir.path)
  expect(spoken).toMatchObject({ engine: 'tone/1', voice: 'vi-north', second: 'vi-north+octave' })
  expect(spoken.skipped).toEqual([{ engine: speech.engine, reason: 'budget' }])
  expect(spoken.segments.map(({ voice }) => voice)).toEqual(['vi-north', 'vi-north+octave', 'vi-north'])
})

test('a second voice that the service does not have matters only to scripts that need it', async () => {
  await using dir = await tempDir()
  await using google = await startGoogleBench()
  google.server.voices = ['vi-VN-Neural2-A']
  expect(await speak([google.speech], dir.path, 'Kính thưa bà con.')).toMatchObject({ second: null })
  await expect(speak([google.speech], dir.path)).rejects.toMatchObject({
    code: 'voice',
    message: expect.stringContaining('vi-VN-Neural2-D'),
  })
})

test('the same voice twice speaks alone', async () => {
  await using dir = await tempDir()
  await using google = await startGoogleBench()
  const speech = google.engine({ second: { voice: 'vi-VN-Neural2-A', family: 'neural2' } })
  expect(await speak([speech], dir.path)).toMatchObject({ voice: 'vi-VN-Neural2-A', second: null })
  expect(new Set(google.server.seen.map(({ voice }) => voice.name))).toEqual(new Set(['vi-VN-Neural2-A']))
})

describe('unless the settings name one', () => {
  const env = (settings: Record<string, string>) =>
    parseConfig({ LOA_SPEECH_ENGINES: 'google', LOA_GOOGLE_CREDENTIALS_FILE: '/nowhere', ...settings }).speech.google

  test.each([
    ['vi-VN-Neural2-A', 'vi-VN-Neural2-D'],
    ['vi-VN-Neural2-D', 'vi-VN-Neural2-A'],
    ['vi-VN-Standard-A', 'vi-VN-Standard-B'],
    ['vi-VN-Standard-D', 'vi-VN-Standard-C'],
    ['vi-VN-Wavenet-B', 'vi-VN-Wavenet-A'],
    ['vi-VN-Chirp3-HD-Kore', 'vi-VN-Chirp3-HD-Charon'],
    ['vi-VN-Chirp3-HD-Umbriel', 'vi-VN-Chirp3-HD-Kore'],
    ['vi-VN-Neural2-Z', 'vi-VN-Neural2-A'],
  ])('the second voice of %s is %s', (lead, second) => {
    expect(env({ LOA_GOOGLE_VOICE: lead })?.second).toEqual({ voice: second, family: familyOf(lead) })
    if (!lead.endsWith('Z')) expect([sexOf(lead), sexOf(second)].sort()).toEqual(['female', 'male'])
  })

  test('and where they do, it is that one', () => {
    expect(env({ LOA_GOOGLE_SECOND_VOICE: 'vi-VN-Wavenet-B' })?.second).toEqual(WAVENET_B)
  })
})

test('nobody is the second voice of themselves', () => {
  for (const voice of [
    'vi-VN-Neural2-A',
    'vi-VN-Wavenet-C',
    'vi-VN-Chirp3-HD-Zephyr',
    'vi-VN-Chirp3-HD-New',
  ] as const) {
    const family = familyOf(voice)
    if (!family) throw new Error(`${voice} has no family`)
    expect(counterpartOf({ voice, family }).voice).not.toBe(voice)
  }
  expect(sexOf('vi-VN-Chirp3-HD-New')).toBeNull()
})

test('the list of voices says which of them speak', () => {
  const listed = ['vi-VN-Neural2-A', 'vi-VN-Wavenet-B', 'vi-VN-Neural2-D'].map((name) => ({
    name,
    family: familyOf(name),
    gender: 'unknown' as const,
  }))
  const settings = { voice: 'vi-VN-Neural2-A', second: WAVENET_B }
  expect(withParts(listed, settings).map(({ part }) => part)).toEqual(['lead', 'second', null])
})
