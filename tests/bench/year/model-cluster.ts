import type { ClusterId } from '#protocol/ids.ts'
import type { ClusterPlan, JournalBatch, JournalEntry } from '#protocol/messages.ts'
import { type Air, type AirOccurrence, airOf, airtime, type Circumstances, type Fate } from '#protocol/rules/airtime.ts'
import { filesOf, livePartsOf } from '#protocol/rules/relay.ts'
import type { Random } from '../../../firmware-sim/random.ts'
import { isWithin, nextIn, type Weather } from './weather.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

interface HeldOccurrence extends AirOccurrence {
  readonly files: readonly string[]
}

/** What all clusters with the same edition of a plan hold. */
export interface HeldEdition {
  readonly occurrences: readonly HeldOccurrence[]
  readonly air: Air
}

export interface HeldPlan {
  readonly version: number
  readonly issuedAt: number
  readonly validUntil: number
  readonly edition: HeldEdition
}

/** What a cluster has sounded of one broadcast, in true time, and by which plan. */
export interface Play {
  readonly id: string
  readonly from: number
  readonly until: number
  readonly state: Fate['state']
  /** Of the whole broadcast. */
  readonly soundedMs: number
  /** How long others were in its way. */
  readonly heldMs: number
  /** When the plan was issued that it obeyed, and what start it named. */
  readonly issuedAt: number
  readonly startAt: number
}

export const editionOf = ({ occurrences, settings }: Pick<ClusterPlan, 'occurrences' | 'settings'>): HeldEdition => ({
  occurrences: occurrences.map(({ items, ...occurrence }) => ({
    ...occurrence,
    ms: items.reduce((sum, { ms }) => sum + ms, 0),
    live: livePartsOf(items),
    files: filesOf(items).map(({ sha256 }) => sha256),
  })),
  air: airOf(settings),
})

/** A cluster as the model of the air plays it: it turns plans and weather into what it sounds and journals. */
export class ModelCluster {
  readonly id: ClusterId
  readonly weather: Weather
  readonly plays: Play[] = []
  /** Broadcasts of which its journal has an end. */
  readonly told = new Set<string>()
  readonly #random: Random
  readonly #logId: string
  /** How far ahead its clock has ever been. */
  readonly #farthestAhead: number
  readonly #settled = new Map<string, number>()
  readonly #fetched = new Map<string, number>()
  /** When it first heard of what a plan names: nothing begins before. */
  readonly #heardOf = new Map<string, number>()
  #plan: HeldPlan | null = null
  #settledUntil = Number.NEGATIVE_INFINITY
  #nextDue = Number.POSITIVE_INFINITY
  /** Happened, but nobody can be told yet: entries come into the journal in the order of these instants. */
  #untold: { readonly at: number; readonly entry: Omit<JournalEntry, 'seq'> }[] = []
  #journal: JournalEntry[] = []
  #seq = 0

  constructor(id: ClusterId, weather: Weather, random: Random) {
    this.id = id
    this.weather = weather
    this.#random = random
    this.#logId = random.text(16)
    this.#farthestAhead = Math.max(...weather.clock.map(({ offsetMs }) => offsetMs), 0)
  }

  get version(): number {
    return this.#plan?.version ?? 0
  }

  isOnline(at: number): boolean {
    return isWithin(this.weather.power, at) && isWithin(this.weather.network, at)
  }

  /** Obeys a plan once what sounds has ended; what it no longer holds and was due is not begun. */
  receive(plan: HeldPlan, at: number): void {
    if (plan.version <= this.version) return
    const obeyedAt = this.advance(at)
    const before = this.#plan?.edition.occurrences ?? []
    this.#plan = plan
    for (const { id, startAt } of before)
      if (startAt <= obeyedAt && !this.#settled.has(id) && !plan.edition.occurrences.some((one) => one.id === id))
        this.#settle({ id, startAt }, [{ at: obeyedAt, kind: 'skipped', reason: 'cancelled' }])
    for (const { id, files } of plan.edition.occurrences) {
      if (!this.#heardOf.has(id)) this.#heardOf.set(id, obeyedAt)
      for (const file of files) if (!this.#fetched.has(file)) this.#fetched.set(file, this.#fetchedAt(obeyedAt))
    }
    this.#seekDue()
  }

  /** A download begins after some jitter and waits for power and network. */
  #fetchedAt(at: number): number {
    const { power, network } = this.weather
    return nextIn(power, network, at + Math.round(this.#random.next() * 5 * MINUTE))
  }

  /** Lets time pass up to an instant, or until what sounds then has ended; says until when. */
  advance(to: number): number {
    const plan = this.#plan
    if (!plan || this.#nextDue > to + this.#farthestAhead) return to
    for (let until = to; ; ) {
      const due = plan.edition.occurrences.filter(
        ({ id, startAt }) => startAt <= until + this.#farthestAhead && !this.#settled.has(id),
      )
      const { segments, fates } = airtime(due, plan.edition.air, this.#circumstances(due, plan))
      // What waited for it begins just as it ends.
      const sounding = segments.filter((one) => one.from <= until && one.until > until).map((one) => one.until)
      const paused = fates.flatMap(({ held }) =>
        held.filter((one) => one.kind === 'paused' && one.from <= until && one.until > until).map((one) => one.until),
      )
      const later = Math.max(until, ...sounding, ...paused)
      if (later > until) {
        until = later
        continue
      }
      for (const fate of fates) {
        const occurrence = due.find(({ id }) => id === fate.id)
        if (!occurrence || fate.at > until) continue
        const own = segments.filter(({ id }) => id === fate.id)
        const heldMs = fate.held.reduce((ms, one) => ms + one.until - one.from, 0)
        const { state, soundedMs } = fate
        for (const segment of own)
          this.plays.push({
            ...segment,
            state,
            soundedMs,
            heldMs,
            issuedAt: plan.issuedAt,
            startAt: occurrence.startAt,
          })
        this.#settle(occurrence, this.#storyOf(fate, occurrence, plan.edition.air, own[0]?.from ?? fate.at))
      }
      this.#settledUntil = until
      this.#seekDue()
      return until
    }
  }

  #seekDue(): void {
    const open = this.#plan?.edition.occurrences.filter(({ id }) => !this.#settled.has(id)) ?? []
    this.#nextDue = Math.min(...open.map(({ startAt }) => startAt))
  }

  #circumstances(due: readonly HeldOccurrence[], { validUntil }: HeldPlan): Circumstances {
    const since = Math.min(this.#settledUntil, ...due.map(({ startAt }) => startAt)) - HOUR
    const { power, clock } = this.weather
    const firstState = clock.findLastIndex(({ from }) => from <= since)
    const missing = due.flatMap(({ id, files }) => {
      const at = Math.max(this.#heardOf.get(id) ?? 0, ...files.map((file) => this.#fetched.get(file) ?? 0))
      return at > since ? [[id, at] as const] : []
    })
    return {
      power: power.filter(({ until }) => until > since),
      clock: clock.slice(Math.max(0, firstState)),
      audioFrom: new Map(missing),
      validUntil,
    }
  }

  #storyOf(fate: Fate, { startAt }: HeldOccurrence, air: Air, from: number): Told[] {
    const { state, soundedMs, at } = fate
    if (state === 'skipped' || state === 'refused') return [{ at, kind: state, reason: fate.reason }]
    // It measures itself by its own clock.
    const firstSample = startAt + air.leadInMs + air.delayMs + fate.lateMs
    const started = { at: Math.min(at, from), ownAt: firstSample, kind: 'started' as const, offsetMs: fate.lateMs }
    if (state !== 'interrupted') return [started, { at, kind: 'finished', ms: soundedMs, audible: true }]
    if (fate.reason !== 'power-lost') return [started, { at, kind: 'interrupted', reason: fate.reason, ms: soundedMs }]
    // It writes of what the power cut when it boots.
    const boot = this.weather.power.find(({ from }) => from > at)?.from
    const end = boot === undefined ? [] : [{ at: boot, kind: 'interrupted' as const, reason: fate.reason }]
    return soundedMs > 0 ? [started, ...end] : end
  }

  #settle({ id, startAt }: { readonly id: string; readonly startAt: number }, story: readonly Told[]): void {
    this.#settled.set(id, startAt)
    if (story.length > 0) this.told.add(id)
    const occurrenceId = id as NonNullable<JournalEntry['occurrenceId']>
    for (const { at, ownAt, ...said } of story) {
      const state = this.weather.clock.findLast(({ from }) => from <= at)
      const own = Math.round(ownAt ?? at + (state?.offsetMs ?? 0))
      this.#untold.push({ at, entry: { bootId: 'boot', occurrenceId, at: own, ...said } })
    }
  }

  /** What it sends when it is online. */
  batchAt(at: number): JournalBatch | null {
    const told = this.#untold.filter((one) => one.at <= at).sort((a, b) => a.at - b.at)
    if (told.length > 0) {
      this.#untold = this.#untold.filter((one) => one.at > at)
      for (const { entry } of told) this.#journal.push({ ...entry, seq: ++this.#seq })
    }
    return this.#journal.length === 0 ? null : { logId: this.#logId, entries: this.#journal.slice(0, 200) }
  }

  acknowledge(seq: number): void {
    this.#journal = this.#journal.filter((entry) => entry.seq > seq)
  }

  /** Forgets marks that no plan can name any more, as the firmware does. */
  tidy(now: number): void {
    for (const [id, startAt] of this.#settled) if (startAt < now - 20 * DAY) this.#settled.delete(id)
    const planned = this.#plan?.edition.occurrences ?? []
    const ids = new Set(planned.map(({ id }) => id))
    for (const id of this.#heardOf.keys()) if (!ids.has(id)) this.#heardOf.delete(id)
    if (this.#fetched.size < 500) return
    const named = new Set(planned.flatMap(({ files }) => files))
    for (const file of this.#fetched.keys()) if (!named.has(file)) this.#fetched.delete(file)
  }
}

interface Told extends Pick<JournalEntry, 'kind' | 'reason' | 'ms' | 'offsetMs' | 'audible'> {
  /** True time. */
  readonly at: number
  /** By its own clock, where that is not what the clock showed then. */
  readonly ownAt?: number
}
