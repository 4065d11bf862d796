import { AudioError } from './errors.ts'
import { parseWavHeader } from './wav.ts'

const MAX_HEADER_BYTES = 65_536

export interface SoundFormat {
  readonly sampleRate: number
  readonly channels: number
}

/** Where samples go: interleaved, whole frames only. */
interface Sink {
  push(samples: Float32Array): void
}

/** Takes a WAV of 32-bit floats in pieces of any size and hands its samples on. */
export interface FloatWavReader<S extends Sink> {
  take(chunk: Buffer): void
  /** What it sounds like and where it went; null while the header has not come. */
  result(): { readonly format: SoundFormat; readonly sink: S } | null
}

/** `open` is called once the header has come. */
export function createFloatWavReader<S extends Sink>(open: (format: SoundFormat) => S): FloatWavReader<S> {
  let opened: { readonly format: SoundFormat; readonly sink: S } | null = null
  let pending: Buffer = Buffer.alloc(0)
  return {
    take(chunk) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
      if (!opened) {
        const header = parseWavHeader(pending)
        if (!header) {
          if (pending.length > MAX_HEADER_BYTES) throw new AudioError('undecodable', 'ffmpeg did not answer with a WAV')
          return
        }
        const format = { sampleRate: header.sampleRate, channels: header.channels }
        opened = { format, sink: open(format) }
        pending = pending.subarray(header.dataOffset)
      }
      const frameBytes = 4 * opened.format.channels
      const whole = pending.length - (pending.length % frameBytes)
      opened.sink.push(floats(pending.subarray(0, whole)))
      pending = Buffer.from(pending.subarray(whole))
    },
    result: () => opened,
  }
}

/** A view where the bytes begin at a multiple of four, else a copy. */
function floats(bytes: Buffer): Float32Array {
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  return new Float32Array(copy.buffer)
}
