import { createScratch } from './scratch.ts'

/** Cuts one channel into blocks and says how high a limiter should take each to be. */
export interface BlockPeaks {
  /** Heights of the blocks that these samples complete, in order; to be used before the next call. */
  push(samples: Float32Array): Float32Array
}

/**
 * A block is as high as its highest sample or its largest step from one sample to the next. Steps are large where the
 * sound is sharp: there the waveform rises between the samples, and an encoder draws it anew, with peaks of its own up to
 * 3 dB above those it was given. Counting steps holds hissing consonants that much lower, which horn loudspeakers are the
 * better for.
 */
export function createBlockPeaks(blockSamples: number): BlockPeaks {
  const [workspace, results] = [createScratch(), createScratch()]
  // The sample before, then the beginning of an open block.
  const held = new Float32Array(1 + blockSamples)
  let heldLength = 1
  return {
    push(samples) {
      const work = workspace(heldLength + samples.length)
      work.set(held.subarray(0, heldLength))
      work.set(samples, heldLength)
      const heights = results(Math.floor((work.length - 1) / blockSamples))
      for (let i = 0; i < heights.length; i++) heights[i] = heightOf(work, 1 + i * blockSamples, blockSamples)
      const used = heights.length * blockSamples
      heldLength = work.length - used
      held.set(work.subarray(used))
      return heights
    },
  }
}

function heightOf(work: Float32Array, from: number, length: number): number {
  let before = work[from - 1] as number
  let highest = 0
  let step = 0
  for (let i = from; i < from + length; i++) {
    const x = work[i] as number
    const height = Math.abs(x)
    if (height > highest) highest = height
    const change = Math.abs(x - before)
    if (change > step) step = change
    before = x
  }
  return Math.max(highest, step)
}
