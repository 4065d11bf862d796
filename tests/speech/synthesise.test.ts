import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeWav, parseWavHeader, wavSamples } from '../../controller/audio/wav.ts'
import { cachedFile } from '../../controller/speech/cache.ts'
import { type Speech, SpeechError, type VoicePart, voicesOf } from '../../controller/speech/speech.ts'
import { synthesiseUtterances } from '../../controller/speech/synthesise.ts'
import { FRESH, SOUNDS, sound, tempDir } from '../support/audio.ts'
import { toneSpeech } from '../support/tone-speech.ts'

/** Counts what reaches the engine behind it. */
function counting(engine: Speech = toneSpeech): Speech & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    ...engine,
    speak: (lines, voice, onWav, signal) =>
      engine.speak(
        lines,
        voice,
        async (index, wav) => {
          asked.push(lines[index]?.text ?? '')
          await onWav(index, wav)
        },
        signal,
      ),
  }
}

const utterances = (...texts: string[]) =>
  texts.map((spoken, i) => ({ spoken, part: 'lead' as const, pauseAfterMs: 100 * i }))
const silent = (): void => {}

async function say(
  speech: Speech,
  dataDir: string,
  texts: readonly string[],
  onProgress = silent as (d: number, t: number) => void,
) {
  const input = { utterances: utterances(...texts), voice: 'vi-north' as const }
  return await synthesiseUtterances({ speech, dataDir }, input, onProgress, FRESH())
}

test('each sentence becomes a file of its own, in order, with its pause', async () => {
  await using dir = await tempDir()
  const segments = await say(counting(), dir.path, ['một', 'hai ba'])
  expect(segments.map(({ pauseAfterMs }) => pauseAfterMs)).toEqual([0, 100])
  for (const { file, ms } of segments) {
    const wav = await readFile(file)
    const header = parseWavHeader(wav)
    expect(ms).toBe(Math.round(((header?.dataBytes ?? 0) / 2 / 22_050) * 1000))
  }
  expect(segments[0]?.ms).toBeLessThan(segments[1]?.ms ?? 0)
  expect(await readdir(join(dir.path, 'work'))).toEqual([])
})

test('only a changed sentence is spoken anew', async () => {
  await using dir = await tempDir()
  const speech = counting()
  const before = await say(speech, dir.path, ['một', 'hai', 'ba'])
  speech.asked.length = 0
  const after = await say(speech, dir.path, ['một', 'hai mươi', 'ba'])
  expect(speech.asked).toEqual(['hai mươi'])
  expect([after[0]?.file, after[2]?.file]).toEqual([before[0]?.file, before[2]?.file])
  expect(after[1]?.file).not.toBe(before[1]?.file)
})

test('a sentence that comes twice is spoken once', async () => {
  await using dir = await tempDir()
  const speech = counting()
  const segments = await say(speech, dir.path, ['xin chào', 'xin chào', 'xin chào'])
  expect(speech.asked).toEqual(['xin chào'])
  expect(new Set(segments.map(({ file }) => file)).size).toBe(1)
})

test('another voice or another engine is another sound', async () => {
  await using dir = await tempDir()
  const speech = counting()
  const other = counting({ ...toneSpeech, engine: 'tone/2' })
  const input = { utterances: utterances('một'), voice: 'vi-north' as const }
  const files = [
    await synthesiseUtterances({ speech, dataDir: dir.path }, input, silent, FRESH()),
    await synthesiseUtterances({ speech, dataDir: dir.path }, { ...input, voice: 'vi-south' }, silent, FRESH()),
    await synthesiseUtterances({ speech: other, dataDir: dir.path }, input, silent, FRESH()),
  ].map(([segment]) => segment?.file)
  expect(new Set(files).size).toBe(3)
})

test('what the lead has said before scripts had two voices is found again', () => {
  const key = { engine: 'tone/1', voice: voicesOf(toneSpeech, 'vi-north').lead.name, spoken: 'Xin chào bà con.' }
  expect(cachedFile('/data', key)).toBe(
    '/data/speech/d0/d04ddd6317ada64c2a781ffd618bbb305f0b929ce0b92e3b32ca10c659fd0de1.wav',
  )
})

test('the same words in two voices are two sounds, and a change of who says them speaks one of them anew', async () => {
  await using dir = await tempDir()
  const speech = counting()
  const input = (...parts: VoicePart[]) => ({
    utterances: parts.map((part) => ({ spoken: 'xin chào', part, pauseAfterMs: 0 })),
    voice: 'vi-north' as const,
  })
  const run = (...parts: VoicePart[]) =>
    synthesiseUtterances({ speech, dataDir: dir.path }, input(...parts), silent, FRESH())
  const [alone] = await run('lead', 'lead')
  const [asked, answered] = await run('second', 'lead')
  expect(speech.asked).toHaveLength(2)
  expect(answered).toEqual(alone)
  expect(asked).toMatchObject({ voice: 'vi-north+octave', ms: alone?.ms })
  expect(asked?.file).not.toBe(alone?.file)
})

test('what was spoken before a failure is kept', async () => {
  await using dir = await tempDir()
  const dying: Speech = {
    engine: toneSpeech.engine,
    speak: (lines, voice, onWav, signal) =>
      toneSpeech.speak(
        lines,
        voice,
        async (index, wav) => {
          if (lines[index]?.text === 'ba') throw new SpeechError('crashed', 'gone')
          await onWav(index, wav)
        },
        signal,
      ),
  }
  await expect(say(dying, dir.path, ['một', 'hai', 'ba', 'bốn'])).rejects.toMatchObject({ code: 'crashed' })
  const speech = counting()
  await say(speech, dir.path, ['một', 'hai', 'ba', 'bốn'])
  expect(speech.asked).toEqual(['ba', 'bốn'])
})

test('a damaged file in the cache is spoken anew', async () => {
  await using dir = await tempDir()
  const speech = counting()
  const [first, second] = await say(speech, dir.path, ['một', 'hai'])
  if (!first || !second) throw new Error('nothing spoken')
  await truncate(first.file, (await stat(first.file)).size - 100)
  await writeFile(second.file, '')
  speech.asked.length = 0
  const again = await say(speech, dir.path, ['một', 'hai'])
  expect(speech.asked).toEqual(['một', 'hai'])
  expect(again).toEqual([first, second])
})

test('progress counts sentences, those from the cache at once', async () => {
  await using dir = await tempDir()
  const heard: string[] = []
  const note = (done: number, total: number): void => void heard.push(`${done}/${total}`)
  await say(counting(), dir.path, ['một', 'hai'], note)
  await say(counting(), dir.path, ['một', 'hai', 'ba'], note)
  expect(heard).toEqual(['0/2', '1/2', '2/2', '2/3', '3/3'])
})

test('silence around the words is cut, not the words', async () => {
  await using dir = await tempDir()
  const words = sound(SOUNDS.sine, 0.5, 22_050)
  const padded = new Int16Array(22_050 * 3)
  padded.set(
    Int16Array.from(words, (x) => x * 32_767),
    22_050,
  )
  const engine: Speech = {
    engine: 'padded/1',
    speak: async (_texts, _voice, onWav) => await onWav(0, encodeWav(padded, 22_050)),
  }
  const [segment] = await say(engine, dir.path, ['a'])
  expect(segment?.ms).toBeGreaterThanOrEqual(500)
  expect(segment?.ms).toBeLessThanOrEqual(545)
  const wav = await readFile(segment?.file ?? '')
  const header = parseWavHeader(wav)
  const energy = (samples: Int16Array): number => samples.reduce((sum, x) => sum + x * x, 0)
  expect(header && energy(wavSamples(wav, header))).toBe(energy(padded))
})

test('an engine that answers words with silence is found out; punctuation may be silent', async () => {
  await using dir = await tempDir()
  const mute: Speech = {
    engine: 'mute/1',
    speak: async (texts, _voice, onWav) => {
      for (const index of texts.keys()) await onWav(index, encodeWav(new Int16Array(10_000), 22_050))
    },
  }
  await expect(say(mute, dir.path, ['xin chào'])).rejects.toMatchObject({ code: 'silent' })
  expect(await say(mute, dir.path, ['…'])).toMatchObject([{ ms: 0 }])
})

test('an engine that forgets a text is found out', async () => {
  await using dir = await tempDir()
  const lazy: Speech = { engine: 'lazy/1', speak: async () => {} }
  await expect(say(lazy, dir.path, ['một'])).rejects.toBeInstanceOf(SpeechError)
})

test('nothing is asked of the engine once aborted', async () => {
  await using dir = await tempDir()
  const speech = counting()
  const input = { utterances: utterances('một'), voice: 'vi-north' as const }
  const aborted = AbortSignal.abort(new Error('stop'))
  await expect(synthesiseUtterances({ speech, dataDir: dir.path }, input, silent, aborted)).rejects.toThrow('stop')
  expect(speech.asked).toEqual([])
})

test('a disk that takes nothing says so', async () => {
  await using dir = await tempDir()
  await writeFile(join(dir.path, 'speech'), 'a file where the folder should be')
  await expect(say(counting(), dir.path, ['một'])).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|EEXIST/),
  })
})
