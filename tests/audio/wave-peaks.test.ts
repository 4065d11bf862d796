import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { probe } from '../../controller/audio/probe.ts'
import { createWavePeaks, MOST_PEAKS } from '../../controller/audio/wave-peaks.ts'
import { FRESH, SOUNDS, sound, tempDir, withEachFfmpeg, writeWav } from '../support/audio.ts'

/** Numbers that repeat after no power of two, with both signs and some beyond full scale. */
const noise = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin((i + seed) * 12.9898) * 1.05)

const heightOf = (samples: Float32Array): number =>
  Math.min(255, Math.round(samples.reduce((highest, x) => Math.max(highest, Math.abs(x)), 0) * 255))

test('each value is the highest of its stretch, the stretches are equal but the last, and none is missing', () => {
  const parts = fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 6 })
  fc.assert(
    fc.property(parts, fc.constantFrom(1, 2), fc.nat(1_000), (lengths, channels, seed) => {
      const all = noise(lengths.reduce((sum, length) => sum + length, 0) * channels, seed)
      const peaks = createWavePeaks(channels)
      let at = 0
      for (const length of lengths) {
        peaks.push(all.subarray(at, at + length * channels))
        at += length * channels
      }
      const heights = peaks.result()
      expect(heights.length).toBeLessThanOrEqual(MOST_PEAKS)
      let frames = 64
      while (Math.ceil(all.length / channels / frames) > MOST_PEAKS) frames *= 2
      // A file that ends where the last stretch would have been one too many is told in half as many.
      if (Math.floor(all.length / channels / frames) === MOST_PEAKS) frames *= 2
      const expected = Array.from({ length: Math.ceil(all.length / channels / frames) }, (_, i) =>
        heightOf(all.subarray(i * frames * channels, (i + 1) * frames * channels)),
      )
      expect([...heights]).toEqual(expected)
    }),
    { numRuns: 15 },
  )
})

test('an hour comes to at least half of the most there can be', () => {
  const peaks = createWavePeaks(1)
  const second = noise(24_000, 1)
  for (let i = 0; i < 3_600; i++) peaks.push(second)
  expect(peaks.result().length).toBeGreaterThanOrEqual(MOST_PEAKS / 2)
})

withEachFfmpeg((ffmpeg) => {
  test('a file shows where it is loud and where it is silent', async () => {
    await using dir = await tempDir()
    const rate = 24_000
    const samples = new Float32Array(rate * 4)
    samples.set(sound(SOUNDS.sine, 1, rate), rate)
    const file = await writeWav(join(dir.path, 'a.wav'), samples, rate)
    const { peaks } = await probe({ ffmpeg }, file, FRESH())
    const quarter = peaks.length / 4
    const highestIn = (from: number, to: number): number =>
      Math.max(...peaks.subarray(Math.ceil(from * quarter), Math.floor(to * quarter)))
    const loud = heightOf(samples)
    expect(loud).toBeGreaterThan(20)
    expect([highestIn(0, 0.99), highestIn(1.01, 2), highestIn(2.01, 4)]).toEqual([0, loud, 0])
  })
})
