import type { JournalBatch, JournalEntry } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import type { Clock } from '../clock.ts'
import { type Retry, retryDelay } from '../parts.ts'
import type { Random } from '../random.ts'
import type { Transport } from '../transport.ts'
import { Waker } from '../waker.ts'
import type { Journal } from './journal.ts'

const MAX_ENTRIES = 200
/** Entries written together travel together. */
const GATHER_MS = 50

interface SenderParts {
  readonly clusterId: string
  readonly journal: Journal
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
  readonly retry: Retry
}

/** Sends the journal and sends it again, with back-off, until the controller has acknowledged all of it. */
export class JournalSender {
  readonly #parts: SenderParts
  readonly #waker = new Waker()
  #connected = false
  /** Sent and not given up on. */
  #upTo = 0

  constructor(parts: SenderParts) {
    this.#parts = parts
    parts.journal.onNews(() => this.#waker.wake())
  }

  connected(): void {
    this.#connected = true
    this.#upTo = 0
    this.#waker.wake()
  }

  disconnected(): void {
    this.#connected = false
  }

  /** Rejects with the signal's reason. */
  async run(signal: AbortSignal): Promise<never> {
    const { clock, random, retry, journal } = this.#parts
    let oldest = 0
    let failures = 0
    let resendAt = Number.POSITIVE_INFINITY
    for (;;) {
      const first = journal.unacknowledged[0]?.seq
      if (!this.#connected || first === undefined) {
        resendAt = Number.POSITIVE_INFINITY
        await this.#waker.wait(clock, retry.maxMs, signal)
        continue
      }
      await clock.sleep(GATHER_MS, signal)
      if (first !== oldest) {
        oldest = first
        failures = 0
        resendAt = Number.POSITIVE_INFINITY
      }
      if (clock.now() >= resendAt) {
        failures++
        this.#upTo = 0
        resendAt = Number.POSITIVE_INFINITY
      }
      const isComplete = await this.#sendNew()
      if (resendAt === Number.POSITIVE_INFINITY) resendAt = clock.now() + retryDelay(retry, failures + 1, random)
      if (isComplete) await this.#waker.wait(clock, resendAt - clock.now(), signal)
    }
  }

  /** False when there is more to send. */
  async #sendNew(): Promise<boolean> {
    const { journal, transport, clusterId } = this.#parts
    const entries = await journal.take(this.#upTo, MAX_ENTRIES).catch(() => [])
    if (entries.length === 0) return true
    const batch: JournalBatch = { logId: journal.logId, entries: fitting(entries) }
    const topic = topics.journal
    // Not awaited: the acknowledgement that counts is the controller's, not the broker's.
    transport
      .publish({
        topic: topic.path({ clusterId }),
        payload: JSON.stringify(batch),
        qos: topic.qos,
        retain: topic.retain,
      })
      .catch(() => {})
    this.#upTo = batch.entries.at(-1)?.seq ?? this.#upTo
    return batch.entries.length === entries.length && entries.length < MAX_ENTRIES
  }
}

/** As many as fit one message. */
function fitting(entries: JournalEntry[]): JournalEntry[] {
  const room = topics.journal.maxBytes - 200
  let bytes = 0
  const count = entries.findIndex((entry) => {
    bytes += JSON.stringify(entry).length + 1
    return bytes > room
  })
  return count < 0 ? entries : entries.slice(0, Math.max(1, count))
}
