import { expect, test } from 'vitest'
import { bedUnder } from '../../controller/audio/bed.ts'
import type { Clip } from '../../controller/audio/clip.ts'
import { layOut, spansOf, totalSamples } from '../../controller/audio/timeline.ts'

const clip = (samples: number): Clip => ({ file: '/x.wav', sampleRate: 10_000, samples, dataOffset: 44 })
const spoken = [
  { clip: clip(100), pauseAfterMs: 500 },
  { clip: clip(200), pauseAfterMs: 900 },
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
