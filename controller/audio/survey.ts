import { createBlockPeaks } from './block-peaks.ts'
import { fromDb } from './decibels.ts'
import { blockSamplesAt, createGainRides, LOOK_AHEAD_BLOCKS } from './gain-ride.ts'
import { HOP_MS } from './gated-loudness.ts'
import { GrowingFloats } from './growing-floats.ts'
import { createKWeighting } from './k-weighting.ts'

/**
 * One pass over a programme that tells how loud it will be at any gain and under any limiter: for every hop of 100 ms,
 * its K-weighted energy under limiters of all `THRESHOLDS`. Less than 1 kB for a second of audio.
 */
export interface Survey {
  readonly hopSamples: number
  /** `THRESHOLDS.length` energies for each hop. */
  readonly energies: Float32Array
  /** For each hop, `TONE` where a chime sounds, else the number of the voice that speaks or has spoken last. */
  readonly sources: Float32Array
  /** How many voices speak. */
  readonly voices: number
}

export const TONE = -1

export const LOWEST_DB = -33
export const STEP_DB = 3
const COLUMNS = 13

/** As amplitudes. The last is no limiter at all. */
export const THRESHOLDS: Float64Array = Float64Array.from({ length: COLUMNS }, (_, i) =>
  i === COLUMNS - 1 ? Number.POSITIVE_INFINITY : fromDb(LOWEST_DB + i * STEP_DB),
)

const EVERY_SAMPLE = { from: 0, stride: 1 }

export interface Surveyor {
  push(samples: Float32Array, source: number): void
  finish(): Survey
}

export function createSurveyor(sampleRate: number): Surveyor {
  const block = blockSamplesAt(sampleRate)
  const blocksPerHop = Math.round((HOP_MS * sampleRate) / 1000 / block)
  const weighting = createKWeighting(sampleRate)
  const peaks = createBlockPeaks(block)
  const rides = createGainRides(THRESHOLDS)
  const energies = new GrowingFloats()
  const sources = new GrowingFloats()
  // Energies of the blocks whose gain is not known yet, the newest among them still open.
  const waiting = new Float64Array(LOOK_AHEAD_BLOCKS + 1)
  const before = new Float64Array(COLUMNS).fill(1)
  const sums = new Float64Array(COLUMNS)
  let blocks = 0
  let inBlock = 0
  let voice = 0
  let voices = 1
  let sourceInHop = voice

  const closeHop = (): void => {
    for (let i = 0; i < COLUMNS; i++) energies.push(sums[i] as number)
    sources.push(sourceInHop)
    sums.fill(0)
    sourceInHop = voice
  }

  /** Ends the open block: the oldest that waits gets its gains. */
  const settle = (peak: number): void => {
    const gains = rides.push(peak)
    blocks += 1
    const oldest = blocks % waiting.length
    const energy = waiting[oldest] as number
    waiting[oldest] = 0
    for (let i = 0; i < COLUMNS; i++) {
      const gain = ((before[i] as number) + (gains[i] as number)) / 2
      sums[i] = (sums[i] as number) + energy * gain * gain
      before[i] = gains[i] as number
    }
    if (blocks % blocksPerHop === 0) closeHop()
  }

  return {
    push(samples, source) {
      if (source !== TONE) voice = source
      voices = Math.max(voices, voice + 1)
      const weighted = weighting.energies(samples, EVERY_SAMPLE, { first: block - inBlock, size: block })
      const completed = peaks.push(samples)
      for (let i = 0; i < weighted.length; i++) {
        const open = blocks % waiting.length
        waiting[open] = (waiting[open] as number) + (weighted[i] as number)
        if (sourceInHop !== TONE) sourceInHop = source
        if (i < completed.length) settle(completed[i] as number)
      }
      inBlock = (inBlock + samples.length) % block
    },
    finish() {
      for (let i = 0; i < LOOK_AHEAD_BLOCKS + 1; i++) settle(0)
      closeHop()
      return { hopSamples: blocksPerHop * block, energies: energies.values(), sources: sources.values(), voices }
    },
  }
}
