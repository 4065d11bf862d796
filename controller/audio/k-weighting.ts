/** Measures one channel through the K-weighting filter (ITU-R BS.1770); keeps the filter's state from call to call. */
export interface KWeighting {
  /**
   * Takes `samples[from]`, `samples[from + stride]`, … and gives the energy of each block that they lie in: the first ends
   * after `first` samples, the others after `size`, the last is as long as what is left. To be used before the next call.
   */
  energies(
    samples: Float32Array,
    at: { from: number; stride: number },
    block: { first: number; size: number },
  ): Float64Array
}

// BS.1770 gives its coefficients for 48 kHz only; these are the analogue prototypes behind them (as in libebur128).
const SHELF = { hz: 1681.974450955533, db: 3.999843853973347, q: 0.7071752369554196 }
const HIGHPASS = { hz: 38.13547087602444, q: 0.5003270373238773 }

/** States that sum up to less are cleared: they cannot be heard, and denormal numbers are slow. */
const SILENCE = 1e-20

export function createKWeighting(sampleRate: number): KWeighting {
  const filter = coefficients(sampleRate)
  const state = new Float64Array(4)
  let results = new Float64Array(0)
  return {
    // Everything that the loop uses is a local variable, since the compiler does not keep a closure's in registers; sums
    // of squares, since storing each takes as long again.
    energies(samples, { from, stride }, block) {
      const most = 2 + Math.ceil((samples.length - from) / (stride * block.size))
      if (results.length < most) results = new Float64Array(most)
      const { b0, b1, b2, a1, a2, c1, c2, d1, d2 } = filter
      let [p1, p2, q1, q2] = state as unknown as [number, number, number, number]
      let count = 0
      let at = from
      let end = from + block.first * stride
      while (at < samples.length) {
        const stop = Math.min(end, samples.length)
        let sum = 0
        for (; at < stop; at += stride) {
          const x = samples[at] as number
          const shelved = b0 * x + p1
          const y = shelved + q1
          const nextP = b1 * x + p2 - a1 * p1
          p2 = b2 * x - a2 * p1
          p1 = nextP
          const nextQ = d1 * shelved + q2 - c1 * q1
          q2 = d2 * shelved - c2 * q1
          q1 = nextQ
          sum += y * y
        }
        results[count++] = sum
        end += block.size * stride
      }
      if (Math.abs(p1) + Math.abs(p2) + Math.abs(q1) + Math.abs(q2) < SILENCE) state.fill(0)
      else state.set([p1, p2, q1, q2])
      return results.subarray(0, count)
    },
  }
}

/**
 * Two biquads in transposed direct form II, each with its direct path taken out of the feedback: the shorter the chain
 * from one sample to the next, the faster.
 */
function coefficients(sampleRate: number) {
  const k = Math.tan((Math.PI * SHELF.hz) / sampleRate)
  const high = 10 ** (SHELF.db / 20)
  const band = high ** 0.4996667741545416
  const a0 = 1 + k / SHELF.q + k * k
  const b0 = (high + (band * k) / SHELF.q + k * k) / a0
  const a1 = (2 * (k * k - 1)) / a0
  const a2 = (1 - k / SHELF.q + k * k) / a0
  const b1 = (2 * (k * k - high)) / a0 - a1 * b0
  const b2 = (high - (band * k) / SHELF.q + k * k) / a0 - a2 * b0

  const h = Math.tan((Math.PI * HIGHPASS.hz) / sampleRate)
  const c0 = 1 + h / HIGHPASS.q + h * h
  const c1 = (2 * (h * h - 1)) / c0
  const c2 = (1 - h / HIGHPASS.q + h * h) / c0
  return { b0, b1, b2, a1, a2, c1, c2, d1: -2 - c1, d2: 1 - c2 }
}
