import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SAMPLE_RATE } from './decoder.ts'

const HEADER = 44

/** A WAV file that is whole after each write, so that what was heard before a power loss can be heard again. */
export class WavWriter {
  readonly #path: string
  #bytes = 0
  #last: Promise<void> = Promise.resolve()

  constructor(path: string) {
    this.#path = path
  }

  /** Begins an empty file: nothing was heard yet. */
  create(): Promise<void> {
    return this.#next(async () => {
      await mkdir(dirname(this.#path), { recursive: true })
      await this.#write('w', new Uint8Array(0))
    })
  }

  append(samples: Int16Array): Promise<void> {
    return this.#next(() => this.#write('r+', new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)))
  }

  async #write(flags: 'w' | 'r+', data: Uint8Array): Promise<void> {
    const file = await open(this.#path, flags)
    try {
      if (data.length > 0) await file.write(data, 0, data.length, HEADER + this.#bytes)
      this.#bytes += data.length
      await file.write(wavHeader(this.#bytes, SAMPLE_RATE), 0, HEADER, 0)
    } finally {
      await file.close()
    }
  }

  #next(step: () => Promise<void>): Promise<void> {
    const done = this.#last.then(step)
    this.#last = done.catch(() => {})
    return done
  }
}

/** RIFF header of mono 16-bit PCM. */
function wavHeader(dataBytes: number, sampleRate: number): Buffer {
  const header = Buffer.alloc(HEADER)
  header.write('RIFF', 0)
  header.writeUInt32LE(HEADER - 8 + dataBytes, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(dataBytes, 40)
  return header
}
