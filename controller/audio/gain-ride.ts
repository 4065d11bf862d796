/** A gain is known once this many more blocks have been seen. */
export const LOOK_AHEAD_BLOCKS = 3

/** Blocks of half a millisecond: short enough to duck under a single pulse of a voice and be back before the next. */
export const blockSamplesAt = (sampleRate: number): number => Math.round(sampleRate / 2000)

/** A look-ahead limiter's gain, ridden along the peaks of consecutive blocks, for one or more thresholds at once. */
export interface GainRides {
  /**
   * Takes the peak of the next block and gives, for each threshold, the gain at the end of the block that came
   * `LOOK_AHEAD_BLOCKS` before. Within a block the gain runs straight from the end of the one before to its own. No
   * block's peak exceeds the threshold so: each gain is the mean of three minima that all include both blocks it touches.
   * The array is overwritten by the next call.
   */
  push(peak: number): Float64Array
}

export function createGainRides(thresholds: Float64Array): GainRides {
  const count = thresholds.length
  // What the three blocks before the newest need, and the two minima before the newest.
  const [third, second, last] = [ones(count), ones(count), ones(count)]
  const [earlier, here] = [ones(count), ones(count)]
  const gains = ones(count)
  return {
    push(peak) {
      for (let i = 0; i < count; i++) {
        const threshold = thresholds[i] as number
        const needed = peak > threshold ? threshold / peak : 1
        const b = second[i] as number
        const c = last[i] as number
        let later = third[i] as number
        if (b < later) later = b
        if (c < later) later = c
        if (needed < later) later = needed
        gains[i] = ((earlier[i] as number) + (here[i] as number) + later) / 3
        earlier[i] = here[i] as number
        here[i] = later
        third[i] = b
        second[i] = c
        last[i] = needed
      }
      return gains
    },
  }
}

const ones = (length: number): Float64Array => new Float64Array(length).fill(1)
