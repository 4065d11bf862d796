import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLimiter } from '../../controller/audio/limiter.ts'

const SAMPLE_RATE = 22_050

/** Everything that comes out for `samples`, cut into pieces, with the delay taken off. */
function limit(samples: Float32Array, cuts: readonly number[], ceiling: number, gain: number): Float32Array {
  const limiter = createLimiter({ sampleRate: SAMPLE_RATE, ceiling })
  const out: number[] = []
  let at = 0
  for (const cut of cuts) {
    out.push(...limiter.push(samples.subarray(at, at + cut), gain))
    at += cut
  }
  out.push(...limiter.push(samples.subarray(at), gain))
  out.push(...limiter.push(new Float32Array(limiter.delaySamples * 2), 1))
  return Float32Array.from(out).subarray(limiter.delaySamples, limiter.delaySamples + samples.length)
}

const anything = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 400 })
  .map((list) => Float32Array.from(list))
const pieces = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 })

test('no sample exceeds the ceiling, whatever comes and however it is cut', () => {
  fc.assert(
    fc.property(anything, pieces, fc.double({ min: 0.1, max: 30, noNaN: true }), (samples, cuts, gain) => {
      const out = limit(samples, cuts, 0.7, gain)
      expect(out).toHaveLength(samples.length)
      for (const x of out) expect(Math.abs(x)).toBeLessThanOrEqual(0.7 + 1e-6)
    }),
  )
})

test('how the sound is cut into pieces changes nothing', () => {
  fc.assert(
    fc.property(anything, pieces, (samples, cuts) => {
      expect(limit(samples, cuts, 0.5, 3)).toEqual(limit(samples, [], 0.5, 3))
    }),
  )
})

test('what stays below the ceiling is only multiplied', () => {
  const samples = Float32Array.from({ length: 2_000 }, (_, i) => 0.2 * Math.sin(i / 10))
  expect(limit(samples, [7, 300], 0.7, 2)).toEqual(samples.map((x) => x * 2))
})

test('a single peak is ducked under and forgotten within four milliseconds', () => {
  const samples = new Float32Array(SAMPLE_RATE).fill(0.1)
  samples[10_000] = 1
  const out = limit(samples, [], 0.5, 1)
  expect(Math.abs(out[10_000] ?? 1)).toBeLessThanOrEqual(0.5)
  const fourMs = Math.round(0.004 * SAMPLE_RATE)
  expect(out[10_000 - fourMs]).toBeCloseTo(0.1, 6)
  expect(out[10_000 + fourMs]).toBeCloseTo(0.1, 6)
})
