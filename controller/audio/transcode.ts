import { join } from 'node:path'
import { withoutStart } from './clip.ts'
import { decodeClip } from './decode-clip.ts'
import { encodeLevelled } from './encode-levelled.ts'
import { AudioError } from './errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import type { CodecProfile, LoudnessTarget } from './profiles.ts'
import type { MediaStore } from './store.ts'
import { surveyProgramme } from './survey-programme.ts'
import { withWorkFolder } from './work-folder.ts'

/** A file of the media store, measured. */
export interface StoredAudio {
  readonly sha256: string
  readonly bytes: number
  readonly ms: number
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
}

/**
 * The same sound in another codec, as loud and with as much room above its peaks. It is made from the file that was
 * heard and approved, not from its sources, which may have changed since.
 */
export async function transcode(
  ctx: { readonly ffmpeg: Ffmpeg; readonly store: MediaStore; readonly dataDir: string },
  input: { readonly sha256: string; readonly profile: CodecProfile; readonly loudness: LoudnessTarget },
  signal: AbortSignal,
): Promise<StoredAudio> {
  const { sha256: source, profile, loudness } = input
  const from = await ctx.store.path(source)
  if (from === null) throw new AudioError('segment', `${source} is not in the media store`)
  return await withWorkFolder(ctx.dataDir, async (folder) => {
    const decoded = await decodeClip(
      ctx,
      { from, to: join(folder, 'clip.wav'), sampleRate: profile.sampleRate },
      signal,
    )
    // What this encoder puts in front comes off the silence that the first one has put there: neighbours that play
    // different codecs must not echo.
    const clip = withoutStart(decoded, profile.delaySamples)
    const programme = {
      parts: [{ kind: 'speech', samples: clip.samples, index: 0, voice: 0, clip }],
      sampleRate: profile.sampleRate,
      soundProfile: 'flat',
      bed: null,
    } as const
    const survey = await surveyProgramme(programme, () => {}, signal)
    const file = join(folder, `encoded.${profile.codec}`)
    const measured = await encodeLevelled(ctx, { programme, survey, profile, loudness, file }, () => {}, signal)
    signal.throwIfAborted()
    const { sha256, bytes } = await ctx.store.put(file, profile.codec)
    const { loudnessLufs, truePeakDbtp } = measured
    return { sha256, bytes, ms: Math.round(measured.ms), loudnessLufs, truePeakDbtp }
  })
}
