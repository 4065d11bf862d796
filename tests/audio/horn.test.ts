import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toDb } from '../../controller/audio/decibels.ts'
import { createHornShaper } from '../../controller/audio/horn.ts'
import { SOUNDS, sound } from '../support/audio.ts'

const RATE = 24_000

const tone = (hz: number, amplitude = 0.3) => sound((t) => amplitude * Math.sin(2 * Math.PI * hz * t), 2, RATE)
const shaped = (samples: Float32Array) => Float32Array.from(createHornShaper(RATE).push(samples))
const rms = (samples: Float32Array): number => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length)
/** Of the second half, when everything has settled. */
const settled = (samples: Float32Array) => samples.subarray(samples.length / 2)
const changeDb = (hz: number): number => toDb(rms(settled(shaped(tone(hz)))) / rms(settled(tone(hz))))

test.each([
  [50, -30, -26],
  [100, -19.5, -16],
  [280, -3.6, -2.4],
  [600, -0.8, 0.2],
  [1_000, -0.4, 0.2],
  [3_000, -0.8, 0.2],
  [6_500, -3.6, -2.4],
  [10_000, -22, -9],
])('%d Hz comes out between %d and %d dB of what went in', (hz, least, most) => {
  expect(changeDb(hz)).toBeGreaterThan(least)
  expect(changeDb(hz)).toBeLessThan(most)
})

test('a syllable that stands out comes down by half of what it stands out, and a soft one stays', () => {
  // For a quarter of each second 12 dB louder: some 4 to 5 dB above the mean, so about 2 dB are taken off.
  const isLoud = (t: number): boolean => t % 1 < 0.25
  const input = sound((t) => (isLoud(t) ? 0.4 : 0.1) * Math.sin(2 * Math.PI * 800 * t), 10, RATE)
  const output = shaped(input)
  const levels = (samples: Float32Array, from: number, to: number) =>
    rms(samples.subarray((8 + from) * RATE, (8 + to) * RATE))
  const loud = toDb(levels(output, 0.1, 0.25) / levels(input, 0.1, 0.25))
  const soft = toDb(levels(output, 0.7, 0.95) / levels(input, 0.7, 0.95))
  expect(loud).toBeGreaterThan(-2.6)
  expect(loud).toBeLessThan(-1.5)
  expect(Math.abs(soft)).toBeLessThan(0.3)
})

test('however loud the voice, it is shaped alike', () => {
  const input = sound(SOUNDS.syllables, 4, RATE)
  const quiet = shaped(input.map((x) => x / 16))
  const loud = shaped(input)
  for (let i = 0; i < loud.length; i += 97) expect(quiet[i]).toBeCloseTo((loud[i] ?? 0) / 16, 5)
})

test('it sounds the same however the sound is cut', () => {
  const input = sound(SOUNDS.syllables, 0.5, RATE)
  const whole = shaped(input)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1 }), (sizes) => {
      const shaper = createHornShaper(RATE)
      const pieces: number[] = []
      for (let at = 0, i = 0; at < input.length; i++) {
        const size = Math.max(1, sizes[i % sizes.length] ?? 1)
        pieces.push(...shaper.push(input.subarray(at, at + size)))
        at += size
      }
      expect(pieces).toHaveLength(whole.length)
      expect(pieces.every((x, i) => x === whole[i])).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('silence stays silence, and after sound it soon is silence again', () => {
  const shaper = createHornShaper(RATE)
  expect(Math.max(...shaper.push(new Float32Array(RATE)).map(Math.abs))).toBe(0)
  shaper.push(sound(SOUNDS.noise, 1, RATE))
  const after = shaper.push(new Float32Array(RATE))
  expect(Math.max(...after.subarray(RATE / 20).map(Math.abs))).toBeLessThan(1e-4)
  expect(Math.abs(after.at(-1) ?? 1)).toBe(0)
})
