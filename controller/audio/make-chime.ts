import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChimeKind } from '#protocol/http/programmes.ts'
import { closingChime, openingChime } from './chime.ts'
import { readClip } from './clip.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { keepLevelled, type LevelledAudio } from './keep-levelled.ts'
import { DEFAULT_PROFILE, SPEECH_LOUDNESS } from './profiles.ts'
import type { MediaStore } from './store.ts'
import { justClip } from './timeline.ts'
import { encodeWav } from './wav.ts'
import { withWorkFolder } from './work-folder.ts'

const CHIMES: Record<ChimeKind, (sampleRate: number) => Float32Array> = { chime: openingChime, closing: closingChime }

/** One of our chimes as a file of its own, as loud as the speech between them. */
export async function makeChime(
  ctx: { readonly ffmpeg: Ffmpeg; readonly store: MediaStore; readonly dataDir: string },
  kind: ChimeKind,
  signal: AbortSignal,
): Promise<LevelledAudio> {
  const { sampleRate } = DEFAULT_PROFILE
  return await withWorkFolder(ctx.dataDir, async (folder) => {
    const file = join(folder, 'chime.wav')
    const samples = Int16Array.from(CHIMES[kind](sampleRate), (x) => Math.round(x * 32_767))
    await writeFile(file, encodeWav(samples, sampleRate))
    const programme = justClip(await readClip(file))
    const input = { programme, profile: DEFAULT_PROFILE, loudness: SPEECH_LOUDNESS }
    return await keepLevelled(ctx, input, () => {}, signal)
  })
}
