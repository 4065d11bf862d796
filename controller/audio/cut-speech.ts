import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cutFrames, hasEqualFrames } from './cut-frames.ts'
import { AudioError } from './errors.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import type { LevelledAudio } from './keep-levelled.ts'
import { probe } from './probe.ts'
import type { Mark } from './produce.ts'
import { codecProfiles, type EqualFrames } from './profiles.ts'
import type { MediaStore } from './store.ts'
import { LEAD_IN_MS, LEAD_OUT_MS } from './timeline.ts'
import { withWorkFolder } from './work-folder.ts'

/**
 * What is said in a file, without the chimes before and after: no encoding, so what sounds is what was approved. Null when
 * there is nothing to take away, or nothing that could be taken away without harm.
 */
export async function cutSpeech(
  ctx: { readonly ffmpeg: Ffmpeg; readonly store: MediaStore; readonly dataDir: string },
  input: { readonly sha256: string; readonly marks: readonly Mark[] },
  signal: AbortSignal,
): Promise<LevelledAudio | null> {
  const { frame } = codecProfiles.mp3
  const path = await ctx.store.path(input.sha256)
  if (path === null) throw new AudioError('segment', `${input.sha256} is not in the media store`)
  const whole = await readFile(path)
  const span = hasEqualFrames(whole, frame) && spokenFrames(input.marks, whole.length / frame.bytes, frame)
  if (!span) return null
  return await withWorkFolder(ctx.dataDir, async (folder) => {
    const file = join(folder, 'speech.mp3')
    await writeFile(file, cutFrames(whole, span, frame))
    const { ms, loudnessLufs, truePeakDbtp, peaks } = await probe(ctx, file, signal)
    const { sha256, bytes } = await ctx.store.put(file, 'mp3')
    return { sha256, bytes, ms: Math.round(ms), codec: 'mp3', loudnessLufs, truePeakDbtp, peaks }
  })
}

/** Less than this at either end is not worth a second file: it is silence, with whatever codecs put in front. */
const WORTH_MS = 1_000
const SAMPLES_PER_MS = codecProfiles.mp3.sampleRate / 1_000

/** From the silence before the first word to the one after the last; null where that is all there is. */
export function spokenFrames(
  marks: readonly Mark[],
  frames: number,
  { samples }: EqualFrames,
): { from: number; to: number } | null {
  const [first, last] = [marks.at(0), marks.at(-1)]
  if (!first || !last) return null
  const frameMs = samples / SAMPLES_PER_MS
  const [fromMs, toMs] = [first.startMs - LEAD_IN_MS, last.endMs + LEAD_OUT_MS]
  const from = fromMs < WORTH_MS ? 0 : Math.ceil(fromMs / frameMs)
  const to = frames * frameMs - toMs < WORTH_MS ? frames : Math.min(frames, Math.floor(toMs / frameMs))
  return from === 0 && to === frames ? null : { from, to }
}
