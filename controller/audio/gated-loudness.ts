const ABSOLUTE_GATE_LUFS = -70
const RELATIVE_GATE_LU = -10
const WINDOW_MS = 400
const HOP_MS = 100

const toLufs = (meanSquare: number): number => -0.691 + 10 * Math.log10(meanSquare)

/**
 * Integrated loudness (EBU R128) from the K-weighted energy of consecutive equal blocks, each `blockMs` long or shorter
 * than a hop. `-Infinity` when nothing passes the gate. Audio shorter than one window counts as one window.
 */
export function gatedLoudness(
  energies: Float32Array,
  block: { readonly samples: number; readonly ms: number },
): number {
  const hop = Math.max(1, Math.round(HOP_MS / block.ms))
  const window = hop * (WINDOW_MS / HOP_MS)
  const means = windowMeans(energies, { hop, window, samples: block.samples })
  const threshold = Math.max(ABSOLUTE_GATE_LUFS, meanLoudnessAbove(means, ABSOLUTE_GATE_LUFS) + RELATIVE_GATE_LU)
  return meanLoudnessAbove(means, threshold)
}

function windowMeans(
  energies: Float32Array,
  size: { readonly hop: number; readonly window: number; readonly samples: number },
): Float64Array {
  if (energies.length < size.window) {
    return Float64Array.of(sum(energies, 0, energies.length) / (Math.max(1, energies.length) * size.samples))
  }
  const hops = Math.floor(energies.length / size.hop)
  const hopSums = new Float64Array(hops)
  for (let i = 0; i < hops; i++) hopSums[i] = sum(energies, i * size.hop, (i + 1) * size.hop)
  const perWindow = size.window / size.hop
  const means = new Float64Array(hops - perWindow + 1)
  for (let i = 0; i < means.length; i++) {
    means[i] = sum(hopSums, i, i + perWindow) / (size.window * size.samples)
  }
  return means
}

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

function sum(values: Float32Array | Float64Array, from: number, to: number): number {
  let total = 0
  for (let i = from; i < to; i++) total += values[i] as number
  return total
}
