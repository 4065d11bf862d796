import { crossing } from './crossing.ts'
import { fromDb } from './decibels.ts'
import type { LevelAim } from './level-aim.ts'
import { type LevelPlan, loudnessAt } from './loudness-at.ts'
import { matchVoices } from './match-voices.ts'
import type { Survey } from './survey.ts'

/** Makes whispers audible, but not the hiss of an empty recording. */
const MAX_GAIN_DB = 30
/** How much louder than without a limiter the speech may be made. */
const MAX_DRIVE_DB = 15
/** Windows that hold both chime and speech, and the gate, move the whole a little from either. */
const SEARCH_MARGIN_DB = 3

/**
 * Decides gains that bring the programme to `targetLufs` with no peak above `ceilingDb`: the chimes by themselves, so that
 * they are as loud whatever the voice and need no limiting, and the speech, which does; what the limiter takes away is
 * computed rather than hoped to be little. Its voices are made equally loud. Null when there is nothing to hear.
 */
export function planLevel(survey: Survey, aim: LevelAim): LevelPlan | null {
  const matches = matchVoices(survey, aim)
  const unlimited = { speechGains: matches.map(fromDb), toneGain: 1, ceiling: Number.POSITIVE_INFINITY }
  const speechLufs = loudnessAt(survey, { ...unlimited, toneGain: 0 })
  if (speechLufs === Number.NEGATIVE_INFINITY) return null
  const toneLufs = loudnessAt(survey, { ...unlimited, speechGains: matches.map(() => 0) })
  const ceiling = fromDb(aim.ceilingDb)
  const toneGain = toneLufs === Number.NEGATIVE_INFINITY ? 1 : fromDb(aim.targetLufs - toneLufs)
  const at = (gainDb: number): LevelPlan => ({
    speechGains: matches.map((match) => fromDb(Math.min(MAX_GAIN_DB, gainDb + match))),
    toneGain,
    ceiling,
  })
  const lowest = Math.min(MAX_GAIN_DB, aim.targetLufs - speechLufs - SEARCH_MARGIN_DB)
  const highest = Math.min(MAX_GAIN_DB, lowest + MAX_DRIVE_DB)
  return at(crossing(lowest, highest, (db) => loudnessAt(survey, at(db)) - aim.targetLufs))
}
