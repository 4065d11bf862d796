/**
 * How the child answers on its standard output: a line of JSON, then as many raw bytes as its `bytes` says. On its
 * standard input it gets a line of JSON for each text.
 */
import { z } from 'zod'

export const FrameHeader = z.discriminatedUnion('kind', [
  /** The engine is loaded; texts may come. */
  z.object({ kind: z.literal('ready') }),
  /** The same, from an engine whose voices differ: what the loaded one is like. */
  z.object({ kind: z.literal('voice'), sampleRate: z.int().positive(), speakers: z.int().positive() }),
  /** The engine's package cannot be loaded; the child ends. */
  z.object({ kind: z.literal('missing'), message: z.string() }),
  /** The engine declined this text. */
  z.object({ kind: z.literal('refused'), message: z.string() }),
  /** A WAV of so many bytes follows. */
  z.object({
    kind: z.literal('wav'),
    bytes: z
      .int()
      .min(0)
      .max(256 * 1024 * 1024),
  }),
])
export type FrameHeader = z.infer<typeof FrameHeader>

export interface Frame {
  readonly header: FrameHeader
  readonly body: Buffer
}

const MAX_HEADER_BYTES = 65_536

export const encodeFrame = (header: FrameHeader): string => `${JSON.stringify(header)}\n`

/** Puts frames together from chunks cut anywhere. Throws on what is no frame. */
export function createFrameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = []
  let length = 0
  let waitingFor: { header: FrameHeader; bytes: number } | null = null

  const take = (bytes: number): Buffer => {
    const all = Buffer.concat(chunks)
    chunks = all.length > bytes ? [all.subarray(bytes)] : []
    length = all.length - bytes
    return all.subarray(0, bytes)
  }

  return (chunk) => {
    chunks.push(chunk)
    length += chunk.length
    for (;;) {
      if (waitingFor) {
        if (length < waitingFor.bytes) return
        const { header, bytes } = waitingFor
        waitingFor = null
        onFrame({ header, body: take(bytes) })
        continue
      }
      const line = firstLineLength(chunks)
      if (line === null) {
        if (length > MAX_HEADER_BYTES) throw new Error('the answer begins with no frame')
        return
      }
      const header = FrameHeader.parse(JSON.parse(take(line).toString('utf8')))
      waitingFor = { header, bytes: header.kind === 'wav' ? header.bytes : 0 }
    }
  }
}

/** Bytes up to and including the first line feed. */
function firstLineLength(chunks: readonly Buffer[]): number | null {
  let before = 0
  for (const chunk of chunks) {
    const at = chunk.indexOf(0x0a)
    if (at >= 0) return before + at + 1
    before += chunk.length
  }
  return null
}
