import { join } from 'node:path'
import type { Codec } from '#protocol/messages.ts'
import { encodeLevelled } from './encode-levelled.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import type { CodecProfile, LoudnessTarget } from './profiles.ts'
import type { MediaStore } from './store.ts'
import { surveyProgramme } from './survey-programme.ts'
import type { Programme } from './timeline.ts'
import { withWorkFolder } from './work-folder.ts'

/** A file of the media store, measured. */
export interface LevelledAudio {
  readonly sha256: string
  readonly bytes: number
  /** Length as every decoder plays it. */
  readonly ms: number
  readonly codec: Codec
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
  /** For a picture of the sound; see `WavePeaks`. */
  readonly peaks: Uint8Array
}

/** What share of the work the analysis is; the rest is encoding. */
const ANALYSED = 0.1

/** A programme becomes one levelled, encoded, stored file. `onProgress` gets rising fractions up to 1. */
export async function keepLevelled(
  ctx: { readonly ffmpeg: Ffmpeg; readonly store: MediaStore; readonly dataDir: string },
  input: { readonly programme: Programme; readonly profile: CodecProfile; readonly loudness: LoudnessTarget },
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<LevelledAudio> {
  const { programme, profile } = input
  const report = rising(onProgress)
  const survey = await surveyProgramme(programme, (fraction) => report(fraction * ANALYSED), signal)
  return await withWorkFolder(ctx.dataDir, async (folder) => {
    const file = join(folder, `programme.${profile.codec}`)
    const measured = await encodeLevelled(
      ctx,
      { ...input, survey, file },
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
      peaks: measured.peaks,
    }
  })
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
