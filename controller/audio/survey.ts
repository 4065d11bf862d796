import { createBlockPeaks } from './block-peaks.ts'
import { fromDb } from './decibels.ts'
import { blockSamplesAt, createGainRides, LOOK_AHEAD_BLOCKS } from './gain-ride.ts'
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
  /** For each hop, 1 where a chime sounds. */
  readonly tones: Float32Array
}

export const LOWEST_DB = -33
export const STEP_DB = 3
const COLUMNS = 13

/** As amplitudes. The last is no limiter at all. */
export const THRESHOLDS: Float64Array = Float64Array.from({ length: COLUMNS }, (_, i) =>
  i === COLUMNS - 1 ? Number.POSITIVE_INFINITY : fromDb(LOWEST_DB + i * STEP_DB),
)

const HOP_MS = 100

export interface Surveyor {
  push(samples: Float32Array, isTone: boolean): void
  finish(): Survey
}

export function createSurveyor(sampleRate: number): Surveyor {
  const block = blockSamplesAt(sampleRate)
  const blocksPerHop = Math.round((HOP_MS * sampleRate) / 1000 / block)
  const weighting = createKWeighting(sampleRate)
  const peaks = createBlockPeaks(block, { carefulAbove: Number.POSITIVE_INFINITY })
  const rides = createGainRides(THRESHOLDS)
  const energies = new GrowingFloats()
  const tones = new GrowingFloats()
  // Energies of the blocks whose gain is not known yet, the gains at the end of the block before, the sums of this hop.
  const waiting = new Float64Array(LOOK_AHEAD_BLOCKS + 1)
  const before = new Float64Array(COLUMNS).fill(1)
  const sums = new Float64Array(COLUMNS)
  let blocks = 0
  let toneInHop = 0

  const closeHop = (): void => {
    for (let i = 0; i < COLUMNS; i++) energies.push(sums[i] as number)
    tones.push(toneInHop)
    sums.fill(0)
    toneInHop = 0
  }

  const take = (energy: number, peak: number): void => {
    const gains = rides.push(peak)
    waiting[blocks % waiting.length] = energy
    const settled = waiting[(blocks + 1) % waiting.length] as number
    for (let i = 0; i < COLUMNS; i++) {
      const gain = ((before[i] as number) + (gains[i] as number)) / 2
      sums[i] = (sums[i] as number) + settled * gain * gain
      before[i] = gains[i] as number
    }
    blocks += 1
    if (blocks % blocksPerHop === 0) closeHop()
  }

  let energy = 0
  let inBlock = 0
  return {
    push(samples, isTone) {
      if (isTone) toneInHop = 1
      let at = 0
      let end = Math.min(samples.length, block - inBlock)
      peaks.push(samples, (peak) => {
        energy += weighting.energy(samples, at, end, 1)
        take(energy, peak)
        if (isTone) toneInHop = 1
        energy = 0
        at = end
        end = Math.min(samples.length, end + block)
      })
      if (at < samples.length) energy += weighting.energy(samples, at, samples.length, 1)
      inBlock = (inBlock + samples.length) % block
    },
    finish() {
      for (let i = 0; i < LOOK_AHEAD_BLOCKS; i++) take(0, 0)
      closeHop()
      return { hopSamples: blocksPerHop * block, energies: energies.values(), tones: tones.values() }
    },
  }
}
