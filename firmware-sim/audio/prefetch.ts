import type { ArmedState, ClusterPlan, JournalReason, PlanItem, PlanOccurrence } from '#protocol/messages.ts'
import { filesOf } from '#protocol/rules/relay.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import { retryDelay, type Tuning } from '../parts.ts'
import type { Random } from '../random.ts'
import { type Disk, isDiskFull } from '../storage/disk.ts'
import { Waker } from '../waker.ts'
import type { AudioCache } from './cache.ts'
import { download } from './download.ts'

interface PrefetchParts {
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly disk: Disk
  readonly random: Random
  readonly cache: AudioCache
  readonly journal: Journal
  readonly tuning: Tuning
  readonly plan: () => ClusterPlan | null
  /** Told when an item has arrived or has failed. */
  readonly onChange: () => void
}

/** Where one audio file stands. */
interface Wanted {
  readonly item: PlanItem
  readonly notBefore: number
  readonly failures: number
  readonly problem: JournalReason | null
  readonly state: 'waiting' | 'fetching' | 'here'
}

/** Fetches what the plan names before it is needed: nearest start first, a few at once, until everything is here. */
export class Prefetch {
  readonly #parts: PrefetchParts
  readonly #waker = new Waker()
  #wanted = new Map<string, Wanted>()
  readonly #journalled = new Set<string>()

  constructor(parts: PrefetchParts) {
    this.#parts = parts
  }

  /** Why an occurrence cannot be played yet, `audio-missing` while it is only late; null when everything is here. */
  missing({ items }: PlanOccurrence): JournalReason | null {
    const gaps = filesOf(items)
      .map(({ sha256 }) => this.#wanted.get(sha256))
      .filter((wanted) => wanted?.state !== 'here')
    if (gaps.length === 0) return null
    return gaps.find((wanted) => wanted?.problem)?.problem ?? 'audio-missing'
  }

  stateOf(occurrence: PlanOccurrence): Exclude<ArmedState, 'clock-bad'> {
    const missing = this.missing(occurrence)
    if (!missing) return 'armed'
    return missing === 'audio-missing' ? 'fetching' : 'missing'
  }

  /** Looks once more at the stored files; false when one is damaged and on its way again. */
  async check({ items }: PlanOccurrence): Promise<boolean> {
    for (const { sha256 } of filesOf(items)) {
      if (await this.#parts.cache.isSound(sha256)) continue
      await this.#fetchAgain(sha256)
      return false
    }
    return true
  }

  /** Takes over a new plan: keeps what is here or under way, spreads the rest over the time that is left. */
  async follow(plan: ClusterPlan): Promise<void> {
    const { clock, random, cache, tuning } = this.#parts
    const now = clock.now()
    const next = new Map<string, Wanted>()
    for (const { item, startAt } of itemsByStart(plan)) {
      const before = this.#wanted.get(item.sha256)
      if (before && before.state !== 'waiting') {
        next.set(item.sha256, before)
        continue
      }
      const jitterMs = Math.min(tuning.prefetchJitterMs, Math.max(0, startAt - now) / 4)
      const state = (await cache.has(item)) ? 'here' : 'waiting'
      const notBefore = before?.notBefore ?? now + random.next() * jitterMs
      next.set(item.sha256, {
        item,
        notBefore,
        failures: before?.failures ?? 0,
        problem: before?.problem ?? null,
        state,
      })
    }
    // A download may have ended while we looked at the disk.
    for (const [sha256, wanted] of this.#wanted)
      if (wanted.state === 'here' && next.has(sha256)) next.set(sha256, wanted)
    this.#wanted = next
    this.#waker.wake()
    this.#parts.onChange()
  }

  /** Checks every stored file against its name and fetches again, at once, what is bad or missing. */
  async refetch(): Promise<void> {
    for (const [sha256, wanted] of this.#wanted) {
      if (wanted.state === 'here' && !(await this.#parts.cache.isSound(sha256))) await this.#fetchAgain(sha256)
      if (wanted.state === 'waiting') this.#wanted.set(sha256, { ...wanted, notBefore: 0, failures: 0 })
    }
    this.#waker.wake()
    this.#parts.onChange()
  }

  /** Rejects with the signal's reason. */
  async run(signal: AbortSignal): Promise<never> {
    const { clock, tuning } = this.#parts
    for (;;) {
      const now = clock.now()
      const all = [...this.#wanted.values()]
      const waiting = all.filter((wanted) => wanted.state === 'waiting')
      const free = tuning.downloads - all.filter((wanted) => wanted.state === 'fetching').length
      for (const wanted of waiting.filter(({ notBefore }) => notBefore <= now).slice(0, free)) {
        this.#update(wanted, { state: 'fetching' })
        this.#fetch(wanted, signal).catch(() => {})
      }
      const later = Math.min(...waiting.map(({ notBefore }) => notBefore).filter((at) => at > now))
      await this.#waker.wait(clock, Math.min(3_600_000, later - now), signal)
    }
  }

  async #fetch(wanted: Wanted, signal: AbortSignal): Promise<void> {
    const { clock, journal, tuning, random } = this.#parts
    const { item } = wanted
    const outcome = await this.#try(item, signal)
    if (outcome === 'complete') this.#update(wanted, { state: 'here', failures: 0, problem: null })
    else {
      const failures = wanted.failures + 1
      const notBefore = clock.now() + retryDelay(tuning.downloadRetry, failures, random)
      this.#update(wanted, { state: 'waiting', failures, notBefore, problem: outcome === 'broken' ? null : outcome })
    }
    this.#waker.wake()
    this.#parts.onChange()
    if (outcome === 'complete' || outcome === 'broken' || this.#journalled.has(`${outcome} ${item.sha256}`)) return
    this.#journalled.add(`${outcome} ${item.sha256}`)
    await journal.add({ kind: 'refused', reason: outcome })
  }

  async #try(item: PlanItem, signal: AbortSignal): Promise<'complete' | 'broken' | 'wrong-hash' | 'disk-full'> {
    const { cache, tuning } = this.#parts
    try {
      await cache.makeRoom(item.bytes - (await cache.partBytes(item.sha256)), new Set(this.#wanted.keys()))
      const baseUrl = this.#parts.plan()?.settings.mediaBaseUrl
      return await download({ ...this.#parts, stallMs: tuning.stallMs }, item, baseUrl, signal)
    } catch (error) {
      if (signal.aborted) throw error
      return isDiskFull(error) ? 'disk-full' : 'broken'
    }
  }

  async #fetchAgain(sha256: string): Promise<void> {
    const wanted = this.#wanted.get(sha256)
    if (wanted?.state !== 'here') return
    await this.#parts.cache.discard(sha256)
    this.#wanted.set(sha256, { ...wanted, state: 'waiting', notBefore: 0 })
    this.#waker.wake()
  }

  #update(wanted: Wanted, change: Partial<Wanted>): void {
    const { sha256 } = wanted.item
    if (this.#wanted.has(sha256)) this.#wanted.set(sha256, { ...wanted, ...change })
  }
}

function itemsByStart(plan: ClusterPlan): { item: PlanItem; startAt: number }[] {
  const byStart = [...plan.occurrences].sort((a, b) => a.startAt - b.startAt)
  const seen = new Set<string>()
  return byStart.flatMap(({ items, startAt }) =>
    filesOf(items)
      .filter(({ sha256 }) => !seen.has(sha256) && seen.add(sha256))
      .map((item) => ({ item, startAt })),
  )
}
