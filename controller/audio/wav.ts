/** What the header of a WAV file says; offsets and lengths in bytes. */
export interface WavHeader {
  /** 1 is integer PCM, 3 is floating point. */
  readonly format: number
  readonly channels: number
  readonly sampleRate: number
  readonly bitsPerSample: number
  readonly dataOffset: number
  /** As announced; programs that write to a pipe announce more than they send. */
  readonly dataBytes: number
}

const EXTENSIBLE = 0xfffe

/** Reads the chunks up to the samples; null when `bytes` is no WAV or ends before the samples begin. */
export function parseWavHeader(bytes: Buffer): WavHeader | null {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    return null
  }
  let at = 12
  let format: Omit<WavHeader, 'dataOffset' | 'dataBytes'> | null = null
  while (at + 8 <= bytes.length) {
    const id = bytes.toString('latin1', at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    at += 8
    if (id === 'data') return format ? { ...format, dataOffset: at, dataBytes: size } : null
    if (id === 'fmt ') {
      if (size < 16 || at + size > bytes.length) return null
      const tag = bytes.readUInt16LE(at)
      format = {
        format: tag === EXTENSIBLE && size >= 26 ? bytes.readUInt16LE(at + 24) : tag,
        channels: bytes.readUInt16LE(at + 2),
        sampleRate: bytes.readUInt32LE(at + 4),
        bitsPerSample: bytes.readUInt16LE(at + 14),
      }
    }
    at += size + (size & 1)
  }
  return null
}

/** The one kind of WAV that speech comes in. */
export const isSpeechWav = (header: WavHeader): boolean =>
  header.format === 1 && header.channels === 1 && header.bitsPerSample === 16 && header.sampleRate > 0

/** A 16-bit mono WAV around `samples`. */
export function encodeWav(samples: Int16Array, sampleRate: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)])
}

/** The samples of a 16-bit mono WAV held in memory; a copy, so that alignment does not matter. */
export function wavSamples(wav: Buffer, header: WavHeader): Int16Array {
  const bytes = Math.min(header.dataBytes, wav.length - header.dataOffset) & ~1
  const copy = new Uint8Array(bytes)
  copy.set(wav.subarray(header.dataOffset, header.dataOffset + bytes))
  return new Int16Array(copy.buffer)
}
