import type { ClusterPlan, JournalReason, PlanOccurrence } from '#protocol/messages.ts'
import { interrupts, type Level } from '#protocol/rules/ladder.ts'
import { opensAt } from '#protocol/rules/lateness.ts'
import { byTurn, dueAt, pauseMs } from '#protocol/rules/turn.ts'
import { nextStep } from '../clock.ts'
import type { Happening, Journal } from '../journal/journal.ts'
import { isDiskFull } from '../storage/disk.ts'
import { Waker } from '../waker.ts'
import { judge, lacks, type Settlement } from './judge.ts'
import type { PlayLedger } from './ledger.ts'
import { type Ending, Session, type SessionParts } from './session.ts'

export interface PlayerParts extends SessionParts {
  readonly journal: Journal
  readonly ledger: PlayLedger
  readonly plan: () => ClusterPlan | null
  readonly isClockGood: () => boolean
  readonly missing: (occurrence: PlanOccurrence) => JournalReason | null
  /** Looks once more at the stored files; false when one is damaged and on its way again. */
  readonly checkAudio: (occurrence: PlanOccurrence) => Promise<boolean>
  readonly prepareAheadMs: number
  readonly claimAheadMs: number
}

const LONGEST_WAIT_MS = 60_000

/** Plays what the plan says when its own clock says so: nothing twice, nothing lower over something higher. */
export class Player {
  readonly #parts: PlayerParts
  readonly #waker = new Waker()
  /** Opened, claimed, sounding or suspended. */
  readonly #sessions = new Map<string, Session>()
  readonly #heldFor = new Map<string, Settlement>()
  /** On their way into the journal. */
  readonly #closing = new Set<string>()
  #sounding: Session | null = null
  #suspended: Session[] = []

  constructor(parts: PlayerParts) {
    this.#parts = parts
  }

  get soundsNow(): PlanOccurrence | null {
    return this.#sounding?.occurrence ?? null
  }

  /** Something that the decision depends on has changed: plan, audio, clock. */
  wake(): void {
    this.#waker.wake()
  }

  /** Silences what sounds and what waits to go on; false when there was nothing. */
  stop(reason: JournalReason): boolean {
    const suspended = this.#suspended
    this.#suspended = []
    for (const session of suspended) this.#end(session, { kind: 'stopped', reason }).catch(() => {})
    this.#sounding?.stop({ kind: 'stopped', reason })
    return suspended.length > 0 || this.#sounding !== null
  }

  /** A new plan: what waited for its turn and is no longer in it will not be played. */
  async follow(plan: ClusterPlan, before: ClusterPlan | null): Promise<void> {
    const wanted = new Map(plan.occurrences.map((occurrence) => [occurrence.id, JSON.stringify(occurrence)]))
    for (const [id, session] of this.#sessions) {
      if (session.isClaimed || wanted.get(session.occurrence.id) === JSON.stringify(session.occurrence)) continue
      this.#sessions.delete(id)
      session.close().catch(() => {})
    }
    const now = this.#parts.clock.now()
    for (const gone of before?.occurrences ?? []) {
      if (wanted.has(gone.id) || this.#isTaken(gone) || now < dueAt(gone, plan.settings)) continue
      await this.#settle(gone, { as: 'skipped', reason: 'cancelled' })
    }
    this.wake()
  }

  /** Rejects with the signal's reason; what sounds then falls silent without a word, as at a power loss. */
  async run(signal: AbortSignal): Promise<never> {
    for (;;) {
      const wakeAt = await this.#step()
      await this.#waker.wait(this.#parts.clock, nextStep(wakeAt - this.#parts.clock.now()), signal)
    }
  }

  /** Lets go of files and decoders, once `run` has ended. */
  async dispose(): Promise<void> {
    const sessions = [...this.#sessions.values()]
    for (const session of sessions) session.stop({ kind: 'suspended' })
    await Promise.all(sessions.map((session) => session.close()))
  }

  /** Does all that is to be done now; returns when to look again. */
  async #step(): Promise<number> {
    const { clock, isClockGood, missing, prepareAheadMs } = this.#parts
    const plan = this.#parts.plan()
    if (!plan) return clock.now() + LONGEST_WAIT_MS
    // Its clock may have been set into the quiet hours.
    if (this.#sounding && this.#sounding.quietInMs <= 0) this.#sounding.stop(this.#sounding.quiet)
    let wakeAt = Math.min(clock.now() + LONGEST_WAIT_MS, await this.#giveUpPaused())
    /** Whoever has all that it needs stands in the way of those behind it. */
    const line: { readonly due: number; readonly level: Level }[] = []
    for (const occurrence of this.#candidates(plan)) {
      const due = dueAt(occurrence, plan.settings)
      const ahead = line.find((other) => other.due <= Math.max(due, clock.now()))?.level ?? null
      wakeAt = Math.min(wakeAt, await this.#advance(occurrence, plan, ahead))
      const isNear = due - prepareAheadMs <= clock.now() && !this.#isTaken(occurrence)
      if (isNear && !lacks(occurrence, { isClockGood: isClockGood(), missing: missing(occurrence) }))
        line.push({ due, level: occurrence.level })
    }
    this.#resume(line.find(({ due }) => due <= clock.now())?.level ?? null)
    return wakeAt
  }

  #candidates(plan: ClusterPlan): PlanOccurrence[] {
    return plan.occurrences.filter((occurrence) => !this.#isTaken(occurrence)).sort(byTurn)
  }

  /** It has begun or has ended. */
  #isTaken(occurrence: PlanOccurrence): boolean {
    const { id } = occurrence
    if (this.#closing.has(id) || this.#parts.ledger.stateOf(id) === 'closed') return true
    const session = this.#sessions.get(id)
    if (session) return session.hasBegun
    return this.#parts.ledger.stateOf(id) === 'claimed'
  }

  /** Takes one occurrence as far as it goes now; returns when to look at it again. */
  async #advance(occurrence: PlanOccurrence, plan: ClusterPlan, ahead: Level | null): Promise<number> {
    for (;;) {
      const view = this.#view(occurrence, plan, ahead)
      const verdict = judge(occurrence, view)
      if (verdict.kind === 'wait') {
        const isDue = view.now >= dueAt(occurrence, plan.settings)
        if (isDue && verdict.heldFor) this.#heldFor.set(occurrence.id, verdict.heldFor)
        else this.#heldFor.delete(occurrence.id)
        return verdict.until
      }
      if (verdict.kind === 'settle') {
        await this.#settle(occurrence, verdict)
        return Number.POSITIVE_INFINITY
      }
      const session = this.#sessionOf(occurrence, plan)
      if (verdict.kind === 'prepare') this.#prepare(session)
      else if (verdict.kind === 'claim') await this.#claim(session)
      else {
        this.#sound(session)
        return Number.POSITIVE_INFINITY
      }
    }
  }

  #view(occurrence: PlanOccurrence, plan: ClusterPlan, ahead: Level | null) {
    const { clock, missing, isClockGood, prepareAheadMs, claimAheadMs } = this.#parts
    const session = this.#sessions.get(occurrence.id)
    const occupant = this.#sounding ?? this.#suspended.at(-1)
    return {
      now: clock.now(),
      validUntil: plan.validUntil,
      settings: plan.settings,
      isClockGood: isClockGood(),
      missing: missing(occurrence),
      preparation: session?.preparation ?? 'none',
      isClaimed: session?.isClaimed ?? false,
      occupant: occupant ? { level: occupant.occurrence.level, isSuspended: occupant !== this.#sounding } : null,
      ahead,
      heldFor: this.#heldFor.get(occurrence.id) ?? null,
      prepareAheadMs,
      claimAheadMs,
    }
  }

  #sessionOf(occurrence: PlanOccurrence, plan: ClusterPlan): Session {
    const session = this.#sessions.get(occurrence.id) ?? new Session(this.#parts, occurrence, plan.settings)
    this.#sessions.set(occurrence.id, session)
    return session
  }

  #prepare(session: Session): void {
    session.preparation = 'opening'
    const open = async (): Promise<void> => {
      if (await this.#parts.checkAudio(session.occurrence)) await session.prepare()
      else session.preparation = 'none'
      this.wake()
    }
    open().catch(() => {
      session.preparation = 'failed'
    })
  }

  /** From here on it counts as begun, whatever happens: the promise is on the disk before the first sample sounds. */
  async #claim(session: Session): Promise<void> {
    try {
      await this.#parts.ledger.mark(session.occurrence, 'claimed')
      session.isClaimed = true
    } catch (error) {
      if (!isDiskFull(error)) throw error
      await this.#settle(session.occurrence, { as: 'skipped', reason: 'disk-full' })
    }
  }

  #sound(session: Session): void {
    const current = this.#sounding
    if (current) this.#giveWay(current)
    this.#play(session, opensAt(this.#parts.clock.now(), dueAt(session.occurrence, session.settings)))
  }

  #giveWay(current: Session): void {
    if (current.occurrence.onInterrupt === 'close') {
      current.stop({ kind: 'stopped', reason: 'higher-level' })
      return
    }
    current.suspendedAt = this.#parts.clock.uptime()
    this.#suspended.push(current)
    current.stop({ kind: 'suspended' })
  }

  #play(session: Session, openedAt: number): void {
    const { journal } = this.#parts
    const { occurrence, settings } = session
    this.#sounding = session
    const onStart = (at: number): void => {
      const offsetMs = at - dueAt(occurrence, settings) - settings.leadInMs
      journal.add({ kind: 'started', occurrenceId: occurrence.id, item: 0, offsetMs, at }).catch(() => {})
    }
    const ended = async (ending: Ending): Promise<void> => {
      if (this.#sounding === session) this.#sounding = null
      if (ending.kind !== 'suspended') {
        // Told to give way with its very last sample: it has nothing to go on with.
        this.#suspended = this.#suspended.filter((other) => other !== session)
        await this.#end(session, ending)
      }
      this.wake()
    }
    session
      .play(openedAt, onStart)
      .then(ended)
      .catch(() => {})
  }

  /** What was interrupted last goes on when the air is free and nobody higher is first in line. */
  #resume(first: Level | null): void {
    const session = this.#suspended.at(-1)
    if (!session || this.#sounding || !this.#mayResume(session)) return
    if (first !== null && interrupts(first, session.occurrence.level)) return
    this.#suspended.pop()
    this.#play(session, this.#parts.clock.now())
  }

  #mayResume({ occurrence }: Session): boolean {
    return occurrence.level === 'emergency' || this.#parts.isClockGood()
  }

  /** Closes what was interrupted for too long; returns when the next will have been. */
  async #giveUpPaused(): Promise<number> {
    const { clock } = this.#parts
    let next = Number.POSITIVE_INFINITY
    for (const session of [...this.#suspended]) {
      const pausedMs = clock.uptime() - session.suspendedAt
      const patientMs = Math.min(pauseMs(session.occurrence) - pausedMs, session.relaySlackMs)
      const beforeQuietMs = session.slackMs
      const leftMs = Math.min(patientMs, beforeQuietMs)
      if (leftMs >= 0) {
        next = Math.min(next, clock.now() + leftMs + 1)
        continue
      }
      this.#suspended = this.#suspended.filter((other) => other !== session)
      const impatient = { kind: 'stopped', reason: this.#mayResume(session) ? 'higher-level' : 'clock-bad' } as const
      await this.#end(session, beforeQuietMs <= patientMs ? session.quiet : impatient)
    }
    return next
  }

  async #end(session: Session, ending: Exclude<Ending, { kind: 'suspended' }>): Promise<void> {
    const { occurrence, soundedMs, audible, item } = session
    const heard = { ms: soundedMs, ...(audible === undefined ? {} : { audible }) }
    const isWhole = ending.kind === 'finished' && !session.isStreamLost
    if (ending.kind === 'finished')
      return this.#close(occurrence, { kind: 'finished', ...heard, ...(isWhole ? {} : { reason: 'stream-lost' }) })
    const { reason } = ending
    if (!session.hasStarted) return this.#close(occurrence, { kind: 'skipped', reason })
    return this.#close(occurrence, { kind: 'interrupted', reason, item, ...heard })
  }

  #settle(occurrence: PlanOccurrence, { as, reason }: Settlement): Promise<void> {
    return this.#close(occurrence, { kind: as, reason })
  }

  async #close(occurrence: PlanOccurrence, happening: Happening): Promise<void> {
    const { journal, ledger, plan } = this.#parts
    const { id } = occurrence
    if (this.#closing.has(id) || ledger.stateOf(id) === 'closed') return
    this.#closing.add(id)
    const settings = plan()?.settings
    const session = this.#sessions.get(id) ?? (settings ? new Session(this.#parts, occurrence, settings) : null)
    this.#sessions.delete(id)
    this.#heldFor.delete(id)
    await session?.close()
    await journal.add({ ...happening, occurrenceId: occurrence.id })
    await ledger.mark(occurrence, 'closed').catch((error) => {
      if (!isDiskFull(error)) throw error
    })
    this.#closing.delete(id)
  }
}
