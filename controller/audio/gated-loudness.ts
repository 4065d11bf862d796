export const ABSOLUTE_GATE_LUFS = -70
const RELATIVE_GATE_LU = -10
/** A window of 400 ms, moved on by 100 ms at a time. */
const HOPS_PER_WINDOW = 4

export const HOP_MS = 100

/**
 * Integrated loudness (EBU R128) from the K-weighted energies of consecutive hops of `HOP_MS`, each of `hopSamples`.
 * `-Infinity` when nothing passes the gate. Audio shorter than one window counts as one window.
 */
export function gatedLoudness(energies: Float64Array, hopSamples: number): number {
  const means = windowMeans(energies, hopSamples)
  const threshold = Math.max(ABSOLUTE_GATE_LUFS, meanLoudnessAbove(means, ABSOLUTE_GATE_LUFS) + RELATIVE_GATE_LU)
  return meanLoudnessAbove(means, threshold)
}

function windowMeans(energies: Float64Array, hopSamples: number): Float64Array {
  const hops = Math.max(1, Math.min(HOPS_PER_WINDOW, energies.length))
  const means = new Float64Array(Math.max(1, energies.length - hops + 1))
  for (let i = 0; i < means.length; i++) {
    let energy = 0
    for (let hop = i; hop < i + hops && hop < energies.length; hop++) energy += energies[hop] as number
    means[i] = energy / (hops * hopSamples)
  }
  return means
}

export const toLufs = (meanSquare: number): number => -0.691 + 10 * Math.log10(meanSquare)

function meanLoudnessAbove(means: Float64Array, thresholdLufs: number): number {
  let total = 0
  let count = 0
  for (const mean of means) {
    if (mean > 0 && toLufs(mean) > thresholdLufs) {
      total += mean
      count += 1
    }
  }
  return count === 0 ? Number.NEGATIVE_INFINITY : toLufs(total / count)
}
