import { join } from 'node:path'
import type { ClusterSettings, JournalReason, PlanItem, PlanOccurrence } from '#protocol/messages.ts'
import { type Forbidden, forbiddenBy, forbiddenFrom, forbiddenOf } from '#protocol/rules/forbidden.ts'
import { isRelay } from '#protocol/rules/relay.ts'
import type { Decoder, Sound } from '../audio/decoder.ts'
import { SAMPLE_RATE } from '../audio/decoder.ts'
import { LevelMeter, withGain } from '../audio/level.ts'
import type { OpenRelay } from '../audio/relay.ts'
import { WavWriter } from '../audio/wav.ts'
import type { Clock } from '../clock.ts'
import { Relaying } from './relaying.ts'

export interface SessionParts {
  readonly clock: Clock
  readonly decoder: Decoder
  readonly openRelay: OpenRelay
  readonly audioPath: (item: PlanItem) => string
  readonly wavDir: string | null
  readonly clusterId: string
  readonly volume: () => number
}

export type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped'; readonly reason: JournalReason }
  /** Goes on later from where it stopped. */
  | { readonly kind: 'suspended' }

const STEP_MS = 1_000
/** A stream is joined so long before its turn. */
const JOIN_AHEAD_MS = 5_000
const FRAMES_PER_MS = SAMPLE_RATE / 1000

/** One occurrence being played: it can stop at any sample and go on from there. */
export class Session {
  readonly occurrence: PlanOccurrence
  readonly settings: ClusterSettings
  preparation: 'none' | 'opening' | 'ready' | 'failed' = 'none'
  isClaimed = false
  hasBegun = false
  /** Its first sample has begun to sound. */
  hasStarted = false
  /** By the clock's uptime: a pause does not become longer because the clock is set. */
  suspendedAt = 0
  /** Ends the part that sounds now. */
  #stop = new AbortController()
  #playing: Promise<unknown> = Promise.resolve()
  readonly #parts: SessionParts
  readonly #forbidden: Forbidden
  readonly #wav: WavWriter | null
  readonly #meter = new LevelMeter()
  /** By item; of relays there is none. */
  #sounds = new Map<number, Sound>()
  readonly #relays: Map<number, Relaying>
  #isStreamLost = false
  #item = 0
  /** Within the item. */
  #positionMs = 0
  #soundedMs = 0
  #mutedMs = 0
  /** When the next sample is due, by the clock's uptime: samples keep their pace whatever the hands are set to. */
  #cursor = 0

  constructor(parts: SessionParts, occurrence: PlanOccurrence, settings: ClusterSettings) {
    this.#parts = parts
    this.occurrence = occurrence
    this.settings = settings
    this.#forbidden = forbiddenOf(settings)
    this.#relays = new Map(
      occurrence.items.flatMap((item, i) => (isRelay(item) ? [[i, new Relaying(item, parts.openRelay)]] : [])),
    )
    this.#wav = parts.wavDir ? new WavWriter(join(parts.wavDir, `${parts.clusterId}-${occurrence.id}.wav`)) : null
  }

  get item(): number {
    return this.#item
  }

  get soundedMs(): number {
    return Math.round(this.#soundedMs)
  }

  /** A stream was given up: not all of it has been heard. */
  get isStreamLost(): boolean {
    return this.#isStreamLost
  }

  /** How much longer it may wait to go on, and still end before it must be silent. */
  get slackMs(): number {
    const { leadInMs } = this.settings
    const { relayLeftMs, restMs } = this
    if (relayLeftMs === null) return this.quietInMs - leadInMs - restMs
    return relayLeftMs + restMs > this.quietInMs ? -1 : this.quietInMs - leadInMs - restMs
  }

  /** How much longer it may wait before nothing is left of the relay at its end; infinity where that is no matter. */
  get relaySlackMs(): number {
    const { relayLeftMs, restMs } = this
    if (relayLeftMs === null || restMs > 0) return Number.POSITIVE_INFINITY
    return relayLeftMs - this.settings.leadInMs - 1
  }

  /** Of the relay within which it was interrupted; it runs on. */
  get relayLeftMs(): number | null {
    const until = this.#relays.get(this.#item)?.until ?? null
    return until === null ? null : until - this.#parts.clock.uptime()
  }

  /** What comes after that, or what is left if there is none. */
  get restMs(): number {
    const isLive = this.relayLeftMs !== null
    const left = this.occurrence.items.slice(this.#item + Number(isLive)).reduce((sum, item) => sum + item.ms, 0)
    return isLive ? left : left - this.#positionMs
  }

  /** How long it may still sound before it must be silent. */
  get quietInMs(): number {
    return this.#quietFrom - this.#parts.clock.now()
  }

  /** The end of one that must be silent, now or before it could have sounded whole. */
  get quiet(): Extract<Ending, { kind: 'stopped' }> {
    return { kind: 'stopped', reason: forbiddenBy(this.#forbidden, this.#quietFrom) }
  }

  get #quietFrom(): number {
    return forbiddenFrom(this.occurrence.level, this.#forbidden, this.#parts.clock.now())
  }

  /** Whether sound was proved; undefined when nothing was measured. */
  get audible(): boolean | undefined {
    const isAudible = this.#meter.isAudible()
    return isAudible === undefined ? undefined : isAudible && this.#mutedMs < this.#soundedMs
  }

  /** Opens every item, so that the first sample can sound at once. */
  async prepare(): Promise<void> {
    this.preparation = 'opening'
    const { decoder, audioPath } = this.#parts
    const opened = await Promise.allSettled(
      this.occurrence.items.map(async (item, i) => {
        if (!isRelay(item)) this.#sounds.set(i, await decoder.open(audioPath(item), item))
      }),
    )
    this.preparation = opened.every(({ status }) => status === 'fulfilled') ? 'ready' : 'failed'
  }

  /** Opens the amplifier and sounds until the end or `stop`. `onStart` hears when the very first sample sounded. */
  play(openedAt: number, onStart: (at: number) => void): Promise<Ending> {
    this.hasBegun = true
    const stop = new AbortController()
    this.#stop = stop
    const ending = this.#playing.then(() => this.#sound(openedAt, stop.signal, onStart))
    this.#playing = ending
    return ending
  }

  stop(ending: Ending): void {
    this.#stop.abort(ending)
  }

  /** Leaves an empty recording where nothing sounded, and lets go of the decoder. */
  async close(): Promise<void> {
    await this.#playing
    if (this.#soundedMs === 0) await this.#wav?.create()
    const open = [...this.#sounds.values()].map((sound) => sound.close())
    await Promise.all([...open, ...[...this.#relays.values()].map((relay) => relay.leave())])
    this.#sounds.clear()
  }

  async #sound(openedAt: number, stop: AbortSignal, onStart: (at: number) => void): Promise<Ending> {
    const { clock } = this.#parts
    try {
      this.#relays.get(this.#item)?.join()
      this.#cursor = clock.uptime() - (clock.now() - openedAt)
      await this.#pass(Math.min(this.settings.leadInMs, this.quietInMs), stop)
      if (stop.aborted) return stop.reason
      if (this.quietInMs <= 0) return this.quiet
      this.#cursor = clock.uptime()
      if (!this.hasStarted) {
        this.hasStarted = true
        onStart(clock.now())
        await this.#wav?.create()
      }
      for (; this.#item < this.occurrence.items.length; this.#item++, this.#positionMs = 0) {
        if (stop.aborted) return stop.reason
        const relay = this.#relays.get(this.#item)
        const ending = relay ? await this.#soundRelay(relay, stop) : await this.#soundItem(stop)
        if (ending) return ending
      }
      // Told to stop with its last sample: it has been heard whole.
      return { kind: 'finished' }
    } catch {
      return { kind: 'stopped', reason: 'decode-failed' }
    }
  }

  /** Null when the item has been heard to its end. */
  async #soundItem(stop: AbortSignal): Promise<Ending | null> {
    const item = this.occurrence.items[this.#item]
    const sound = this.#sounds.get(this.#item)
    const next = this.#relays.get(this.#item + 1)
    if (!item || isRelay(item) || !sound) throw new Error('the session was not prepared')
    while (this.#positionMs < item.ms) {
      const { quietInMs } = this
      if (quietInMs <= 0) return this.quiet
      if (item.ms - this.#positionMs <= JOIN_AHEAD_MS) next?.join()
      const passed = await this.#pass(Math.min(STEP_MS, item.ms - this.#positionMs, quietInMs), stop)
      const isEnd = await this.#record(item, sound, passed)
      if (isEnd) break
      if (stop.aborted && this.#positionMs < item.ms) return stop.reason
    }
    return null
  }

  /** Null when its time is over, or its stream is given up. It is left as soon as it is not heard. */
  async #soundRelay(relay: Relaying, stop: AbortSignal): Promise<Ending | null> {
    relay.join()
    const until = relay.begin(this.#cursor)
    try {
      for (let at = this.#cursor; at < until && !relay.isLost; ) {
        const { quietInMs } = this
        if (quietInMs <= 0) return this.quiet
        const passed = await this.#pass(Math.min(STEP_MS, until - at, quietInMs, relay.patienceMs), stop)
        await this.#recordRelay(relay, passed)
        at += passed
        if (stop.aborted && at < until) return stop.reason
      }
      this.#isStreamLost ||= relay.isLost
      return null
    } finally {
      await relay.leave()
    }
  }

  /** Where nothing has come, the recording is silent. */
  async #recordRelay(relay: Relaying, passedMs: number): Promise<void> {
    const came = await relay.take(passedMs)
    const soundedMs = came ? Math.min(passedMs, came.length / FRAMES_PER_MS) : passedMs
    this.#soundedMs += soundedMs
    if (this.#parts.volume() === 0) this.#mutedMs += soundedMs
    if (!came) return
    const samples = withGain(came, relay.item.gainDb)
    this.#meter.add(samples)
    const silence = new Int16Array(Math.max(0, Math.round(passedMs * FRAMES_PER_MS) - samples.length))
    await this.#wav?.append(samples)
    await this.#wav?.append(silence)
  }

  /** Lets time run for `ms`, or until stopped; returns how much of it passed. */
  async #pass(ms: number, stop: AbortSignal): Promise<number> {
    const { clock } = this.#parts
    const from = this.#cursor
    for (let left = from + ms - clock.uptime(); left > 0; left = from + ms - clock.uptime()) {
      await clock.sleep(left, stop).catch(() => {})
      if (stop.aborted) return Math.max(0, Math.min(ms, clock.uptime() - from))
    }
    this.#cursor = from + ms
    return ms
  }

  /** What sounded goes into recording and meter; true when the file has no more. */
  async #record(item: PlanItem, sound: Sound, passedMs: number): Promise<boolean> {
    const from = Math.round(this.#positionMs * FRAMES_PER_MS)
    const frames = Math.round((this.#positionMs + passedMs) * FRAMES_PER_MS) - from
    let soundedMs = passedMs
    if (sound.kind === 'sampled') {
      const samples = withGain(await sound.read(from, frames), item.gainDb)
      soundedMs = samples.length === frames ? passedMs : samples.length / FRAMES_PER_MS
      this.#meter.add(samples)
      if (samples.length > 0) await this.#wav?.append(samples)
    }
    this.#positionMs += passedMs
    this.#soundedMs += soundedMs
    if (this.#parts.volume() === 0) this.#mutedMs += soundedMs
    return soundedMs < passedMs
  }
}
