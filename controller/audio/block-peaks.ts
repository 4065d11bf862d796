/** Cuts one channel into blocks and gives each block's highest amplitude. */
export interface BlockPeaks {
  /** Calls `onBlock` with the peak each time a block is full. */
  push(samples: Float32Array, onBlock: (peak: number) => void): void
}

/** Points on either side that an estimate between two samples needs. */
const REACH = 3

/**
 * In blocks whose samples exceed `carefulAbove`, the values half-way between samples are estimated and count too; those
 * that belong to the last `REACH` samples of a block count for the next.
 */
export function createBlockPeaks(blockSamples: number, { carefulAbove }: { carefulAbove: number }): BlockPeaks {
  const lead = 2 * REACH - 1
  let held = new Float32Array(lead)
  return {
    push(samples, onBlock) {
      const work = new Float32Array(held.length + samples.length)
      work.set(held)
      work.set(samples, held.length)
      let at = lead
      for (; at + blockSamples <= work.length; at += blockSamples) {
        const peak = highestSample(work, at, at + blockSamples)
        onBlock(peak > carefulAbove ? Math.max(peak, highestBetween(work, at, at + blockSamples)) : peak)
      }
      held = work.slice(at - lead)
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
