import { type FileHandle, open } from 'node:fs/promises'

/** Kinds of file that are taken, each by the demuxer that alone may read it. */
export type SoundFormatName = 'wav' | 'mp3' | 'mov' | 'ogg' | 'flac' | 'matroska'

export interface SniffedFormat {
  readonly name: SoundFormatName
  /** Where the sound begins: behind tags, which may be larger than all of it. */
  readonly skipBytes: number
}

const HEAD_BYTES = 65_536
const TAG_HEADER_BYTES = 10
/** A file has one tag, some have two. */
const MAX_TAGS = 4

/** What a file is by its content, whatever it is called; null: nothing that is taken. */
export async function sniffFormat(file: string): Promise<SniffedFormat | null> {
  const handle = await open(file, 'r')
  try {
    let skipBytes = 0
    for (let tags = 0; tags <= MAX_TAGS; tags++) {
      const head = await headAt(handle, skipBytes)
      const tagBytes = id3Bytes(head)
      if (tagBytes === 0) {
        const name = formatOf(head)
        return name && { name, skipBytes }
      }
      skipBytes += tagBytes
    }
    return null
  } finally {
    await handle.close()
  }
}

async function headAt(handle: FileHandle, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, position)
  return buffer.subarray(0, bytesRead)
}

/** Length of the ID3v2 tag that a file begins with (id3.org, ID3v2.4 §3.1); 0: there is none. */
function id3Bytes(head: Buffer): number {
  if (head.length < TAG_HEADER_BYTES || text(head, 0, 3) !== 'ID3') return 0
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (head.readUInt8(at) & 0x7f), 0)
  const hasFooter = (head.readUInt8(5) & 0x10) !== 0
  return TAG_HEADER_BYTES + size + (hasFooter ? TAG_HEADER_BYTES : 0)
}

const text = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to)

function formatOf(head: Buffer): SoundFormatName | null {
  if (['RIFF', 'RF64', 'BW64'].includes(text(head, 0, 4)) && text(head, 8, 12) === 'WAVE') return 'wav'
  if (text(head, 0, 4) === 'fLaC') return 'flac'
  if (text(head, 0, 4) === 'OggS') return 'ogg'
  if (text(head, 4, 8) === 'ftyp') return 'mov'
  if (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3) return 'matroska'
  return beginsWithMp3Frames(head) ? 'mp3' : null
}

/** After padding at most, two frames of one kind, the second where the first says that it ends. */
function beginsWithMp3Frames(head: Buffer): boolean {
  const start = head.findIndex((byte) => byte !== 0)
  const first = start < 0 ? null : frameAt(head, start)
  const second = first && frameAt(head, start + first.bytes)
  return second !== null && second.kind === first?.kind
}

const BIT_RATES = {
  mpeg1: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const
const LAYER_3 = 1

/** An MPEG audio frame of layer III (ISO/IEC 11172-3, 2.4.1.3), or null. */
function frameAt(bytes: Buffer, at: number): { readonly bytes: number; readonly kind: number } | null {
  if (at + 4 > bytes.length) return null
  const header = bytes.readUInt32BE(at)
  const version = (header >>> 19) & 3
  const isSync = header >>> 21 === 0x7ff
  if (!isSync || version === 1 || ((header >>> 17) & 3) !== LAYER_3) return null
  const isMpeg1 = version === 3
  const kilobits = BIT_RATES[isMpeg1 ? 'mpeg1' : 'mpeg2'][((header >>> 12) & 15) - 1]
  const fullRate = SAMPLE_RATES[(header >>> 10) & 3]
  if (kilobits === undefined || fullRate === undefined) return null
  const sampleRate = isMpeg1 ? fullRate : version === 2 ? fullRate / 2 : fullRate / 4
  const padding = (header >>> 9) & 1
  // Sync, version, layer and sample rate stay the same from frame to frame.
  return {
    bytes: Math.floor(((isMpeg1 ? 144 : 72) * kilobits * 1000) / sampleRate) + padding,
    kind: header & 0xfffe0c00,
  }
}
