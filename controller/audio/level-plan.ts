import { fromDb, toDb } from './decibels.ts'
import { gatedLoudness } from './gated-loudness.ts'
import { LOWEST_DB, STEP_DB, type Survey, THRESHOLDS } from './survey.ts'

/** Amplitudes to multiply with before the limiter, and the limiter's ceiling. */
export interface LevelPlan {
  readonly speechGain: number
  readonly toneGain: number
  readonly ceiling: number
}

/** Makes whispers audible, but not the hiss of an empty recording. */
const MAX_GAIN_DB = 30
/** How much louder than without a limiter the speech may be made. */
const MAX_DRIVE_DB = 15
/** Windows that hold both chime and speech, and the gate, move the whole a little from either. */
const SEARCH_MARGIN_DB = 3
const SEARCH_STEPS = 20
const COLUMNS = THRESHOLDS.length

/**
 * Decides gains that bring the programme to `targetLufs` with no peak above `ceilingDb`: the chimes by themselves, so that
 * they are as loud whatever the voice and need no limiting, and the speech, which does; what the limiter takes away is
 * computed rather than hoped to be little. Null when there is nothing to hear.
 */
export function planLevel(
  survey: Survey,
  aim: { readonly targetLufs: number; readonly ceilingDb: number },
): LevelPlan | null {
  const speechLufs = loudnessAt(survey, { speechGain: 1, toneGain: 0, ceiling: Number.POSITIVE_INFINITY })
  if (speechLufs === Number.NEGATIVE_INFINITY) return null
  const toneLufs = loudnessAt(survey, { speechGain: 0, toneGain: 1, ceiling: Number.POSITIVE_INFINITY })
  const ceiling = fromDb(aim.ceilingDb)
  const toneGain = toneLufs === Number.NEGATIVE_INFINITY ? 1 : fromDb(aim.targetLufs - toneLufs)
  const at = (gainDb: number): LevelPlan => ({ speechGain: fromDb(gainDb), toneGain, ceiling })
  const lowest = Math.min(MAX_GAIN_DB, aim.targetLufs - speechLufs - SEARCH_MARGIN_DB)
  const highest = Math.min(MAX_GAIN_DB, lowest + MAX_DRIVE_DB)
  return at(crossing(lowest, highest, (db) => loudnessAt(survey, at(db)) - aim.targetLufs))
}

/** How loud the programme will be under a plan. */
export function loudnessAt(survey: Survey, plan: LevelPlan): number {
  const { hopSamples, tones } = survey
  const hops = new Float64Array(tones.length)
  const speech = lookUp(plan.ceiling / plan.speechGain)
  const tone = lookUp(plan.ceiling / plan.toneGain)
  for (let hop = 0; hop < hops.length; hop++) {
    const isTone = tones[hop] === 1
    const { column, share, scale } = isTone ? tone : speech
    const low = survey.energies[hop * COLUMNS + column] as number
    const high = survey.energies[hop * COLUMNS + column + 1] as number
    const gain = (isTone ? plan.toneGain : plan.speechGain) * scale
    hops[hop] = (low + share * (high - low)) * gain * gain
  }
  return gatedLoudness(hops, hopSamples)
}

/** Between which columns of the survey a threshold lies, and how far. Below the lowest, loudness falls with it. */
function lookUp(threshold: number): { column: number; share: number; scale: number } {
  const place = (toDb(threshold) - LOWEST_DB) / STEP_DB
  if (!(place < COLUMNS - 1)) return { column: COLUMNS - 2, share: 1, scale: 1 }
  if (place < 0) return { column: 0, share: 0, scale: threshold / (THRESHOLDS[0] as number) }
  const column = Math.trunc(place)
  return { column, share: place - column, scale: 1 }
}

/** Where a rising function crosses zero, by halving; an end of the range if it does not. */
function crossing(low: number, high: number, rising: (x: number) => number): number {
  let [below, above] = [low, high]
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const middle = (below + above) / 2
    if (rising(middle) < 0) below = middle
    else above = middle
  }
  return (below + above) / 2
}
