/** Sums the K-weighted energy (ITU-R BS.1770) of one channel; keeps the filters' state from call to call. */
export interface KWeighting {
  /** Energy of `samples[from]`, `samples[from + stride]`, … below `to`. */
  energy(samples: Float32Array, from: number, to: number, stride: number): number
}

// BS.1770 gives its coefficients for 48 kHz only; these are the analogue prototypes behind them (as in libebur128).
const SHELF = { hz: 1681.974450955533, db: 3.999843853973347, q: 0.7071752369554196 }
const HIGHPASS = { hz: 38.13547087602444, q: 0.5003270373238773 }

/** A value so small that it is silence; states below it are cleared, since denormal numbers are slow. */
const SILENCE = 1e-20

export function createKWeighting(sampleRate: number): KWeighting {
  const k = Math.tan((Math.PI * SHELF.hz) / sampleRate)
  const high = 10 ** (SHELF.db / 20)
  const band = high ** 0.4996667741545416
  const a0 = 1 + k / SHELF.q + k * k
  const b0 = (high + (band * k) / SHELF.q + k * k) / a0
  const b1 = (2 * (k * k - high)) / a0
  const b2 = (high - (band * k) / SHELF.q + k * k) / a0
  const a1 = (2 * (k * k - 1)) / a0
  const a2 = (1 - k / SHELF.q + k * k) / a0

  const h = Math.tan((Math.PI * HIGHPASS.hz) / sampleRate)
  const c0 = 1 + h / HIGHPASS.q + h * h
  const c1 = (2 * (h * h - 1)) / c0
  const c2 = (1 - h / HIGHPASS.q + h * h) / c0

  let [s1, s2, t1, t2] = [0, 0, 0, 0]
  return {
    energy(samples, from, to, stride) {
      let sum = 0
      let [p1, p2, q1, q2] = [s1, s2, t1, t2]
      for (let i = from; i < to; i += stride) {
        const x = samples[i] as number
        const shelved = b0 * x + p1
        p1 = b1 * x - a1 * shelved + p2
        p2 = b2 * x - a2 * shelved
        const y = shelved + q1
        q1 = -2 * shelved - c1 * y + q2
        q2 = shelved - c2 * y
        sum += y * y
      }
      const settled = Math.abs(p1) + Math.abs(p2) + Math.abs(q1) + Math.abs(q2) < SILENCE
      ;[s1, s2, t1, t2] = settled ? [0, 0, 0, 0] : [p1, p2, q1, q2]
      return sum
    },
  }
}
