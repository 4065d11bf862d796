import type { ClusterStatus, Presence } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import type { Clock } from './clock.ts'
import type { Random } from './random.ts'
import type { OutgoingMessage, Transport } from './transport.ts'
import { Waker } from './waker.ts'

interface ReporterParts {
  readonly clusterId: string
  readonly boot: number
  readonly clock: Clock
  readonly random: Random
  readonly transport: Transport
  readonly status: () => Promise<ClusterStatus>
  readonly everyMs: () => number
}

/** A change is worth a status of its own, but not a burst of them. */
const PAUSE_MS = 1_000

/** Says that the cluster is there and how it is. */
export class Reporter {
  readonly #parts: ReporterParts
  readonly #waker = new Waker()

  constructor(parts: ReporterParts) {
    this.#parts = parts
  }

  presence(state: Presence['state']): OutgoingMessage {
    const { clusterId, boot } = this.#parts
    const presence: Presence = { state, boot }
    return {
      topic: topics.presence.path({ clusterId }),
      payload: JSON.stringify(presence),
      qos: topics.presence.qos,
      retain: topics.presence.retain,
    }
  }

  /** Something in the status has changed. */
  wake(): void {
    this.#waker.wake()
  }

  /** Rejects with the signal's reason. */
  async run(signal: AbortSignal): Promise<never> {
    const { clock, random, everyMs } = this.#parts
    for (;;) {
      // Lost when there is no network: the next one says more.
      await this.#send().catch(() => {})
      await clock.sleep(PAUSE_MS, signal)
      await this.#waker.wait(clock, Math.max(1, random.around(everyMs(), 0.1) - PAUSE_MS), signal)
    }
  }

  async #send(): Promise<void> {
    const { clusterId, transport, status } = this.#parts
    const payload = JSON.stringify(await status())
    const { qos, retain } = topics.status
    await transport.publish({ topic: topics.status.path({ clusterId }), payload, qos, retain })
  }
}
