import { createScratch } from './scratch.ts'

/** Cuts one channel into blocks and gives each block's highest amplitude. */
export interface BlockPeaks {
  /** Peaks of the blocks that these samples complete, in order; to be used before the next call. */
  push(samples: Float32Array): Float32Array
}

/** Points on either side that an estimate between two samples needs. */
const REACH = 3

/**
 * In blocks whose samples exceed `carefulAbove`, the values half-way between samples are estimated and count too; those
 * that belong to the last `REACH` samples of a block count for the next.
 */
export function createBlockPeaks(blockSamples: number, { carefulAbove }: { carefulAbove: number }): BlockPeaks {
  const lead = 2 * REACH - 1
  const [workspace, results] = [createScratch(), createScratch()]
  // The samples that the next call still needs: `lead` of them, then the beginning of an open block.
  const held = new Float32Array(lead + blockSamples)
  let heldLength = lead
  return {
    push(samples) {
      const work = workspace(heldLength + samples.length)
      work.set(held.subarray(0, heldLength))
      work.set(samples, heldLength)
      const peaks = results(Math.floor((work.length - lead) / blockSamples))
      for (let i = 0; i < peaks.length; i++) {
        const from = lead + i * blockSamples
        let peak = highestSample(work, from, from + blockSamples)
        if (peak > carefulAbove) peak = Math.max(peak, highestBetween(work, from, from + blockSamples))
        peaks[i] = peak
      }
      const used = peaks.length * blockSamples
      heldLength = work.length - used
      held.set(work.subarray(used))
      return peaks
    },
  }
}

function highestSample(work: Float32Array, from: number, to: number): number {
  let highest = 0
  for (let i = from; i < to; i++) {
    const value = Math.abs(work[i] as number)
    if (value > highest) highest = value
  }
  return highest
}

/** Half-way values by six-point interpolation; the newest point it needs is the block's own. */
function highestBetween(work: Float32Array, from: number, to: number): number {
  let highest = 0
  for (let i = from; i < to; i++) {
    const near = (work[i - 2] as number) + (work[i - 3] as number)
    const middle = (work[i - 1] as number) + (work[i - 4] as number)
    const far = (work[i] as number) + (work[i - 5] as number)
    const value = Math.abs(150 * near - 25 * middle + 3 * far)
    if (value > highest) highest = value
  }
  return highest / 256
}
