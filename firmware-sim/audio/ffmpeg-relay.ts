import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Codec, RelayItem } from '#protocol/messages.ts'
import { SAMPLE_RATE } from './decoder.ts'
import type { OpenRelay } from './relay.ts'

const BYTES_PER_FRAME = 2
/** What a server sends at once when one joins; more than that has to wait until some of it has sounded. */
const BUFFERED_BYTES = 10 * SAMPLE_RATE * BYTES_PER_FRAME
const FORMAT = { mp3: 'mp3', aac: 'aac', opus: 'ogg', wav: 'wav' } as const satisfies Record<Codec, string>

/** Decodes streams with ffmpeg, which reads what is fetched and nothing else; holds about ten seconds of each. */
export const ffmpegRelay =
  (options: { readonly program: string; readonly fetch: typeof fetch }): OpenRelay =>
  (item) => {
    const stream = new Stream(options, item)
    return { kind: 'sampled', take: async (frames) => stream.take(frames), close: () => stream.close() }
  }

class Stream {
  readonly #power = new AbortController()
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  #chunks: Buffer[] = []
  #bytes = 0

  constructor({ program, fetch }: Parameters<typeof ffmpegRelay>[0], item: RelayItem) {
    const input = ['-protocol_whitelist', 'pipe', '-fflags', 'nobuffer', '-f', FORMAT[item.codec], '-i', 'pipe:0']
    const output = ['-map', '0:a:0', '-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le', 'pipe:1']
    const child = spawn(program, ['-v', 'quiet', ...input, ...output], { stdio: ['pipe', 'pipe', 'ignore'] })
    this.#child = child
    child.stdin.on('error', () => {})
    child.stdout.on('data', (chunk: Buffer) => this.#keep(chunk))
    this.#ended = once(child, 'close').catch(() => {})
    this.#pump(fetch, item).catch(() => child.stdin.end())
  }

  take(frames: number): Int16Array {
    const held = Buffer.concat(this.#chunks)
    const length = Math.min(frames * BYTES_PER_FRAME, held.length - (held.length % BYTES_PER_FRAME))
    this.#chunks = [held.subarray(length)]
    this.#bytes = held.length - length
    if (this.#bytes < BUFFERED_BYTES) this.#child.stdout?.resume()
    const samples = new Int16Array(length / BYTES_PER_FRAME)
    for (let i = 0; i < samples.length; i++) samples[i] = held.readInt16LE(i * BYTES_PER_FRAME)
    return samples
  }

  async close(): Promise<void> {
    this.#power.abort()
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  async #pump(fetch: typeof globalThis.fetch, { url }: RelayItem): Promise<void> {
    const { signal } = this.#power
    const { body, ok } = await fetch(url, { signal, redirect: 'error' })
    if (!ok) await body?.cancel()
    for await (const chunk of (ok && body) || []) {
      // As slow as it sounds: nothing heaps up before it.
      if (!this.#child.stdin?.write(chunk)) await once(this.#child.stdin ?? this.#child, 'drain', { signal })
    }
    this.#child.stdin?.end()
  }

  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    if (this.#bytes >= BUFFERED_BYTES) this.#child.stdout?.pause()
  }
}
