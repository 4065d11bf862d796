import { toDb } from './decibels.ts'
import { gatedLoudness } from './gated-loudness.ts'
import { LOWEST_DB, STEP_DB, type Survey, THRESHOLDS, TONE } from './survey.ts'

/** Amplitudes to multiply with before the limiter, and the limiter's ceiling. */
export interface LevelPlan {
  /** One for each voice. */
  readonly speechGains: readonly number[]
  readonly toneGain: number
  readonly ceiling: number
}

const COLUMNS = THRESHOLDS.length

export const gainOf = (plan: LevelPlan, source: number): number =>
  source === TONE ? plan.toneGain : (plan.speechGains[source] ?? 0)

/** How loud the programme will be under a plan. */
export function loudnessAt(survey: Survey, plan: LevelPlan): number {
  const { hopSamples, sources } = survey
  const hops = new Float64Array(sources.length)
  const reachOf = (source: number): Reach => reach(gainOf(plan, source), plan.ceiling)
  const tone = reachOf(TONE)
  const voices = plan.speechGains.map((_, voice) => reachOf(voice))
  for (let hop = 0; hop < hops.length; hop++) {
    const { column, share, gain } = voices[sources[hop] as number] ?? tone
    const low = survey.energies[hop * COLUMNS + column] as number
    const high = survey.energies[hop * COLUMNS + column + 1] as number
    hops[hop] = (low + share * (high - low)) * gain * gain
  }
  return gatedLoudness(hops, hopSamples)
}

/** Between which columns of the survey the energies lie for a gain under a ceiling, how far, and the gain to apply. */
interface Reach {
  readonly column: number
  readonly share: number
  readonly gain: number
}

function reach(gain: number, ceiling: number): Reach {
  const threshold = ceiling / gain
  const place = (toDb(threshold) - LOWEST_DB) / STEP_DB
  if (!(place < COLUMNS - 1)) return { column: COLUMNS - 2, share: 1, gain }
  // Below the lowest threshold, loudness falls with it.
  if (place < 0) return { column: 0, share: 0, gain: gain * (threshold / (THRESHOLDS[0] as number)) }
  const column = Math.trunc(place)
  return { column, share: place - column, gain }
}
