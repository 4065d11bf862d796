import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sound, writeWav } from '../support/audio.ts'

const run = promisify(execFile)

type Shape = Parameters<typeof sound>[0]

/** Makes files of all kinds, honest and hostile, in a folder. */
export function soundMaker(ffmpeg: string, folder: string) {
  let made = 0
  const place = (extension: string): string => join(folder, `sound-${++made}.${extension}`)

  const wav = (shape: Shape, seconds: number, sampleRate = 48_000): Promise<string> =>
    writeWav(place('wav'), sound(shape, seconds, sampleRate), sampleRate)

  /** Whatever ffmpeg makes of `-i file` with these options. */
  const encode = async (file: string, extension: string, options: readonly string[] = []): Promise<string> => {
    const target = place(extension)
    await run(ffmpeg, ['-v', 'error', '-y', '-i', file, ...options, target])
    return target
  }

  const generate = async (source: string, extension: string, options: readonly string[] = []): Promise<string> => {
    const target = place(extension)
    await run(ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...options, target])
    return target
  }

  const write = async (content: Uint8Array | string, extension: string): Promise<string> => {
    const target = place(extension)
    await writeFile(target, content)
    return target
  }

  /** An ID3v2.4 tag with a picture of so many bytes, before the rest of the file. */
  const withCover = async (file: string, bytes: number): Promise<string> => {
    const size = (n: number): Buffer => Buffer.from([(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127])
    const about = Buffer.from('\0image/png\0\x03\0', 'latin1')
    const frame = Buffer.concat([Buffer.from('APIC'), size(about.length + bytes), Buffer.alloc(2), about])
    const tag = Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0]), size(frame.length + bytes), frame])
    return write(Buffer.concat([tag, Buffer.alloc(bytes, 0x41), await readFile(file)]), 'mp3')
  }

  return { wav, encode, generate, write, withCover }
}
