import { Readable } from 'node:stream'
import { BELOW_SPEECH_LU, type Bed } from './bed.ts'
import { fromDb } from './decibels.ts'
import { AudioError } from './errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { correctedAim, firstAim, softerAim } from './level-aim.ts'
import { planLevel } from './level-plan.ts'
import { levelledPcm } from './levelled-pcm.ts'
import { type LevelPlan, loudnessAt } from './loudness-at.ts'
import { mendPeaks } from './mend-peaks.ts'
import type { ProbedAudio } from './probe.ts'
import type { CodecProfile, LoudnessTarget } from './profiles.ts'
import { encodeRecipe } from './recipe.ts'
import type { Survey } from './survey.ts'
import { encodeLimitMs } from './time-limit.ts'
import { type Programme, totalSamples } from './timeline.ts'

/** The level is computed, so one round is the rule; sound of a kind that the computation misjudges gets more. */
const MAX_ROUNDS = 3
/** What a codec still draws too high after that is made softer until it fits. */
const MAX_ROUNDS_FOR_PEAKS = 8

/**
 * Levels and encodes into `file`, and measures what came out by decoding it. Progress: rising fractions up to 1.
 * No file leaves with a peak above its target: where a codec raises peaks again and again, loudness suffers instead, and
 * where nothing helps, an `AudioError` says so.
 */
export async function encodeLevelled(
  ctx: { readonly ffmpeg: Ffmpeg },
  input: {
    readonly programme: Programme
    readonly survey: Survey
    readonly profile: CodecProfile
    readonly loudness: LoudnessTarget
    readonly file: string
  },
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<ProbedAudio> {
  const { programme, survey, profile, loudness, file } = input
  const { parts, sampleRate } = programme
  const expectedMs = (totalSamples(parts) * 1000) / sampleRate
  let aim = firstAim(loudness, profile)
  for (let round = 1; ; round++) {
    const plan = planLevel(survey, aim)
    if (!plan) throw new AudioError('silent', 'nothing in the speech can be heard')
    await ctx.ffmpeg.run(encodeRecipe({ sampleRate, profile, file }), {
      signal,
      timeoutMs: encodeLimitMs(expectedMs),
      stdin: Readable.from(levelledPcm(programme, { ...plan, bedGain: bedGain(survey, plan, programme.bed) }, signal), {
        objectMode: false,
      }),
      expectedMs,
      onProgress: (fraction) => onProgress(fraction * ENCODED),
    })
    const limitDbtp = loudness.truePeakDbtp - RESERVE_DB
    const measured = await mendPeaks(ctx, { file, profile, limitDbtp }, signal)
    // A program that ends well has not always written everything.
    if (measured.ms < expectedMs - SHORTER_MS) throw new AudioError('cut', `${file} ends after ${measured.ms} ms`)
    const better = (round < MAX_ROUNDS ? correctedAim : softerAim)(aim, measured, loudness)
    if (!better) {
      onProgress(1)
      return measured
    }
    if (round === MAX_ROUNDS_FOR_PEAKS) {
      throw new AudioError('peaks', `${profile.encoder} raises every peak anew, last to ${measured.truePeakDbtp} dBTP`)
    }
    aim = better
  }
}

function bedGain(survey: Survey, plan: LevelPlan, bed: Bed | null): number {
  const speechLufs = loudnessAt(survey, { ...plan, toneGain: 0 })
  return bed ? fromDb(speechLufs - BELOW_SPEECH_LU - bed.loudnessLufs) : 0
}

/** The share of a round that is over once everything is encoded. */
const ENCODED = 0.85

/** Decoders may drop as much of the end. */
const SHORTER_MS = 100

/** Meters differ by as much. */
const RESERVE_DB = 0.1
