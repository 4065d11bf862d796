/** The bytes of a picture of sound. */
export const decodePeaks = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (char) => char.codePointAt(0) ?? 0)

/**
 * `count` heights from 0 to 1 of the highest, each the average of the peaks that it stands for: the highest of half a
 * minute of speech is the same everywhere.
 */
export function waveBars(peaks: Uint8Array, count: number): number[] {
  const heights = Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count))
    const part = peaks.subarray(from, to)
    return part.reduce((sum, peak) => sum + peak, 0) / Math.max(1, part.length)
  })
  const highest = Math.max(...heights) || 1
  return heights.map((height) => height / highest)
}
