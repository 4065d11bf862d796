import type { Air, AirOccurrence, Hold, Outcome } from './airtime.ts'
import { forbiddenFrom } from './forbidden.ts'
import { rankOf } from './ladder.ts'
import { dueAt, type LastMoment, lastStart, takesOverAt } from './turn.ts'

/** What to say of it if nothing changes until it is too late. */
export type Blame = Extract<Outcome, { state: 'skipped' | 'refused' }>

/** An occurrence on its way through the air. Times of its own are by the cluster's clock. */
export interface AirPiece {
  readonly occurrence: AirOccurrence
  readonly rank: number
  readonly due: number
  readonly last: LastMoment
  readonly takesOverAt: number
  /** True time. */
  readonly audioFrom: number
  lateMs: number
  soundedMs: number
  /** How far it has come when nothing of it sounds. */
  positionMs: number
  /** The relay within which it was interrupted: where it ends in the session, and when. True time. */
  live: { readonly endMs: number; readonly until: number } | null
  /** Its first sample has begun to sound. */
  hasStarted: boolean
  /** True time. */
  pausedAt: number
  blame: Blame | null
  /** Who is in its way now. */
  hold: Omit<Hold, 'until'> | null
  readonly held: Hold[]
}

export function newPiece(
  occurrence: AirOccurrence,
  air: Air,
  { audioFrom, validUntil }: { audioFrom: number; validUntil: number },
): AirPiece {
  const due = dueAt(occurrence, air)
  const quietFrom = forbiddenFrom(occurrence.level, air, due)
  const last = lastStart(occurrence, { due, lengthMs: air.leadInMs + occurrence.ms, quietFrom, validUntil })
  return {
    occurrence,
    rank: rankOf(occurrence.level),
    due,
    last,
    takesOverAt: takesOverAt(occurrence, due, last),
    audioFrom,
    lateMs: 0,
    soundedMs: 0,
    positionMs: 0,
    live: null,
    hasStarted: false,
    pausedAt: 0,
    blame: null,
    hold: null,
    held: [],
  }
}

/** From `at` on it is held up by `by`, or by nobody. True time. */
export function holdUp(piece: AirPiece, kind: Hold['kind'], by: string | null, at: number): void {
  if (piece.hold?.by === by) return
  release(piece, at)
  if (by !== null) piece.hold = { kind, by, from: at }
}

/** Nobody is in its way any more. */
export function release(piece: AirPiece, at: number): void {
  if (piece.hold && at > piece.hold.from) piece.held.push({ ...piece.hold, until: at })
  piece.hold = null
}

/** Where it goes on when its next sample sounds at `at`: a relay has run on meanwhile, and may be over. True time. */
export const positionAt = ({ positionMs, live }: AirPiece, at: number): number =>
  live ? live.endMs - Math.max(0, live.until - at) : positionMs

/** It falls silent at `at`, having come so far. True time. */
export function leaveAt(piece: AirPiece, positionMs: number, at: number): void {
  const part = piece.occurrence.live?.find(({ fromMs, ms }) => fromMs <= positionMs && positionMs < fromMs + ms)
  const endMs = part && part.fromMs + part.ms
  piece.positionMs = positionMs
  piece.live = endMs === undefined ? null : { endMs, until: at + endMs - positionMs }
}
