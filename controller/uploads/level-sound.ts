import { join } from 'node:path'
import type { SoundProfile } from '#protocol/http/areas.ts'
import { DEFAULT_CODEC } from '#protocol/rules/codec.ts'
import { readClip } from '../audio/clip.ts'
import { AudioError } from '../audio/errors.ts'
import { keepLevelled } from '../audio/keep-levelled.ts'
import type { Music } from '../audio/music.ts'
import { type ProducedAudio, produce } from '../audio/produce.ts'
import { codecProfiles, SPEECH_LOUDNESS } from '../audio/profiles.ts'
import { type ClipCut, cutRecipe, type StrangeFile } from '../audio/strange-recipe.ts'
import { justClip } from '../audio/timeline.ts'
import { withWorkFolder } from '../audio/work-folder.ts'
import type { Context } from '../context.ts'
import { MINUTE } from '../units.ts'

/** A recording is aired like speech, with chime and closing; a chime or music is levelled and nothing more. */
export type Treatment =
  | { readonly as: 'speech'; readonly soundProfile: SoundProfile; readonly music: Music }
  | { readonly as: 'sound' }

const PROFILE = codecProfiles[DEFAULT_CODEC]
const TARGET = { profile: PROFILE, loudness: SPEECH_LOUDNESS }
const CUT_TIMEOUT_MS = 10 * MINUTE
/** What share of the work the cutting is. */
const CUT = 0.15

type Needs = Pick<Context, 'ffmpeg' | 'store' | 'dataDir'>

/** Cuts a stranger's file to what sounds and makes of it what clusters play. Null: nothing in it can be heard. */
export async function levelSound(
  ctx: Needs,
  input: { treatment: Treatment; strange: StrangeFile; cut: Omit<ClipCut, 'sampleRate'> },
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<ProducedAudio | null> {
  const { treatment, strange } = input
  const cut = { ...input.cut, sampleRate: PROFILE.sampleRate }
  try {
    return await withWorkFolder(ctx.dataDir, async (folder) => {
      const file = join(folder, 'clip.wav')
      await ctx.ffmpeg.run(cutRecipe(strange, cut, file), {
        signal,
        timeoutMs: CUT_TIMEOUT_MS,
        isStrange: true,
        expectedMs: cut.toMs - cut.fromMs,
        onProgress: (fraction) => onProgress(fraction * CUT),
      })
      const later = (fraction: number): void => onProgress(CUT + fraction * (1 - CUT))
      return await level(ctx, { treatment, file }, later, signal)
    })
  } catch (error) {
    if (error instanceof AudioError && error.code === 'silent') return null
    throw error
  }
}

async function level(
  ctx: Needs,
  { treatment, file }: { treatment: Treatment; file: string },
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<ProducedAudio> {
  if (treatment.as === 'speech') {
    const segments = [{ file, voice: 'person', pauseAfterMs: 0 }]
    const { soundProfile, music } = treatment
    return produce(ctx, { segments, music, soundProfile, ...TARGET }, onProgress, signal)
  }
  const programme = justClip(await readClip(file))
  return { ...(await keepLevelled(ctx, { programme, ...TARGET }, onProgress, signal)), marks: [] }
}
