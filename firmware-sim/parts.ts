import type { ClusterIdentity, Codec, JournalEntry } from '#protocol/messages.ts'
import type { Decoder } from './audio/decoder.ts'
import type { OpenRelay } from './audio/relay.ts'
import type { Clock } from './clock.ts'
import type { Random } from './random.ts'
import type { Disk } from './storage/disk.ts'
import type { OpenTransport } from './transport.ts'

/** What a cluster believes about its own clock. */
export interface ClockHealth {
  /** Own time minus true time, as far as it knows. */
  readonly offsetMs: number
  /** Whether it was synchronised since boot. */
  readonly synchronised: boolean
}

/** Everything a simulated cluster is made of; faults replace single parts. */
export interface ClusterParts {
  readonly identity: ClusterIdentity
  /** Its flash memory: a directory of its own. */
  readonly dir: string
  readonly clock: Clock
  readonly clockHealth: () => ClockHealth
  readonly random: Random
  readonly openTransport: OpenTransport
  readonly fetch: typeof fetch
  readonly decoder: Decoder
  /** Left out: it cannot relay, and does not say so. */
  readonly openRelay?: OpenRelay
  readonly disk: Disk
  readonly firmware: string
  /** What it says that it can play; left out, as old firmware does. */
  readonly codecs?: readonly Codec[]
  /** Where it writes what it sounded; null: nowhere. */
  readonly wavDir: string | null
  readonly tuning: Tuning
  /** Told of each durable journal entry; may cut the power there and then. */
  readonly onJournal?: (entry: JournalEntry) => void
  /** Told when the firmware broke; its watchdog restarts it. */
  readonly onCrash?: (error: unknown) => void
}

export interface Tuning {
  /** Downloads at once. */
  readonly downloads: number
  /** A fresh plan is fetched at a random moment within this, or a quarter of the time left if that is sooner. */
  readonly prefetchJitterMs: number
  readonly cacheBytes: number
  /** A download that brings nothing for so long is given up and resumed. */
  readonly stallMs: number
  readonly downloadRetry: Retry
  readonly journalRetry: Retry
  /** Decoding starts this long before the start, … */
  readonly prepareAheadMs: number
  /** … and the promise never to play it again is on the disk this long before. */
  readonly claimAheadMs: number
}

export interface Retry {
  readonly firstMs: number
  readonly maxMs: number
}

export const DEFAULT_TUNING: Tuning = {
  downloads: 2,
  prefetchJitterMs: 60_000,
  cacheBytes: 512 * 1024 * 1024,
  stallMs: 30_000,
  downloadRetry: { firstMs: 2_000, maxMs: 300_000 },
  journalRetry: { firstMs: 5_000, maxMs: 300_000 },
  prepareAheadMs: 20_000,
  claimAheadMs: 250,
}

/** Delay before attempt `n + 1` after `n` failures: doubles up to the maximum, ± 20 % so that clusters spread out. */
export function retryDelay(retry: Retry, failures: number, random: Random): number {
  return random.around(Math.min(retry.maxMs, retry.firstMs * 2 ** Math.min(20, failures - 1)), 0.2)
}

/** A cluster that knows that it is wrong by more than this trusts its clock with nothing but emergencies. */
const MAX_CLOCK_OFFSET_MS = 2_000

export const isClockGood = (health: ClockHealth): boolean =>
  health.synchronised && Math.abs(health.offsetMs) <= MAX_CLOCK_OFFSET_MS
