import type { Measurement } from './meter.ts'
import type { CodecProfile, LoudnessTarget } from './profiles.ts'

/** What the samples must measure before encoding for the encoded file to be right. */
export interface LevelAim {
  readonly targetLufs: number
  readonly ceilingDb: number
}

const PROMISED_LU = 0.5
/** Half of it, so that a decoder that rounds differently still keeps the promise. */
const TOLERANCE_LU = PROMISED_LU / 2
/** Taken off beyond what a peak was too high by, since the encoder errs anew. */
const EXTRA_MARGIN_DB = 0.3

export const firstAim = (target: LoudnessTarget, profile: CodecProfile): LevelAim => ({
  targetLufs: target.integratedLufs - profile.levelChangeDb,
  ceilingDb: target.truePeakDbtp - profile.levelChangeDb - profile.peakMarginDb,
})

/** All of it softer by what is too high or too loud; null when nothing is. Too soft is good enough. */
export function softerAim(
  aim: LevelAim,
  measured: Pick<Measurement, 'loudnessLufs' | 'truePeakDbtp'>,
  target: LoudnessTarget,
): LevelAim | null {
  const tooHigh = measured.truePeakDbtp - target.truePeakDbtp
  const tooLoud = measured.loudnessLufs - target.integratedLufs
  if (tooHigh <= 0 && tooLoud <= PROMISED_LU) return null
  const by = Math.max(tooHigh + EXTRA_MARGIN_DB, tooLoud)
  return { targetLufs: aim.targetLufs - by, ceilingDb: aim.ceilingDb - by }
}

/** Whether what was made is not as loud as promised, be it that there was too little to make louder. */
export const missesLoudness = (measured: Pick<Measurement, 'loudnessLufs'>, target: LoudnessTarget): boolean =>
  Math.abs(measured.loudnessLufs - target.integratedLufs) > PROMISED_LU

/** A better aim after seeing what came of the last, or null when that was good. */
export function correctedAim(
  aim: LevelAim,
  measured: Pick<Measurement, 'loudnessLufs' | 'truePeakDbtp'>,
  target: LoudnessTarget,
): LevelAim | null {
  const tooLoud = measured.loudnessLufs - target.integratedLufs
  const tooHigh = measured.truePeakDbtp - target.truePeakDbtp
  if (Math.abs(tooLoud) <= TOLERANCE_LU && tooHigh <= 0) return null
  return {
    targetLufs: aim.targetLufs - tooLoud,
    ceilingDb: tooHigh > 0 ? aim.ceilingDb - tooHigh - EXTRA_MARGIN_DB : aim.ceilingDb,
  }
}
