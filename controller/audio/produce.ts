import { join } from 'node:path'
import type { SoundProfile } from '#protocol/http/areas.ts'
import type { Codec } from '#protocol/messages.ts'
import type { SpokenSegment } from '../speech/synthesise.ts'
import { bedUnder } from './bed.ts'
import { readClip } from './clip.ts'
import { encodeLevelled } from './encode-levelled.ts'
import { AudioError } from './errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { type Music, readyMusic } from './music.ts'
import type { CodecProfile, LoudnessTarget } from './profiles.ts'
import type { MediaStore } from './store.ts'
import { surveyProgramme } from './survey-programme.ts'
import { layOut, type Part, type Programme, spansOf, totalSamples } from './timeline.ts'
import { withWorkFolder } from './work-folder.ts'

export interface Production {
  readonly segments: readonly SpokenSegment[]
  readonly music: Music
  readonly soundProfile: SoundProfile
  readonly profile: CodecProfile
  readonly loudness: LoudnessTarget
}

/** Where an utterance sounds in the file. */
export interface Mark {
  readonly index: number
  readonly startMs: number
  readonly endMs: number
}

export interface ProducedAudio {
  readonly sha256: string
  readonly bytes: number
  /** Length as every decoder plays it. */
  readonly ms: number
  readonly codec: Codec
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
  readonly marks: readonly Mark[]
  /** For a picture of the sound; see `WavePeaks`. */
  readonly peaks: Uint8Array
}

/** What share of the work the analysis is; the rest is encoding. */
const ANALYSED = 0.1

/**
 * Chime, lead-in, speech and closing become one levelled, encoded, stored file. The same input gives the same bytes.
 * `onProgress` gets rising fractions up to 1.
 */
export async function produce(
  ctx: { readonly ffmpeg: Ffmpeg; readonly store: MediaStore; readonly dataDir: string },
  input: Production,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<ProducedAudio> {
  const { profile, loudness } = input
  const report = rising(onProgress)
  return await withWorkFolder(ctx.dataDir, async (folder) => {
    const programme = await arrange(ctx, input, folder, signal)
    const { parts, sampleRate } = programme
    const survey = await surveyProgramme(programme, (fraction) => report(fraction * ANALYSED), signal)
    const file = join(folder, `programme.${profile.codec}`)
    const measured = await encodeLevelled(
      ctx,
      { programme, survey, profile, loudness, file },
      (fraction) => report(ANALYSED + fraction * (1 - ANALYSED)),
      signal,
    )
    signal.throwIfAborted()
    const { sha256, bytes } = await ctx.store.put(file, profile.codec)
    return {
      sha256,
      bytes,
      ms: Math.round(measured.ms),
      codec: profile.codec,
      loudnessLufs: measured.loudnessLufs,
      truePeakDbtp: measured.truePeakDbtp,
      marks: marksOf(parts, sampleRate, profile),
      peaks: measured.peaks,
    }
  })
}

async function arrange(
  ctx: { readonly ffmpeg: Ffmpeg },
  input: Production,
  folder: string,
  signal: AbortSignal,
): Promise<Programme> {
  const spoken = []
  for (const { file, voice, pauseAfterMs } of input.segments) {
    signal.throwIfAborted()
    spoken.push({ clip: await readClip(file), voice, pauseAfterMs })
  }
  const sampleRate = spoken[0]?.clip.sampleRate
  if (sampleRate === undefined) throw new AudioError('silent', 'there is nothing to say')
  const odd = spoken.find(({ clip }) => clip.sampleRate !== sampleRate)
  if (odd) {
    throw new AudioError('segment', `${odd.clip.file} has ${odd.clip.sampleRate} Hz where others have ${sampleRate}`)
  }
  const hasBed = input.music.bed !== null
  const speech = layOut(spoken, { music: { opening: null, closing: null }, hasBed, sampleRate })
  const longestMs = (totalSamples(speech) * 1000) / sampleRate
  const music = await readyMusic(ctx, { music: input.music, folder, sampleRate, longestMs }, signal)
  const parts = layOut(spoken, { music, hasBed, sampleRate })
  return {
    parts,
    sampleRate,
    soundProfile: input.soundProfile,
    bed: music.bed && bedUnder(spansOf(parts, 'speech'), music.bed),
  }
}

function marksOf(parts: readonly Part[], sampleRate: number, profile: CodecProfile): readonly Mark[] {
  const delayMs = (profile.delaySamples * 1000) / profile.sampleRate
  const ms = (sample: number): number => Math.round((sample * 1000) / sampleRate + delayMs)
  return spansOf(parts, 'speech').map(({ from, to }, index) => ({ index, startMs: ms(from), endMs: ms(to) }))
}

/** Passes on only what is higher than before, since a second round of encoding starts over. */
function rising(onProgress: (fraction: number) => void): (fraction: number) => void {
  let highest = -1
  return (fraction) => {
    if (fraction <= highest) return
    highest = Math.min(1, fraction)
    onProgress(highest)
  }
}
