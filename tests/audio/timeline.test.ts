import { expect, test } from 'vitest'
import type { Clip } from '../../controller/audio/clip.ts'
import { layOut, spansOf, totalSamples } from '../../controller/audio/timeline.ts'

const clip = (samples: number): Clip => ({ file: '/x.wav', sampleRate: 10_000, samples, dataOffset: 44 })
const spoken = [
  { clip: clip(100), pauseAfterMs: 500 },
  { clip: clip(200), pauseAfterMs: 900 },
]

test('a programme is chime, lead-in, sentences with pauses between them, and closing', () => {
  const parts = layOut(spoken, { chime: true, sampleRate: 10_000 })
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
  const parts = layOut(spoken, { chime: false, sampleRate: 10_000 })
  expect(parts.map(({ kind }) => kind)).toEqual(['silence', 'speech', 'silence', 'speech', 'silence'])
})
