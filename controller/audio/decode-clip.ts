import { type Clip, readClip } from './clip.ts'
import { AudioError } from './errors.ts'
import { type Ffmpeg, FfmpegError } from './ffmpeg.ts'
import { clipRecipe } from './recipe.ts'
import { decodeLimitMs } from './time-limit.ts'

/** Decodes a file of the media store into `to`, as sound that can be mixed: 16-bit mono at `sampleRate`. */
export async function decodeClip(
  ctx: { readonly ffmpeg: Ffmpeg },
  input: { readonly from: string; readonly to: string; readonly sampleRate: number; readonly longestMs?: number },
  signal: AbortSignal,
): Promise<Clip> {
  try {
    await ctx.ffmpeg.run(clipRecipe(input), { signal, timeoutMs: await decodeLimitMs(input.from) })
  } catch (cause) {
    if (!(cause instanceof FfmpegError && cause.code === 'exit')) throw cause
    throw new AudioError('undecodable', `${input.from} cannot be decoded`, { cause })
  }
  return readClip(input.to)
}
