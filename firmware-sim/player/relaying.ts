import type { RelayItem } from '#protocol/messages.ts'
import { STREAM_PATIENCE_MS } from '#protocol/rules/relay.ts'
import { SAMPLE_RATE } from '../audio/decoder.ts'
import type { OpenRelay, RelayStream } from '../audio/relay.ts'

const FRAMES_PER_MS = SAMPLE_RATE / 1000

/** One relay of a session: its stream while it is needed, its end by the clock, and how long nothing has come. */
export class Relaying {
  readonly item: RelayItem
  readonly #open: OpenRelay
  #stream: RelayStream | null = null
  #until: number | null = null
  #silentMs = 0

  constructor(item: RelayItem, open: OpenRelay) {
    this.item = item
    this.#open = open
  }

  /** By the uptime; null: it has not begun. */
  get until(): number | null {
    return this.#until
  }

  get isLost(): boolean {
    return this.#silentMs >= STREAM_PATIENCE_MS
  }

  /** How long it may go on without another look. */
  get patienceMs(): number {
    return STREAM_PATIENCE_MS - this.#silentMs
  }

  /** Shortly before it is needed; again after a pause. */
  join(): void {
    if (this.#stream) return
    this.#stream = this.#open(this.item)
    this.#silentMs = 0
  }

  /** From here on its end is fixed, whatever of it is heard. */
  begin(at: number): number {
    this.#until ??= at + this.item.ms
    return this.#until
  }

  /** What has come of `ms`; null: nobody can say. */
  async take(ms: number): Promise<Int16Array | null> {
    if (this.#stream?.kind !== 'sampled') return null
    const samples = await this.#stream.take(Math.round(ms * FRAMES_PER_MS))
    if (samples.length === 0) this.#silentMs += ms
    else this.#silentMs = 0
    return samples
  }

  async leave(): Promise<void> {
    const stream = this.#stream
    this.#stream = null
    await stream?.close()
  }
}
