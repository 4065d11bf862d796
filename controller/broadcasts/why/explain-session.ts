import { rankOf } from '#protocol/rules/ladder.ts'
import { MAX_LATE_MS } from '../compile-plan.ts'
import { aboutSession, explainNotGiven, explainSoundless, isOwed, type OwedSession } from './about.ts'
import { explainCancelled, explainNotFor, explainNotHere } from './explain-absence.ts'
import { explainComing } from './explain-coming.ts'
import type { SessionFacts, WhyFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import { isPlaying, soundedUntil } from './sounding.ts'

/** Why a stored session is, was, or will or will not be heard on the cluster. */
export function explainSession(session: SessionFacts, facts: WhyFacts): Finding {
  const { broadcast } = session
  const about = { ...aboutSession(session), session }
  if (!isOwed(session)) {
    // What has become of a session of other clusters explains nothing here.
    const notFor = session.delivery === null ? explainNotFor(session.programme, about, facts) : null
    if (notFor) return notFor
    if (broadcast.status === 'cancelled') return explainCancelled(session, facts)
    return explainNotHere(session.programme, about, facts) ?? { ...about, kind: 'replanned' }
  }
  const { state, reason } = session.delivery
  switch (state) {
    case 'played':
    case 'late':
    case 'partial':
    case 'unknown':
      return { ...about, kind: state }
    case 'interrupted':
    case 'missed':
    case 'refused':
      if (reason === 'nothing-to-play' && broadcast.dropped.length > 0) return explainSoundless(session)
      return { ...about, kind: state, reason, by: reason === 'higher-level' ? inWayOf(session, facts) : null }
    case 'planned':
    case 'armed':
    case 'playing':
      if (facts.now < broadcast.startAt && state !== 'playing') return explainComing(session, facts)
      return explainAiring(session, facts)
  }
}

function explainAiring(session: OwedSession, facts: WhyFacts): Finding {
  const about = { ...aboutSession(session), session }
  const { broadcast, delivery } = session
  const others = othersOf(session, facts).filter((other) => isPlaying(other, facts.now))
  const higher = others.find((other) => isAbove(other, session))
  if (delivery.state === 'playing') {
    if (!isPlaying(session, facts.now)) return { ...about, kind: 'unreported' }
    return higher ? { ...about, kind: 'paused', by: higher.programme.name } : { ...about, kind: 'playing' }
  }
  if (broadcast.items.length === 0) return explainSoundless(session)
  const notGiven = explainNotGiven(session, facts)
  if (notGiven) return notGiven
  const [first] = others
  return first ? { ...about, kind: 'waiting', by: (higher ?? first).programme.name } : { ...about, kind: 'unreported' }
}

const othersOf = (session: OwedSession, { sessions }: WhyFacts): OwedSession[] =>
  sessions.filter(isOwed).filter((other) => other.broadcast.id !== session.broadcast.id)

const isAbove = (one: OwedSession, other: OwedSession): boolean =>
  rankOf(one.broadcast.level) > rankOf(other.broadcast.level)

/** The programme of a higher level that sounded, or was to sound, at the same time. */
function inWayOf(session: OwedSession, facts: WhyFacts): string | null {
  const { startAt, endAt } = session.broadcast
  const higher = othersOf(session, facts).find((other) => {
    const from = other.delivery.startedAt ?? other.broadcast.startAt
    const until = soundedUntil(other, facts.now) ?? other.broadcast.endAt
    return isAbove(other, session) && from < endAt + MAX_LATE_MS && until > startAt
  })
  return higher?.programme.name ?? null
}
