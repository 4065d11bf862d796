import { join } from 'node:path'
import type { SoundProfile } from '#protocol/http/areas.ts'
import { DEFAULT_CODEC } from '#protocol/rules/codec.ts'
import { between, readClip, type Span } from '../audio/clip.ts'
import { AudioError } from '../audio/errors.ts'
import { keepLevelled } from '../audio/keep-levelled.ts'
import type { Music } from '../audio/music.ts'
import { type ProducedAudio, produce } from '../audio/produce.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../audio/profiles.ts'
import { type ClipShape, clipOfStrange, type StrangeFile } from '../audio/strange-recipe.ts'
import { encodeLimitMs } from '../audio/time-limit.ts'
import { justClip } from '../audio/timeline.ts'
import { withWorkFolder } from '../audio/work-folder.ts'
import type { Context } from '../context.ts'
import { SECOND } from '../units.ts'

/** A recording is aired like speech, with chime and closing; a chime or music is levelled and nothing more. */
export type Treatment =
  | { readonly as: 'speech'; readonly soundProfile: SoundProfile; readonly music: Music }
  | { readonly as: 'sound' }

const PROFILE = codecProfiles[DEFAULT_CODEC]
const TARGET = { profile: PROFILE, loudness: SPEECH_LOUDNESS }
/** What share of the work the cutting is. */
const CUT = 0.15
/** By which the clip may be longer or shorter than the sound that was heard: converting the sample rate takes some. */
const TOLERATED_MS = 50

type Needs = Pick<Context, 'ffmpeg' | 'store' | 'dataDir'>

/** What is taken of a stranger's file. */
export type Take = Omit<ClipShape, 'sampleRate'> & Span

/** `silent`: nothing in it can be heard. `unsteady`: it was not as long this time as when it was heard. */
export type Unlevelled = 'silent' | 'unsteady'

/** Cuts a stranger's file to what sounds and makes of it what clusters play. */
export async function levelSound(
  ctx: Needs,
  input: { treatment: Treatment; strange: StrangeFile; take: Take },
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<ProducedAudio | Unlevelled> {
  const { treatment, strange, take } = input
  try {
    return await withWorkFolder(ctx.dataDir, async (folder) => {
      const file = join(folder, 'clip.wav')
      await ctx.ffmpeg.run(clipOfStrange(strange, { ...take, sampleRate: PROFILE.sampleRate }, file), {
        signal,
        timeoutMs: encodeLimitMs(take.ms),
        isStrange: true,
        expectedMs: take.ms,
        onProgress: (fraction) => onProgress(fraction * CUT),
      })
      const clip = await readClip(file)
      // Else what was judged lies elsewhere in it, or is not there.
      if (Math.abs((clip.samples * SECOND) / clip.sampleRate - take.ms) > TOLERATED_MS) return 'unsteady'
      const later = (fraction: number): void => onProgress(CUT + fraction * (1 - CUT))
      return await level(ctx, { treatment, file, span: take }, later, signal)
    })
  } catch (error) {
    if (error instanceof AudioError && error.code === 'silent') return 'silent'
    throw error
  }
}

async function level(
  ctx: Needs,
  { treatment, file, span }: { treatment: Treatment; file: string; span: Span },
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<ProducedAudio> {
  if (treatment.as === 'speech') {
    const segments = [{ file, span, voice: 'person', pauseAfterMs: 0 }]
    const { soundProfile, music } = treatment
    return produce(ctx, { segments, music, soundProfile, ...TARGET }, onProgress, signal)
  }
  const programme = justClip(between(await readClip(file), span))
  return { ...(await keepLevelled(ctx, { programme, ...TARGET }, onProgress, signal)), marks: [] }
}
