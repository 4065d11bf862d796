import type { InboxState, SessionRef } from '#protocol/http/inbox.ts'

/** Where a bulletin was placed, and what has become of that. */
export interface Standing extends SessionRef {
  readonly isSystem: boolean
  /** `lost`: its session was called off, does not take place, or is over without it. */
  readonly fate: 'ahead' | 'begun' | 'over' | 'lost'
}

/** A session of the coming days that could take a priority bulletin, or has it. */
export interface Taker extends SessionRef {
  readonly has: boolean
}

export interface Reviewed {
  readonly kind: 'ordinary' | 'priority'
  readonly state: InboxState
  /** Null while it may air. */
  readonly end: 'withdrawn' | 'expired' | null
  readonly isReady: boolean
  readonly isBack: boolean
  readonly standings: readonly Standing[]
  /** Some session to come has it, whoever put it there. */
  readonly isAhead: boolean
  /** A session with it is over since it came. */
  readonly isOver: boolean
  /** Priority: in order of their starts, those within the lead time only where they have it. */
  readonly takers: readonly Taker[]
}

/** What to write; `null` for a state that stays. */
export interface ReviewDecision {
  readonly state: InboxState
  readonly isUrgent: boolean
  readonly remove: readonly SessionRef[]
  readonly place: SessionRef | null
}

/**
 * What is to become of a bulletin in a commune by all that has happened to its sessions. A priority bulletin stands in the
 * earliest session that can take it, put there by the system unless somebody has; it is over when a session with it is.
 * Nothing is taken from a session for being withdrawn or expired: planning does that, and remembers why.
 */
export function decideReview(seen: Reviewed): ReviewDecision {
  const { standings, state } = seen
  const stays = { isUrgent: false, remove: [], place: null }
  if (seen.end) return { ...stays, state: seen.end }
  const lost = standings.filter(({ fate }) => fate === 'lost')
  const alive = standings.filter(({ fate }) => fate === 'ahead' || fate === 'begun')
  const isStanding = alive.length > 0 || seen.isAhead
  if (seen.kind === 'priority' && seen.isReady && !seen.isOver && !alive.some(({ fate }) => fate === 'begun'))
    return placeFirst(seen, lost, alive)
  if (isStanding) return { ...stays, state: 'placed', remove: lost }
  if (seen.isOver) return { ...stays, state: 'aired', remove: lost }
  const isWaiting = state === 'placed' || seen.isBack
  return { ...stays, state: isWaiting ? 'waiting' : state, remove: lost }
}

function placeFirst(seen: Reviewed, lost: readonly Standing[], alive: readonly Standing[]): ReviewDecision {
  const [first] = seen.takers
  const isFirst = (one: SessionRef): boolean =>
    one.programmeId === first?.programmeId && one.originalDate === first.originalDate
  const remove = [...lost, ...alive.filter((standing) => standing.isSystem && !isFirst(standing))]
  const isUrgent = first === undefined
  const isHeldByPeople = alive.some(({ isSystem }) => !isSystem)
  return {
    state: first || isHeldByPeople ? 'placed' : 'waiting',
    isUrgent,
    remove,
    place: first && !first.has ? first : null,
  }
}
