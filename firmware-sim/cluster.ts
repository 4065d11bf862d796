import type { ClusterIdentity, PlanOccurrence } from '#protocol/messages.ts'
import { bootFirmware, type Firmware } from './firmware.ts'
import type { ClusterParts } from './parts.ts'

const WATCHDOG_MS = 5_000

/** A simulated loudspeaker cluster: an identity, a directory that is its flash memory, and a power switch. */
export class SimCluster {
  readonly #parts: ClusterParts
  #running: Firmware | null = null
  /** Power changes happen one after another. */
  #last: Promise<void> = Promise.resolve()

  constructor(parts: ClusterParts) {
    this.#parts = parts
  }

  get identity(): ClusterIdentity {
    return this.#parts.identity
  }

  /** What sounds now. */
  get soundsNow(): PlanOccurrence | null {
    return this.#running?.player.soundsNow ?? null
  }

  /** Power on. Resolves when it runs; it connects by itself. */
  start(): Promise<void> {
    return this.#next(async () => {
      this.#running ??= await bootFirmware(this.#parts, {
        reboot: () => {
          this.reboot().catch(() => {})
        },
        crash: (error) => {
          this.#recover(error).catch(() => {})
        },
      })
    })
  }

  /** Resolves when the broker has accepted it. */
  async connected(): Promise<void> {
    await this.#running?.connected
  }

  /** Power loss: nothing more is written, said or sounded. */
  cutPower(): Promise<void> {
    return this.#next(() => this.#end('cut'))
  }

  /** A commanded restart, or a person who unplugs it with care. */
  async reboot(): Promise<void> {
    await this.#next(() => this.#end('graceful'))
    await this.start()
  }

  /** Its clock was synchronised or lost: it looks again at what it may play. */
  noticeClock(): void {
    this.#running?.wake()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#next(() => this.#end('graceful'))
  }

  /** The watchdog: what broke is switched off and on again, unless somebody has done so meanwhile. */
  async #recover(error: unknown): Promise<void> {
    this.#parts.onCrash?.(error)
    const broken = this.#running
    await this.#parts.clock.sleep(WATCHDOG_MS)
    if (!broken || this.#running !== broken) return
    await this.cutPower()
    await this.start()
  }

  async #end(how: 'graceful' | 'cut'): Promise<void> {
    const running = this.#running
    this.#running = null
    await running?.end(how)
  }

  #next(step: () => Promise<void>): Promise<void> {
    const done = this.#last.then(step)
    this.#last = done.catch(() => {})
    return done
  }
}
