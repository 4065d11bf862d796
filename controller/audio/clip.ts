import { type FileHandle, open } from 'node:fs/promises'
import { AudioError } from './errors.ts'
import { isSpeechWav, parseWavHeader } from './wav.ts'

/** A spoken sentence on disk, found to be whole. */
export interface Clip {
  readonly file: string
  readonly sampleRate: number
  readonly samples: number
  readonly dataOffset: number
}

/** From one moment of a sound to a later one. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

const HEADER_BYTES = 4096
const CHUNK_SAMPLES = 32_768

/** Looks at a 16-bit mono WAV; an `AudioError` says what is wrong with it. */
export async function readClip(file: string): Promise<Clip> {
  const handle = await openClip(file)
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)
    const header = parseWavHeader(buffer.subarray(0, bytesRead))
    if (!header || !isSpeechWav(header)) throw new AudioError('segment', `${file} is not a 16-bit mono WAV`)
    if (header.dataOffset + header.dataBytes > size) throw new AudioError('segment', `${file} is cut short`)
    return {
      file,
      sampleRate: header.sampleRate,
      samples: header.dataBytes >> 1,
      dataOffset: header.dataOffset,
    }
  } finally {
    await handle.close()
  }
}

/** The same without its first samples. */
export const withoutStart = (clip: Clip, samples: number): Clip => ({
  ...clip,
  samples: Math.max(0, clip.samples - samples),
  dataOffset: clip.dataOffset + Math.min(samples, clip.samples) * 2,
})

/** What sounds between two moments of it. */
export function between(clip: Clip, { fromMs, toMs }: Span): Clip {
  const at = (ms: number): number => Math.round((ms * clip.sampleRate) / 1000)
  const rest = withoutStart(clip, at(fromMs))
  return { ...rest, samples: Math.min(rest.samples, at(toMs) - at(fromMs)) }
}

/** The samples between -1 and 1, in chunks; each chunk is overwritten by the next. */
export async function* clipSamples(clip: Clip): AsyncGenerator<Float32Array> {
  const handle = await openClip(clip.file)
  try {
    const bytes = new Uint8Array(CHUNK_SAMPLES * 2)
    const integers = new Int16Array(bytes.buffer)
    const samples = new Float32Array(CHUNK_SAMPLES)
    for (let done = 0; done < clip.samples; ) {
      const take = Math.min(CHUNK_SAMPLES, clip.samples - done)
      await readExactly(handle, bytes.subarray(0, take * 2), clip, done)
      for (let i = 0; i < take; i++) samples[i] = (integers[i] as number) / 32_768
      yield samples.subarray(0, take)
      done += take
    }
  } finally {
    await handle.close()
  }
}

async function openClip(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r')
  } catch (cause) {
    throw new AudioError('segment', `${file} cannot be opened`, { cause })
  }
}

async function readExactly(handle: FileHandle, into: Uint8Array, clip: Clip, fromSample: number): Promise<void> {
  let at = 0
  while (at < into.length) {
    const { bytesRead } = await handle.read(into, at, into.length - at, clip.dataOffset + fromSample * 2 + at)
    if (bytesRead === 0) throw new AudioError('segment', `${clip.file} is cut short`)
    at += bytesRead
  }
}
