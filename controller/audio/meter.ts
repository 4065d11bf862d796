import { toDb } from './decibels.ts'
import { gatedLoudness } from './gated-loudness.ts'
import { GrowingFloats } from './growing-floats.ts'
import { createKWeighting } from './k-weighting.ts'
import { createTruePeakMeter } from './true-peak.ts'

/** What a whole file measures; `-Infinity` for silence. */
export interface Measurement {
  /** Samples per channel. */
  readonly samples: number
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
}

/** Measures loudness and true peak of sound that streams through. */
export interface Meter {
  /** Interleaved samples, whole frames only. */
  push(samples: Float32Array): void
  result(): Measurement
}

const BLOCK_MS = 100

/** Mono or stereo; both channels weigh the same (BS.1770). */
export function createMeter({ sampleRate, channels }: { sampleRate: number; channels: number }): Meter {
  const blockFrames = Math.round((sampleRate * BLOCK_MS) / 1000)
  const weightings = Array.from({ length: channels }, () => createKWeighting(sampleRate))
  const peaks = Array.from({ length: channels }, () => createTruePeakMeter(sampleRate))
  const energies = new GrowingFloats()
  let frames = 0
  let inBlock = 0
  let energy = 0

  return {
    push(samples) {
      const total = Math.floor(samples.length / channels)
      for (const [channel, meter] of peaks.entries()) meter.push(samples, channel, channels)
      for (let frame = 0; frame < total; ) {
        const take = Math.min(total - frame, blockFrames - inBlock)
        for (const [channel, weighting] of weightings.entries()) {
          energy += weighting.energy(samples, frame * channels + channel, (frame + take) * channels, channels)
        }
        frame += take
        inBlock += take
        if (inBlock === blockFrames) {
          energies.push(energy)
          energy = 0
          inBlock = 0
        }
      }
      frames += total
    },
    result: () => ({
      samples: frames,
      loudnessLufs: gatedLoudness(energies.values(), { samples: blockFrames, ms: BLOCK_MS }),
      truePeakDbtp: toDb(Math.max(...peaks.map((meter) => meter.peak()))),
    }),
  }
}
