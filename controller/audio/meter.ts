import { fromDb, toDb } from './decibels.ts'
import { gatedLoudness, HOP_MS } from './gated-loudness.ts'
import { createKWeighting } from './k-weighting.ts'
import { createTruePeakMeter } from './true-peak.ts'

/** What a whole file measures; `-Infinity` for silence. */
export interface Measurement {
  /** Samples per channel. */
  readonly samples: number
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
  /** The true peak of everything that did not exceed the limit. */
  readonly withinDbtp: number
  /** Where the limit was exceeded, if one was given; in samples from the beginning. */
  readonly overs: readonly { readonly sample: number; readonly dbtp: number }[]
}

/** Measures loudness and true peak of sound that streams through. */
export interface Meter {
  /** Interleaved samples, whole frames only. */
  push(samples: Float32Array): void
  result(): Measurement
}

/** Mono or stereo; both channels weigh the same (BS.1770). */
export function createMeter({
  sampleRate,
  channels,
  limitDbtp = Number.POSITIVE_INFINITY,
}: {
  sampleRate: number
  channels: number
  limitDbtp?: number
}): Meter {
  const hopFrames = Math.round((sampleRate * HOP_MS) / 1000)
  const tracks = Array.from({ length: channels }, (_, channel) => ({
    at: { from: channel, stride: channels },
    weighting: createKWeighting(sampleRate),
    peak: createTruePeakMeter(sampleRate, fromDb(limitDbtp)),
  }))
  // Energies of both channels together; the last hop is still open.
  let energies = new Float64Array(1)
  let frames = 0

  return {
    push(samples) {
      const inHop = frames % hopFrames
      const open = (frames - inHop) / hopFrames
      frames += samples.length / channels
      const hops = 1 + Math.floor(frames / hopFrames)
      if (energies.length < hops) energies = lengthened(energies, hops * 2)
      for (const { at, weighting, peak } of tracks) {
        const added = weighting.energies(samples, at, { first: hopFrames - inHop, size: hopFrames })
        for (let i = 0; i < added.length; i++)
          energies[open + i] = (energies[open + i] as number) + (added[i] as number)
        peak.push(samples, at)
      }
    },
    result: () => ({
      samples: frames,
      loudnessLufs: gatedLoudness(energies.subarray(0, Math.floor(frames / hopFrames)), hopFrames),
      truePeakDbtp: toDb(Math.max(...tracks.map(({ peak }) => peak.peak()))),
      withinDbtp: toDb(Math.max(...tracks.map(({ peak }) => peak.peakWithin()))),
      overs: tracks.flatMap(({ peak }) =>
        peak.overs().map((over) => ({ sample: over.sample, dbtp: toDb(over.amplitude) })),
      ),
    }),
  }
}

function lengthened(values: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(length)
  longer.set(values)
  return longer
}
