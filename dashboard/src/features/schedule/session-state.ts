import { heardOf } from '#protocol/http/broadcasts.ts'
import type { DaySession } from '#protocol/http/days.ts'
import { totalOf } from '../../lib/tally.ts'

/** What has become of a session, or will: the words for it, and how they look. */
export type SessionState =
  | { readonly kind: 'planned' | 'foreseen' | 'airing' }
  | { readonly kind: 'closed'; readonly n: number; readonly total: number }
  /** It was called off, or its programme has it and it must not be heard. */
  | { readonly kind: 'off'; readonly by: NonNullable<DaySession['cancelledBy']> }

export function stateOf(session: Pick<DaySession, 'status' | 'cancelledBy' | 'tally'>): SessionState {
  switch (session.status) {
    case 'planned':
    case 'foreseen':
    case 'airing':
      return { kind: session.status }
    case 'closed':
      return { kind: 'closed', n: heardOf(session.tally), total: totalOf(session.tally) }
    case 'cancelled':
    case 'barred':
      return { kind: 'off', by: session.cancelledBy ?? 'planner' }
  }
}

/** Stands above ordinary programmes because a priority bulletin is in it. */
export const isPriority = ({ level }: Pick<DaySession, 'level'>): boolean => level.startsWith('priority')

const SOON_MS = 15 * 60_000

/** From shortly before its start there is nothing left to lay out: what matters then is the ledger. */
export const isForLedger = (session: Pick<DaySession, 'broadcastId' | 'startAt'>, now: number): boolean =>
  session.broadcastId !== null && Date.parse(session.startAt) - SOON_MS <= now

/** Whether it can still be given another time, be left out, or air something else. */
export const isOpen = (session: Pick<DaySession, 'status' | 'startAt'>, now: number): boolean =>
  Date.parse(session.startAt) > now && ['planned', 'foreseen', 'barred'].includes(session.status)
