/** Follows how high sound reaches, stretch by stretch: what a picture of it is drawn from. */
export interface WavePeaks {
  /** Interleaved samples, whole frames only. */
  push(samples: Float32Array): void
  /** One value for each stretch, from 0 for silence to 255 for full scale. All are equally long but the last. */
  result(): Uint8Array
}

/** Sound of any length comes to at most as many, and to at least half of them unless it lasts but a few seconds. */
export const MOST_PEAKS = 2_048
const SHORTEST_FRAMES = 64

/**
 * How long the sound is shows only at its end: stretches begin short, and whenever there are too many, each two become
 * one.
 */
export function createWavePeaks(channels: number): WavePeaks {
  const closed = new Float32Array(MOST_PEAKS)
  let count = 0
  let size = SHORTEST_FRAMES * channels
  let highest = 0
  let filled = 0

  const close = (): void => {
    closed[count++] = highest
    highest = 0
    filled = 0
    if (count < MOST_PEAKS) return
    count /= 2
    size *= 2
    for (let i = 0; i < count; i++) closed[i] = Math.max(closed[2 * i] as number, closed[2 * i + 1] as number)
  }

  return {
    push(samples) {
      for (let at = 0; at < samples.length; ) {
        const end = Math.min(samples.length, at + size - filled)
        filled += end - at
        for (; at < end; at++) {
          const height = Math.abs(samples[at] as number)
          if (height > highest) highest = height
        }
        if (filled === size) close()
      }
    },
    result: () => {
      const all = filled > 0 ? [...closed.subarray(0, count), highest] : closed.subarray(0, count)
      return Uint8Array.from(all, (height) => Math.min(255, Math.round(height * 255)))
    },
  }
}
