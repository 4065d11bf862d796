import { type ChildProcess, spawn } from 'node:child_process'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { SAMPLE_RATE } from './decoder.ts'
import { decodeArguments } from './ffmpeg-program.ts'

const BYTES_PER_FRAME = 2
const STDERR_KEPT = 500

/** A growing file of samples that one ffmpeg writes and many clusters read while it grows. */
export class PcmFile {
  /** Resolves with the first samples; rejects when there are none. */
  readonly started: Promise<void>
  readonly #path: string
  readonly #child: ChildProcess
  readonly #done: Promise<void>
  #bytes = 0
  #isDone = false
  #failure: Error | null = null
  #file: FileHandle | null = null
  #waiting: (() => void)[] = []

  private constructor(child: ChildProcess, path: string) {
    this.#child = child
    this.#path = path
    this.#done = this.#fill()
    this.started = this.#available(1).then(() => {
      if (this.#bytes === 0) throw this.#failure ?? new Error('the file holds no audio')
    })
    // Whoever reads hears of the failure; nobody else has to.
    this.started.catch(() => {})
  }

  static decode(program: string, file: string, ms: number, path: string): PcmFile {
    const child = spawn(program, decodeArguments(file, ms, SAMPLE_RATE), { stdio: ['ignore', 'pipe', 'pipe'] })
    return new PcmFile(child, path)
  }

  async read(from: number, frames: number): Promise<Int16Array> {
    await this.#available((from + frames) * BYTES_PER_FRAME)
    if (this.#failure) throw this.#failure
    const whole = Math.floor(this.#bytes / BYTES_PER_FRAME)
    const count = Math.max(0, Math.min(frames, whole - from))
    const samples = new Int16Array(count)
    if (count > 0)
      await this.#file?.read(new Uint8Array(samples.buffer), 0, count * BYTES_PER_FRAME, from * BYTES_PER_FRAME)
    return samples
  }

  async close(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#done
    await this.#file?.close()
    await rm(this.#path, { force: true })
  }

  async #fill(): Promise<void> {
    let stderr = ''
    this.#child.stderr?.on('data', (chunk) => {
      stderr = (stderr + chunk).slice(-STDERR_KEPT)
    })
    const ended = new Promise<string>((resolve) => {
      this.#child.once('error', (error) => resolve(error.message))
      this.#child.once('close', (code) => resolve(code === 0 ? '' : `ffmpeg ended with ${code}: ${stderr.trim()}`))
    })
    try {
      this.#file = await open(this.#path, 'w+')
      for await (const chunk of this.#child.stdout ?? []) {
        await this.#file.write(chunk, 0, chunk.length, this.#bytes)
        this.#bytes += chunk.length
        this.#tell()
      }
      const problem = await ended
      if (problem) this.#failure = new Error(problem)
    } catch (error) {
      this.#failure = new Error('decoding failed', { cause: error })
      this.#child.kill('SIGKILL')
    }
    this.#isDone = true
    this.#tell()
  }

  async #available(bytes: number): Promise<void> {
    while (this.#bytes < bytes && !this.#isDone) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #tell(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
