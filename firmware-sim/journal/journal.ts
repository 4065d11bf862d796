import { join } from 'node:path'
import type { JournalEntry } from '#protocol/messages.ts'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { type Disk, isDiskFull } from '../storage/disk.ts'
import { readIfThere, writeDurably } from '../storage/durable-file.ts'
import { type LineLog, openLineLog } from '../storage/line-log.ts'
import { asFile, type RecoveredJournal, recoverJournal } from './recover.ts'

export type Happening = Omit<JournalEntry, 'seq' | 'bootId' | 'at'> & { readonly at?: number }

interface JournalParts {
  readonly clock: Clock
  readonly disk: Disk
  readonly bootId: string
  readonly onJournal?: ((entry: JournalEntry) => void) | undefined
}

/** Acknowledged entries are dropped from the file when so many have gathered. */
const COMPACT_AFTER = 500

/** The cluster's own log of what it did: durable, numbered without gaps, kept until acknowledged. */
export class Journal {
  readonly logId: string
  /** Entries of this file that tell how an occurrence ended, acknowledged or not. */
  readonly recovered: readonly JournalEntry[]
  readonly #parts: JournalParts
  readonly #log: LineLog
  readonly #sentFile: string
  /** Not acknowledged yet, oldest first. */
  #held: JournalEntry[]
  /** Written so far; entries above it are only in memory, because the disk was full. */
  #durable: number
  #acked: number
  #last: number
  #sent: number
  #ackedInFile: number
  #writing: Promise<void> = Promise.resolve()
  #onNews: () => void = () => {}

  private constructor(parts: JournalParts, log: LineLog, sentFile: string, from: RecoveredJournal) {
    this.#parts = parts
    this.#log = log
    this.#sentFile = sentFile
    this.logId = from.logId
    this.recovered = from.entries
    this.#held = from.entries.filter((entry) => entry.seq > from.acked)
    this.#acked = from.acked
    this.#last = from.last
    this.#durable = from.last
    this.#sent = from.sent
    this.#ackedInFile = from.entries.length - this.#held.length
  }

  static async open(parts: JournalParts & { dir: string; random: Random }): Promise<Journal> {
    const { log, records } = await openLineLog(parts.disk, join(parts.dir, 'journal.log'))
    const sentFile = join(parts.dir, 'journal.sent')
    const newLogId = `${parts.clock.now().toString(36)}${parts.random.text(8)}`
    const recovered = recoverJournal(records, await readIfThere(sentFile), newLogId)
    if (recovered.isNew) await log.rewrite(asFile(recovered))
    return new Journal(parts, log, sentFile, recovered)
  }

  get unacknowledged(): readonly JournalEntry[] {
    return this.#held
  }

  /** Called after each entry and each acknowledgement. */
  onNews(handler: () => void): void {
    this.#onNews = handler
  }

  /** Resolves when the entry is on the disk; on a full disk it waits in memory for the next one that fits. */
  async add(happening: Happening): Promise<void> {
    const { at = this.#parts.clock.now(), ...rest } = happening
    const entry: JournalEntry = { seq: ++this.#last, bootId: this.#parts.bootId, at, ...rest }
    this.#held.push(entry)
    await this.#flush()
    this.#parts.onJournal?.(entry)
    this.#onNews()
  }

  /** The next entries to send after `seq`, at most `count`; remembers durably that they were sent. */
  async take(seq: number, count: number): Promise<JournalEntry[]> {
    await this.#flush()
    const batch = this.#held.filter((entry) => entry.seq > seq && entry.seq <= this.#durable).slice(0, count)
    const highest = batch.at(-1)?.seq ?? 0
    if (highest > this.#sent) {
      // A disk that loses sent entries must not give their numbers to others: see recover.ts.
      await writeDurably(this.#parts.disk, this.#sentFile, JSON.stringify({ logId: this.logId, seq: highest }))
      this.#sent = highest
    }
    return batch
  }

  /** Forgets what the controller has stored. An acknowledgement of another log, or of the future, is not for us. */
  async acknowledge(logId: string, seq: number): Promise<void> {
    if (logId !== this.logId || seq <= this.#acked || seq > this.#sent) return
    const before = this.#held.length
    this.#held = this.#held.filter((entry) => entry.seq > seq)
    this.#ackedInFile += before - this.#held.length
    this.#acked = seq
    this.#onNews()
    if (this.#ackedInFile < COMPACT_AFTER) await this.#log.append([{ ack: seq }]).catch(keepDiskFull)
    else await this.#write(() => this.#compact()).catch(keepDiskFull)
  }

  async #compact(): Promise<void> {
    const entries = this.#held.filter((entry) => entry.seq <= this.#durable)
    await this.#log.rewrite(asFile({ logId: this.logId, acked: this.#acked, entries }))
    this.#ackedInFile = 0
  }

  #flush(): Promise<void> {
    return this.#write(async () => {
      const fresh = this.#held.filter((entry) => entry.seq > this.#durable)
      if (fresh.length === 0) return
      await this.#log.append(fresh.map((entry) => ({ entry })))
      this.#durable = fresh.at(-1)?.seq ?? this.#durable
    }).catch(keepDiskFull)
  }

  #write(step: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(step)
    this.#writing = done.catch(() => {})
    return done
  }
}

function keepDiskFull(error: unknown): void {
  if (!isDiskFull(error)) throw error
}
