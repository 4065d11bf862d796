import { type FileHandle, open } from 'node:fs/promises'
import type { Codec } from '#protocol/messages.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import type { Measurement } from './meter.ts'
import { probe } from './probe.ts'
import type { EqualFrames } from './profiles.ts'

/** Frames `from` up to but not including `to`. */
export interface FrameRange {
  readonly from: number
  readonly to: number
}

/** A frame's sound needs what frames before have saved up of their bits and have overlapping with it. */
const WARM_UP_FRAMES = 8
/** What a frame sounds like is over after that many more. */
const AFTER_FRAMES = 3

/** The surroundings of some frames, those that touch made one, in order. */
export function overlappingRanges(frames: readonly number[]): readonly FrameRange[] {
  const ranges: FrameRange[] = []
  for (const frame of [...frames].sort((a, b) => a - b)) {
    const from = Math.max(0, frame - WARM_UP_FRAMES)
    const to = frame + AFTER_FRAMES + 1
    const last = ranges.at(-1)
    if (last && from <= last.to) ranges[ranges.length - 1] = { from: last.from, to }
    else ranges.push({ from, to })
  }
  return ranges
}

/**
 * Where those parts of a file of equal frames exceed the limit, in samples of the whole file. Only the parts are decoded,
 * one after the other; what each begins with is left out, since it sounds different without what was before.
 */
export async function probeFrames(
  ctx: { readonly ffmpeg: Ffmpeg },
  input: {
    readonly file: string
    readonly frame: EqualFrames
    readonly codec: Codec
    readonly frames: readonly FrameRange[]
    readonly limitDbtp: number
  },
  signal: AbortSignal,
): Promise<Measurement['overs']> {
  const { frame, codec } = input
  const excerpt = `${input.file}.excerpt.${codec}`
  const parts = await copyFrames(input.file, excerpt, input.frames, frame.bytes)
  const { overs } = await probe(ctx, excerpt, signal, input.limitDbtp)
  return overs.flatMap(({ sample, dbtp }) => {
    const at = Math.floor(sample / frame.samples)
    const part = parts.find(({ start, length }) => at >= start && at < start + length)
    if (!part || (at < part.start + WARM_UP_FRAMES - 1 && part.from > 0)) return []
    return [{ sample: sample + (part.from - part.start) * frame.samples, dbtp }]
  })
}

/** Says where in the copy, in frames, each range begins and how long it is. */
async function copyFrames(
  file: string,
  into: string,
  ranges: readonly FrameRange[],
  frameBytes: number,
): Promise<readonly { from: number; start: number; length: number }[]> {
  const [source, target] = [await open(file, 'r'), await open(into, 'w')]
  try {
    const parts = []
    let start = 0
    for (const { from, to } of ranges) {
      const bytes = await readAt(source, from * frameBytes, (to - from) * frameBytes)
      const length = Math.floor(bytes.length / frameBytes)
      await target.writeFile(bytes.subarray(0, length * frameBytes))
      parts.push({ from, start, length })
      start += length
    }
    return parts
  } finally {
    await source.close()
    await target.close()
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
