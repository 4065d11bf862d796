import { createBlockPeaks } from './block-peaks.ts'
import { blockSamplesAt, createGainRides, LOOK_AHEAD_BLOCKS } from './gain-ride.ts'
import { createScratch } from './scratch.ts'

/** Keeps one channel below a ceiling. What comes out is `delaySamples` late. */
export interface Limiter {
  readonly delaySamples: number
  /** Takes samples times `gain`; gives as many as are settled, to be used before the next call. */
  push(samples: Float32Array, gain: number): Float32Array
}

export function createLimiter({ sampleRate, ceiling }: { sampleRate: number; ceiling: number }): Limiter {
  const block = blockSamplesAt(sampleRate)
  const rides = createGainRides(Float64Array.of(ceiling))
  const peaks = createBlockPeaks(block)
  const scratch = createScratch()
  // What waits for its gain: the blocks of the look-ahead, then the beginning of an open one.
  const held = new Float32Array((LOOK_AHEAD_BLOCKS + 1) * block)
  let heldLength = LOOK_AHEAD_BLOCKS * block
  // The gain at the end of the last settled block.
  const ridden = Float64Array.of(1)

  return {
    delaySamples: LOOK_AHEAD_BLOCKS * block,
    push(samples, gain) {
      const work = scratch(heldLength + samples.length)
      const fresh = work.subarray(heldLength)
      work.set(held.subarray(0, heldLength))
      for (let i = 0; i < samples.length; i++) fresh[i] = (samples[i] as number) * gain
      const blocks = peaks.push(fresh)
      let start = ridden[0] as number
      for (let i = 0; i < blocks.length; i++) {
        const end = rides.push(blocks[i] as number)[0] as number
        if (start !== 1 || end !== 1) ramp(work, i * block, block, start, end)
        start = end
      }
      ridden[0] = start
      const settled = blocks.length * block
      heldLength = work.length - settled
      held.set(work.subarray(settled))
      return work.subarray(0, settled)
    },
  }
}

function ramp(samples: Float32Array, from: number, length: number, start: number, end: number): void {
  const step = (end - start) / length
  for (let i = 0; i < length; i++) samples[from + i] = (samples[from + i] as number) * (start + step * i)
}
