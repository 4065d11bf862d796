import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import type { JournalAck, JournalBatch } from '#protocol/messages.ts'
import { enterJournal } from '../broadcasts/ledger.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import { contiguousUpTo } from './contiguous.ts'
import * as journalStore from './journal.store.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'log' | 'source'> & {
  readonly devices: Pick<Context['devices'], 'publish'>
}

interface Received {
  readonly clusterId: ClusterId
  readonly batch: JournalBatch
}

interface Ack extends JournalAck {
  readonly clusterId: ClusterId
}

/** Batches that may wait in memory; beyond it they are dropped unacknowledged, and the clusters send them again. */
const MAX_WAITING = 5_000
/** Batches written in one transaction. */
const MAX_TOGETHER = 500

/**
 * Stores journals and acknowledges them. Batches that arrive while a transaction runs share the next one, so the cost
 * of making it durable is paid once for many; only what is durable is acknowledged.
 */
export class JournalRecorder implements AsyncDisposable {
  readonly #ctx: Needs
  #waiting: Received[] = []
  #flushing: Promise<void> | null = null

  constructor(ctx: Needs) {
    this.#ctx = ctx
  }

  record(clusterId: ClusterId, batch: JournalBatch): void {
    if (this.#waiting.length >= MAX_WAITING) {
      this.#ctx.log.warn({ clusterId }, 'journal batch dropped: too many wait; it will be sent again')
      return
    }
    this.#waiting.push({ clusterId, batch })
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null
    })
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    await this.#flushing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.settled()
  }

  async #flush(): Promise<void> {
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, MAX_TOGETHER)
      try {
        const acks = await transact(this.#ctx, (tx) => storeJournals(this.#ctx, tx, together))
        for (const { clusterId, ...ack } of acks) {
          // A lost acknowledgement only makes the cluster send again.
          this.#ctx.devices
            .publish('journalAck', { clusterId }, ack)
            .catch((err: unknown) => this.#ctx.log.warn({ err, clusterId }, 'journal not acknowledged'))
        }
      } catch (err) {
        this.#ctx.log.error({ err, batches: together.length }, 'journal not stored; it will be sent again')
      }
    }
  }
}

async function storeJournals(ctx: Needs, tx: Tx, received: readonly Received[]): Promise<Ack[]> {
  const known = await journalStore.knownClusters(tx.db, [...new Set(received.map((one) => one.clusterId))])
  const entries = received
    .filter(({ clusterId }) => known.has(clusterId))
    .flatMap(({ clusterId, batch }) => batch.entries.map((entry) => ({ clusterId, logId: batch.logId, entry })))
  if (entries.length === 0) return []
  await journalStore.insertEntries(tx.db, entries, ctx.clock.now())
  // In one order everywhere, so that two who lock sessions never wait for each other.
  for (const [broadcastId, clusterIds] of [...clustersByBroadcast(entries)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await enterJournal(ctx, tx, { broadcastId, clusterIds: [...clusterIds] })
  }
  return acknowledge(tx, entries)
}

function clustersByBroadcast(entries: readonly journalStore.ReceivedEntry[]): Map<BroadcastId, Set<ClusterId>> {
  const touched = new Map<BroadcastId, Set<ClusterId>>()
  for (const { clusterId, entry } of entries) {
    if (!entry.occurrenceId) continue
    const clusters = touched.get(entry.occurrenceId) ?? new Set()
    touched.set(entry.occurrenceId, clusters.add(clusterId))
  }
  return touched
}

async function acknowledge(tx: Tx, entries: readonly journalStore.ReceivedEntry[]): Promise<Ack[]> {
  const logs = new Map(entries.map(({ clusterId, logId }) => [`${clusterId}/${logId}`, { clusterId, logId }]))
  const progress = await journalStore.progressOf(tx.db, [...logs.values()])
  const acks = progress.map(({ acked, seqs, ...log }) => ({ ...log, seq: contiguousUpTo(acked, seqs) }))
  await journalStore.saveAcked(tx.db, acks)
  return acks
}
