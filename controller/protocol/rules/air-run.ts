import type { JournalReason } from '../messages.ts'
import { type AirPiece, type Blame, holdUp, leaveAt, newPiece, positionAt, release } from './air-piece.ts'
import type { Air, AirOccurrence, Airtime, Circumstances, ClockState, Fate, Outcome, Segment } from './airtime.ts'
import type { Window } from './civil-time.ts'
import { forbiddenBy, forbiddenFrom } from './forbidden.ts'
import { ON_TIME_MS, opensAt } from './lateness.ts'
import { byTurn, pauseMs } from './turn.ts'

const NEVER = Number.POSITIVE_INFINITY
const ALWAYS: readonly Window[] = [{ from: Number.NEGATIVE_INFINITY, until: NEVER }]

/** One cluster's air, from event to event in true time: nothing changes in between. */
export class AirRun {
  readonly #air: Air
  readonly #clockStates: readonly ClockState[]
  readonly #power: readonly Window[]
  readonly #segments: Segment[] = []
  readonly #fates: Fate[] = []
  #now = Number.NEGATIVE_INFINITY
  #offset = 0
  #isClockGood = true
  #isPowered = false
  /** How many states of the clock and periods of power have begun. */
  #clockSteps = 0
  #powerUps = 0
  /** Not due yet; the nearest last. */
  #upcoming: AirPiece[]
  /** Due and not begun, who stands first first. */
  #line: AirPiece[] = []
  /** Interrupted and to go on, the highest last. */
  #suspended: AirPiece[] = []
  #sounding: AirPiece | null = null
  #openedAt = 0
  #soundsFrom = 0
  /** Where in the session that is. */
  #fromMs = 0
  #endsAt = NEVER
  /** When a clock that was set makes it run into the quiet hours. */
  #cutAt = NEVER

  constructor(occurrences: readonly AirOccurrence[], air: Air, circumstances: Circumstances) {
    const { power = ALWAYS, clock = [], audioFrom, validUntil = NEVER } = circumstances
    this.#air = air
    this.#power = power
    this.#clockStates = clock
    this.#upcoming = occurrences
      .map((occurrence) =>
        newPiece(occurrence, air, { audioFrom: audioFrom?.get(occurrence.id) ?? Number.NEGATIVE_INFINITY, validUntil }),
      )
      .sort(latestFirst)
  }

  toEnd(): Airtime {
    while (this.#sounding || this.#suspended.length + this.#line.length + this.#upcoming.length > 0) {
      const next = this.#nextEvent()
      if (next === NEVER) this.#giveUp()
      else this.#advance(next)
    }
    return { segments: this.#segments, fates: this.#fates }
  }

  get #own(): number {
    return this.#now + this.#offset
  }

  get #powerChange(): number {
    const period = this.#power[this.#isPowered ? this.#powerUps - 1 : this.#powerUps]
    return (this.#isPowered ? period?.until : period?.from) ?? NEVER
  }

  #nextEvent(): number {
    let next = Math.min(this.#powerChange, this.#nextClock()?.from ?? NEVER)
    if (!this.#isPowered) return this.#powerChange === NEVER ? NEVER : next
    if (this.#sounding) next = Math.min(next, this.#endsAt, this.#cutAt)
    const upcoming = this.#upcoming.at(-1)
    if (upcoming) next = Math.min(next, upcoming.due - this.#offset)
    for (const piece of this.#line) {
      next = Math.min(next, piece.last.at + 1 - this.#offset)
      if (piece.audioFrom > this.#now) next = Math.min(next, piece.audioFrom)
    }
    const takesOverAt = (this.#first()?.takesOverAt ?? 0) - this.#offset
    if (takesOverAt > this.#now) next = Math.min(next, takesOverAt)
    for (const piece of this.#suspended) next = Math.min(next, this.#lastResume(piece).at + 1)
    return next
  }

  /** Ends come before beginnings, and both before anybody's patience is measured. */
  #advance(to: number): void {
    this.#now = to
    this.#finish()
    this.#setClock()
    this.#switchPower()
    if (!this.#isPowered) return
    for (let piece = this.#upcoming.at(-1); piece && piece.due <= this.#own; piece = this.#upcoming.at(-1)) {
      this.#upcoming.pop()
      this.#line.push(piece)
      this.#line.sort(inTurn)
    }
    this.#dismiss()
    this.#begin()
    this.#noteHolds()
  }

  #finish(): void {
    const piece = this.#sounding
    if (!piece || Math.min(this.#endsAt, this.#cutAt) > this.#now) return
    const isWhole = this.#endsAt <= this.#now
    this.#fallSilent(piece)
    if (isWhole) this.#settle(piece, { state: piece.lateMs > ON_TIME_MS ? 'late' : 'played', lateMs: piece.lateMs })
    else this.#close(piece, forbiddenBy(this.#air, this.#own), null)
  }

  #setClock(): void {
    for (let state = this.#nextClock(); state && state.from <= this.#now; state = this.#nextClock()) {
      this.#clockSteps++
      this.#isClockGood = state.isGood
      if (state.offsetMs !== this.#offset) this.#step(state.offsetMs)
    }
  }

  #nextClock(): ClockState | undefined {
    return this.#clockStates[this.#clockSteps]
  }

  /** Samples keep their pace whatever the clock says; only the quiet hours silence what sounds. */
  #step(offset: number): void {
    this.#offset = offset
    this.#lineUpAgain()
    if (!this.#sounding) return
    this.#measureLateness(this.#sounding)
    this.#cutAt = forbiddenFrom(this.#sounding.occurrence.level, this.#air, this.#own) - offset
    this.#finish()
  }

  #switchPower(): void {
    while (this.#powerChange <= this.#now) {
      this.#isPowered = !this.#isPowered
      if (this.#isPowered) this.#powerUps++
      if (this.#isPowered) this.#lineUpAgain()
      else this.#losePower()
    }
  }

  #losePower(): void {
    const cut = [...(this.#sounding ? [this.#sounding] : []), ...this.#suspended.splice(0)]
    if (this.#sounding) this.#fallSilent(this.#sounding)
    // It had begun, so nobody knows better than that it may have been heard.
    for (const piece of cut)
      this.#settle(piece, { state: 'interrupted', lateMs: piece.lateMs, reason: 'power-lost', by: null })
    for (const piece of this.#line) this.#forget(piece)
  }

  /** The clock was set, or the cluster has booted: what is due is another question now. */
  #lineUpAgain(): void {
    const waiting = [...this.#line, ...this.#upcoming]
    this.#line = waiting.filter(({ due }) => due <= this.#own).sort(inTurn)
    this.#upcoming = waiting.filter(({ due }) => due > this.#own).sort(latestFirst)
    for (const piece of this.#upcoming) this.#forget(piece)
  }

  #forget(piece: AirPiece): void {
    release(piece, this.#now)
    piece.blame = null
  }

  /** No power will ever come. */
  #giveUp(): void {
    for (const piece of [...this.#line.splice(0), ...this.#upcoming.splice(0).reverse()])
      this.#settle(piece, { state: 'skipped', reason: 'power-lost', by: null })
  }

  /** Settles whose last moment has passed. */
  #dismiss(): void {
    const late = this.#line.filter(({ last }) => last.at < this.#own)
    for (const piece of late) {
      const { blame, last, due } = piece
      this.#line.splice(this.#line.indexOf(piece), 1)
      if (last.reason === 'too-late') this.#settle(piece, blame ?? TOO_LATE)
      else {
        const at = forbiddenFrom(piece.occurrence.level, this.#air, due)
        const reason = last.reason === 'expired' ? last.reason : forbiddenBy(this.#air, at)
        this.#settle(piece, { state: 'refused', reason, by: blame?.by ?? null })
      }
    }
    for (const piece of [...this.#suspended]) {
      const last = this.#lastResume(piece)
      if (last.at >= this.#now) continue
      this.#suspended.splice(this.#suspended.indexOf(piece), 1)
      this.#close(piece, last.reason, piece.hold?.by ?? null)
    }
  }

  /** Until when, in true time, what was interrupted may go on. */
  #lastResume(piece: AirPiece): { readonly at: number; readonly reason: JournalReason } {
    const { occurrence, pausedAt, positionMs, live } = piece
    const { leadInMs } = this.#air
    const restMs = occurrence.ms - (live ? live.endMs : positionMs)
    // Of a relay at its end nothing is left to go on with.
    const beforeItsEnd = live && restMs === 0 ? live.until - leadInMs - 1 : NEVER
    const patient = Math.min(pausedAt + pauseMs(occurrence), beforeItsEnd)
    const from = forbiddenFrom(occurrence.level, this.#air, this.#own)
    const isTooLong = live && live.until + restMs > from - this.#offset
    const beforeQuiet = isTooLong ? pausedAt - 1 : from - leadInMs - restMs - this.#offset
    if (beforeQuiet <= patient) return { at: beforeQuiet, reason: forbiddenBy(this.#air, from) }
    return { at: patient, reason: this.#trustsClock(piece) ? 'higher-level' : 'clock-bad' }
  }

  #trustsClock = (piece: AirPiece): boolean => this.#isClockGood || piece.occurrence.level === 'emergency'

  #isReady = (piece: AirPiece): boolean => this.#trustsClock(piece) && piece.audioFrom <= this.#now

  #first(): AirPiece | undefined {
    return this.#line.find(this.#isReady)
  }

  /** Who is first in line takes the air, if it is free or may be taken; equals that were interrupted go before it. */
  #begin(): void {
    const first = this.#first()
    const current = this.#sounding
    const paused = this.#suspended.at(-1)
    if (!current && paused && this.#trustsClock(paused) && paused.rank >= (first?.rank ?? 0)) {
      this.#suspended.pop()
      this.#open(paused, this.#now + this.#air.leadInMs)
      return
    }
    if (!first || (current && (first.rank <= current.rank || first.takesOverAt > this.#own))) return
    if (current) this.#giveWay(current, first)
    this.#line.splice(this.#line.indexOf(first), 1)
    // A slow timer shortens the lead-in, but nothing sounds before it is there.
    const opened = opensAt(this.#own, first.due) - this.#offset
    const soundsFrom = Math.max(this.#now, opened + this.#air.leadInMs)
    this.#open(first, soundsFrom)
  }

  #open(piece: AirPiece, soundsFrom: number): void {
    release(piece, this.#now)
    this.#sounding = piece
    this.#openedAt = this.#now
    this.#soundsFrom = soundsFrom
    this.#fromMs = positionAt(piece, soundsFrom)
    this.#endsAt = soundsFrom + piece.occurrence.ms - this.#fromMs
    this.#cutAt = NEVER
    this.#measureLateness(piece)
  }

  /** By its own clock, when its first sample sounds. */
  #measureLateness(piece: AirPiece): void {
    if (piece.hasStarted || this.#soundsFrom < this.#now) return
    piece.lateMs = this.#soundsFrom + this.#offset - piece.due - this.#air.leadInMs
  }

  #giveWay(piece: AirPiece, to: AirPiece): void {
    this.#fallSilent(piece)
    if (piece.occurrence.onInterrupt === 'close') {
      this.#close(piece, 'higher-level', to.occurrence.id)
      return
    }
    piece.pausedAt = this.#now
    this.#suspended.push(piece)
  }

  #fallSilent(piece: AirPiece): void {
    this.#sounding = null
    if (this.#now >= this.#soundsFrom) {
      const passedMs = this.#now - this.#soundsFrom
      piece.soundedMs += passedMs
      leaveAt(piece, this.#fromMs + passedMs, this.#now)
    }
    // A clock that was set into the quiet hours silences it before the sample that is due just now.
    piece.hasStarted ||= this.#now > this.#soundsFrom || (this.#now === this.#soundsFrom && this.#cutAt > this.#now)
    if (this.#now > this.#openedAt)
      this.#segments.push({ id: piece.occurrence.id, from: this.#openedAt, until: this.#now })
  }

  /** Ends what had begun. */
  #close(piece: AirPiece, reason: JournalReason, by: string | null): void {
    const { lateMs, hasStarted } = piece
    if (hasStarted) this.#settle(piece, { state: 'interrupted', lateMs, reason, by })
    else this.#settle(piece, { state: 'skipped', reason, by })
  }

  #settle(piece: AirPiece, outcome: Outcome): void {
    release(piece, this.#now)
    const { occurrence, soundedMs, held } = piece
    this.#fates.push({ id: occurrence.id, at: this.#now, soundedMs, held, ...outcome })
  }

  /** Who stands in whose way from now on. */
  #noteHolds(): void {
    const first = this.#first()
    for (const piece of this.#line) {
      piece.blame = this.#blameFor(piece, first)
      holdUp(piece, 'waiting', piece.blame.by, this.#now)
    }
    for (const piece of this.#suspended) holdUp(piece, 'paused', this.#sounding?.occurrence.id ?? null, this.#now)
  }

  #blameFor(piece: AirPiece, first: AirPiece | undefined): Blame {
    if (!this.#trustsClock(piece)) return { state: 'refused', reason: 'clock-bad', by: null }
    if (piece.audioFrom > this.#now) return { state: 'skipped', reason: 'audio-missing', by: null }
    const ahead = first === piece ? undefined : first
    const inItsWay = [this.#sounding, this.#suspended.at(-1), ahead].filter((other) => other != null)
    const isHigher = inItsWay.some((other) => other.rank > piece.rank)
    const current = this.#sounding && this.#sounding.rank >= piece.rank ? this.#sounding : (ahead ?? this.#sounding)
    return { state: 'skipped', reason: isHigher ? 'higher-level' : 'too-late', by: current?.occurrence.id ?? null }
  }
}

const TOO_LATE = { state: 'skipped', reason: 'too-late', by: null } as const

const inTurn = (a: AirPiece, b: AirPiece): number => byTurn(a.occurrence, b.occurrence)

const latestFirst = (a: AirPiece, b: AirPiece): number => b.due - a.due || inTurn(b, a)
