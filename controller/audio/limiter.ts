import { createBlockPeaks } from './block-peaks.ts'
import { blockSamplesAt, createGainRides, LOOK_AHEAD_BLOCKS } from './gain-ride.ts'

/** Keeps one channel below a ceiling. What comes out is `delaySamples` late. */
export interface Limiter {
  readonly delaySamples: number
  /** Takes samples times `gain`; gives as many as are settled, to be used before the next call. */
  push(samples: Float32Array, gain: number): Float32Array
}

/** A peak between two samples is hardly ever more than this above both. */
const HIDDEN_PEAK = 0.6

export function createLimiter({ sampleRate, ceiling }: { sampleRate: number; ceiling: number }): Limiter {
  const block = blockSamplesAt(sampleRate)
  const rides = createGainRides(Float64Array.of(ceiling))
  const peaks = createBlockPeaks(block, { carefulAbove: ceiling * HIDDEN_PEAK })
  let held = new Float32Array(LOOK_AHEAD_BLOCKS * block)
  let ridden = 1

  return {
    delaySamples: LOOK_AHEAD_BLOCKS * block,
    push(samples, gain) {
      const work = new Float32Array(held.length + samples.length)
      work.set(held)
      const start = held.length
      for (let i = 0; i < samples.length; i++) work[start + i] = (samples[i] as number) * gain
      let at = 0
      peaks.push(work.subarray(start), (peak) => {
        const next = rides.push(peak)[0] as number
        if (ridden !== 1 || next !== 1) ramp(work, at, block, ridden, next)
        ridden = next
        at += block
      })
      held = work.slice(at)
      return work.subarray(0, at)
    },
  }
}

function ramp(samples: Float32Array, from: number, length: number, start: number, end: number): void {
  const step = (end - start) / length
  for (let i = 0; i < length; i++) samples[from + i] = (samples[from + i] as number) * (start + step * i)
}
