import { crossing } from './crossing.ts'
import { fromDb } from './decibels.ts'
import { ABSOLUTE_GATE_LUFS, HOP_MS, toLufs } from './gated-loudness.ts'
import type { LevelAim } from './level-aim.ts'
import { loudnessAt } from './loudness-at.ts'
import { type Survey, THRESHOLDS, TONE } from './survey.ts'

/** Engines may record one voice so much louder than another; what differs more is meant to. */
const MAX_MATCH_DB = 12
/** A word or two tell little of how loud a voice is: each second heard is trusted so far. */
const TRUST_DB_PER_SECOND = 4
/** How much louder than without a limiter a voice may be made. */
const MAX_DRIVE_DB = 15
const COLUMNS = THRESHOLDS.length

/**
 * By how many decibels to turn up each voice, so that under the limiter it is as loud as the one that speaks longest.
 * Taken from what is really said, since engines promise nothing about the level of their voices.
 */
export function matchVoices(survey: Survey, aim: LevelAim): readonly number[] {
  if (survey.voices === 1) return [0]
  const seconds = secondsOf(survey)
  const needed = seconds.map((_, voice) => neededGainDb(survey, voice, aim))
  const reference = needed[seconds.indexOf(Math.max(...seconds))] ?? 0
  return needed.map((gainDb, voice) => {
    const most = Math.min(MAX_MATCH_DB, (seconds[voice] as number) * TRUST_DB_PER_SECOND)
    return Math.max(-most, Math.min(most, gainDb - reference))
  })
}

/** For how long each voice can be heard. */
function secondsOf({ sources, energies, hopSamples, voices }: Survey): readonly number[] {
  const seconds = new Array<number>(voices).fill(0)
  for (const [hop, voice] of sources.entries()) {
    if (voice === TONE) continue
    const energy = energies[(hop + 1) * COLUMNS - 1] as number
    const isHeard = toLufs(energy / hopSamples) > ABSOLUTE_GATE_LUFS
    if (isHeard) seconds[voice] = (seconds[voice] as number) + HOP_MS / 1000
  }
  return seconds
}

/** What brings a voice to the target when it speaks alone; 0 for one that cannot be heard. */
function neededGainDb(survey: Survey, voice: number, aim: LevelAim): number {
  const loudness = (gainDb: number, ceiling: number): number => {
    const speechGains = Array.from({ length: survey.voices }, (_, i) => (i === voice ? fromDb(gainDb) : 0))
    return loudnessAt(survey, { speechGains, toneGain: 0, ceiling })
  }
  const lufs = loudness(0, Number.POSITIVE_INFINITY)
  if (lufs === Number.NEGATIVE_INFINITY) return 0
  const lowest = aim.targetLufs - lufs
  const ceiling = fromDb(aim.ceilingDb)
  return crossing(lowest, lowest + MAX_DRIVE_DB, (db) => loudness(db, ceiling) - aim.targetLufs)
}
