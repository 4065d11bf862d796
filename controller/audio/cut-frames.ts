import type { EqualFrames } from './profiles.ts'

/** Of what a frame holds, up to 255 bytes may stand in frames before it: two have room for more than that. */
const CARRIERS = 2
/** A header of 4 bytes and the side information of a mono MPEG-2 frame without checksum. */
const HEADER_BYTES = 4
const SIDE_BYTES = 9

/** Whether a file is nothing but frames of that size, mono MPEG-2 without checksum: what this controller makes. */
export function hasEqualFrames(file: Buffer, { bytes }: EqualFrames): boolean {
  if (file.length === 0 || file.length % bytes !== 0) return false
  for (let at = 0; at < file.length; at += bytes)
    if (file.readUInt16BE(at) !== 0xfff3 || (file.readUInt8(at + 3) & 0xc0) !== 0xc0) return false
  return true
}

/**
 * Frames `from` up to but not including `to` of a file of equal frames, bit by bit as they were. In front of them stand two
 * that sound of nothing and lend the first what it needs of theirs (ISO/IEC 13818-3, 2.4.1.7).
 */
export function cutFrames(file: Buffer, { from, to }: { from: number; to: number }, { bytes }: EqualFrames): Buffer {
  const first = Math.max(0, from - CARRIERS)
  const cut = Buffer.from(file.subarray(first * bytes, to * bytes))
  for (let carrier = 0; carrier < from - first; carrier++) {
    const side = cut.subarray(carrier * bytes + HEADER_BYTES).subarray(0, SIDE_BYTES)
    // No length and no values: silence. Where it would begin, decoders keep what comes after.
    side.fill(0)
    side.writeUInt8(carrier * (bytes - HEADER_BYTES - SIDE_BYTES), 0)
  }
  return cut
}
