import { type FileHandle, open } from 'node:fs/promises'
import type { Measurement } from './meter.ts'
import type { EqualFrames } from './profiles.ts'

/** One step of a frame's gain: 2 to the power of -1/4. */
export const STEP_DB = 20 * Math.log10(2 ** 0.25)
/** Taken off beyond what is needed, since neighbouring frames overlap. */
const EXTRA_DB = 0.1

/** The decoder's filters spread a frame over this much before and after where most of it sounds. */
const CENTRE_SAMPLES = 240
const SPREAD_SAMPLES = 120

/**
 * By how many gain steps which frames have to come down so that nothing exceeds the limit. An encoder that is short of
 * bits misdraws a sharp onset now and then; turning down the two or three frames that make it up mends that without a
 * second encoding, which would only misdraw another.
 */
export function framesToTurnDown(
  overs: Measurement['overs'],
  limitDbtp: number,
  frame: EqualFrames,
): ReadonlyMap<number, number> {
  const steps = new Map<number, number>()
  for (const { sample, dbtp } of overs) {
    const needed = Math.ceil((dbtp - limitDbtp + EXTRA_DB) / STEP_DB)
    const first = Math.floor((sample - CENTRE_SAMPLES - SPREAD_SAMPLES) / frame.samples)
    const last = Math.floor((sample - CENTRE_SAMPLES + SPREAD_SAMPLES) / frame.samples)
    // What a frame holds sounds together with the second half of the one before.
    for (let at = Math.max(0, first - 1); at <= Math.max(0, last); at++) {
      steps.set(at, Math.max(needed, steps.get(at) ?? 0))
    }
  }
  return steps
}

/** Lowers the gain that is written in the side information of those frames (ISO/IEC 13818-3, 2.4.1.7). */
export async function turnDown(file: string, steps: ReadonlyMap<number, number>, frame: EqualFrames): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    for (const [at, count] of steps) await lowerGain(handle, at * frame.bytes, count)
  } finally {
    await handle.close()
  }
}

const HEAD_BYTES = 9

async function lowerGain(handle: FileHandle, at: number, steps: number): Promise<void> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, at)
  if (bytesRead < HEAD_BYTES) return
  const lowered = withLowerGain(buffer, steps)
  if (lowered) await handle.write(lowered, 0, HEAD_BYTES, at)
}

/**
 * The first bytes of a mono MPEG-2 frame without checksum with its gain lowered, or null when it is no such frame. After
 * the header of 4 bytes come 8 bits of main_data_begin, 1 private bit, 12 bits of part2_3_length, 9 of big_values, and
 * then the 8 bits of global_gain.
 */
export function withLowerGain(head: Buffer, steps: number): Buffer | null {
  if (head.readUInt16BE(0) !== 0xfff3 || (head.readUInt8(3) & 0xc0) !== 0xc0) return null
  const lowered = Buffer.from(head)
  const window = head.readUInt16BE(7)
  const gain = (window >> 2) & 0xff
  lowered.writeUInt16BE((window & ~(0xff << 2)) | (Math.max(0, gain - steps) << 2), 7)
  return lowered
}
