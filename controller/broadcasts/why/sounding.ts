import type { JournalEntry } from '#protocol/messages.ts'
import { lengthOf } from '../../programmes/session/airing-item.ts'
import { MAX_LATE_MS } from '../compile-plan.ts'
import type { SessionFacts } from './facts.ts'

type Begun = Pick<SessionFacts, 'broadcast' | 'delivery' | 'endedAt'>

/**
 * When a session that a cluster has begun fell silent there. Where nothing has been heard of its end it goes on as long as
 * it takes, and through a pause too while it may still come back; null: it has not begun.
 */
export function soundedUntil(session: Begun, now: number): number | null {
  const { delivery, endedAt } = session
  if (!delivery || delivery.startedAt === null) return null
  if (endedAt !== null) return endedAt
  if (delivery.playedMs !== null) return delivery.startedAt + delivery.playedMs
  const unpausedEnd = delivery.startedAt + lengthOf(session.broadcast.items)
  return isPlaying(session, now) ? Math.max(now + 1, unpausedEnd) : unpausedEnd
}

/** Whether a cluster plays it now, or pauses it, by all that was heard; what should long have ended has lost its journal. */
export function isPlaying({ broadcast, delivery }: Begun, now: number): boolean {
  if (delivery?.state !== 'playing' || delivery.startedAt === null) return false
  return now < delivery.startedAt + lengthOf(broadcast.items) + MAX_LATE_MS
}

/** When a cluster fell silent by its own words; one that says it without how long it has sounded was off at the time. */
export function endedAtOf(journal: readonly JournalEntry[]): number | null {
  const ends = journal.filter(({ kind, ms }) => kind === 'finished' || (kind === 'interrupted' && ms !== undefined))
  return (ends.findLast(({ kind }) => kind === 'finished') ?? ends.at(-1))?.at ?? null
}

export function soundedAt(session: Begun, at: number, now: number): boolean {
  const from = session.delivery?.startedAt ?? null
  const until = soundedUntil(session, now)
  return from !== null && until !== null && from <= at && at < until
}
