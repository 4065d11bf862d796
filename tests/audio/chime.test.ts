import { expect, test } from 'vitest'
import { closingChime, openingChime } from '../../controller/audio/chime.ts'

test.each([
  ['opening', openingChime, 3_000, 4],
  ['closing', closingChime, 1_800, 2],
] as const)(
  'the %s chime begins and ends in silence, is never harsh, and rings so many notes',
  (_name, chime, ms, notes) => {
    for (const sampleRate of [16_000, 22_050, 24_000, 48_000]) {
      const samples = chime(sampleRate)
      expect(samples.length).toBe((ms * sampleRate) / 1_000)
      expect(Math.abs(samples[0] ?? 1)).toBeLessThan(1e-6)
      expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(1e-4)
      expect(samples.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0)).toBeCloseTo(0.5, 4)
      expect(onsets(samples, sampleRate)).toBe(notes)
    }
  },
)

/** How often the sound gets clearly louder within 20 ms. */
function onsets(samples: Float32Array, sampleRate: number): number {
  const size = Math.round(sampleRate * 0.02)
  let [count, last, refractory] = [0, 0, 0]
  for (let at = 0; at + size <= samples.length; at += size) {
    const energy = samples.subarray(at, at + size).reduce((sum, x) => sum + x * x, 0)
    if (refractory > 0) refractory -= 1
    else if (energy > last * 1.25 && energy > 0.01 * size * 0.5) {
      count += 1
      refractory = 10
    }
    last = energy
  }
  return count
}
