import { join } from 'node:path'
import { withoutStart } from './clip.ts'
import { decodeClip } from './decode-clip.ts'
import { AudioError } from './errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { keepLevelled, type LevelledAudio } from './keep-levelled.ts'
import type { CodecProfile, LoudnessTarget } from './profiles.ts'
import type { MediaStore } from './store.ts'
import { justClip } from './timeline.ts'
import { withWorkFolder } from './work-folder.ts'

/**
 * The same sound in another codec, as loud and with as much room above its peaks. It is made from the file that was
 * heard and approved, not from its sources, which may have changed since.
 */
export async function transcode(
  ctx: { readonly ffmpeg: Ffmpeg; readonly store: MediaStore; readonly dataDir: string },
  input: { readonly sha256: string; readonly profile: CodecProfile; readonly loudness: LoudnessTarget },
  signal: AbortSignal,
): Promise<LevelledAudio> {
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
    return await keepLevelled(ctx, { programme: justClip(clip), profile, loudness }, () => {}, signal)
  })
}
