import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bedUnder } from '../../controller/audio/bed.ts'
import { type Clip, readClip } from '../../controller/audio/clip.ts'
import { createHornShaper } from '../../controller/audio/horn.ts'
import { layOut, programmeSamples, spansOf, totalSamples } from '../../controller/audio/timeline.ts'
import { FRESH, SOUNDS, sound, tempDir, writeWav } from '../support/audio.ts'

const RATE = 22_050

const clip = (samples: number): Clip => ({ file: '/x.wav', sampleRate: 10_000, samples, dataOffset: 44 })
const spoken = [
  { clip: clip(100), voice: 'one', pauseAfterMs: 500 },
  { clip: clip(200), voice: 'two', pauseAfterMs: 900 },
]

const tone = (samples: number) => ({ sound: new Float32Array(samples), samples, gain: 1 })
const CHIMES = { opening: tone(30_000), closing: tone(18_000) }
const NONE = { opening: null, closing: null }

test('a programme is chime, lead-in, sentences with pauses between them, and closing', () => {
  const parts = layOut(spoken, { music: CHIMES, hasBed: false, sampleRate: 10_000 })
  expect(parts.map(({ kind, samples }) => [kind, samples])).toEqual([
    ['tone', 30_000],
    ['silence', 6_000],
    ['speech', 100],
    ['silence', 5_000],
    ['speech', 200],
    ['silence', 7_000],
    ['tone', 18_000],
    ['silence', 2_000],
  ])
  expect(totalSamples(parts)).toBe(68_300)
  expect(spansOf(parts, 'speech')).toEqual([
    { from: 36_000, to: 36_100 },
    { from: 41_100, to: 41_300 },
  ])
})

test('without a chime there is silence to wake the amplifier by', () => {
  const parts = layOut(spoken, { music: NONE, hasBed: false, sampleRate: 10_000 })
  expect(parts.map(({ kind }) => kind)).toEqual(['silence', 'speech', 'silence', 'speech', 'silence'])
})

test('a bed gets the time to swell up before the first word and to die away after the last', () => {
  const parts = layOut(spoken, { music: CHIMES, hasBed: true, sampleRate: 10_000 })
  expect(parts.map(({ samples }) => samples)).toEqual([30_000, 21_000, 100, 5_000, 200, 22_000, 18_000, 2_000])
  const bed = bedUnder(spansOf(parts, 'speech'), { clip: clip(70), loudnessLufs: -20 })
  // It begins after the chime has died away, and ends before the next begins.
  expect(bed).toMatchObject({ from: 36_000, to: 51_000 + 5_300 + 15_000 })
})

test('voices are numbered as they are first heard', () => {
  const turns = ['two', 'one', 'two'].map((voice) => ({ clip: clip(100), voice, pauseAfterMs: 500 }))
  const parts = layOut(turns, { music: NONE, hasBed: false, sampleRate: 10_000 })
  expect(parts.flatMap((part) => (part.kind === 'speech' ? [part.voice] : []))).toEqual([0, 1, 0])
})

test('a loud voice does not change how a soft one is shaped', async () => {
  await using dir = await tempDir()
  const syllables = sound(SOUNDS.syllables, 2, RATE)
  const soft = syllables.map((x) => x / 10)
  const clipOf = async (name: string, samples: Float32Array) =>
    readClip(await writeWav(join(dir.path, name), samples, RATE))
  const spoken = [
    { clip: await clipOf('loud.wav', syllables), voice: 'loud', pauseAfterMs: 300 },
    { clip: await clipOf('soft.wav', soft), voice: 'soft', pauseAfterMs: 300 },
  ]
  const parts = layOut(spoken, { music: NONE, hasBed: false, sampleRate: RATE })
  const heard: number[] = []
  for await (const { kind, voice, samples } of programmeSamples(
    { parts, sampleRate: RATE, soundProfile: 'horn', bed: null },
    FRESH(),
  )) {
    if (kind === 'speech' && voice === 1) heard.push(...samples)
  }
  const alone = createHornShaper(RATE).push(soft)
  expect(heard).toHaveLength(alone.length)
  expect(Math.max(...heard.map((x, i) => Math.abs(x - (alone[i] ?? 0))))).toBeLessThan(1e-4)
})
