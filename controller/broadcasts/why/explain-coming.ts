import { type AirOccurrence, airOf, airtime } from '#protocol/rules/airtime.ts'
import { LEVELS } from '#protocol/rules/ladder.ts'
import { LEAD_IN_MS } from '#protocol/rules/lead-in.ts'
import { livePartsOf } from '#protocol/rules/relay.ts'
import type { SilentSpan } from '#protocol/rules/silences.ts'
import { lengthOf } from '../../programmes/session/airing-item.ts'
import { givenTo } from '../suit-to.ts'
import { aboutSession, explainNotGiven, explainSoundless, isOwed, type OwedSession } from './about.ts'
import type { SessionFacts, WhyFacts } from './facts.ts'
import type { Finding } from './finding.ts'

/** What is to be expected of a planned session that is still to come. */
export function explainComing(session: OwedSession, facts: WhyFacts): Finding {
  const { cluster } = facts
  const about = { ...aboutSession(session), session }
  if (session.broadcast.items.length === 0) return explainSoundless(session)
  const notGiven = explainNotGiven(session, facts)
  if (notGiven) return notGiven
  // One that is armed is in the plan that the cluster holds, however new the latest is.
  if (session.delivery.state !== 'armed' && cluster.plan.held < cluster.plan.wanted) {
    if (cluster.presence === 'online') return { ...about, kind: 'plan-not-held' }
    return { ...about, kind: 'offline', lastSeenAt: cluster.lastSeenAt }
  }
  const isSent = session.delivery.state === 'armed' || cluster.plan.sessions.has(session.broadcast.id)
  return isSent ? foreseen(session, facts) : { ...about, kind: 'plan-full' }
}

/** What the model of the air says of it, among all that the cluster is to play. */
function foreseen(session: OwedSession, facts: WhyFacts): Finding {
  const { broadcast } = session
  const about = { ...aboutSession(session), session }
  const { fates } = airtime(
    facts.sessions.filter(willSound).flatMap((one) => toOccurrence(one, facts) ?? []),
    airOf(settingsOf(facts), silencesOf(facts)),
  )
  const fate = fates.find(({ id }) => id === broadcast.id)
  const nameOf = (id: string | null): string | null =>
    facts.sessions.find((other) => other.broadcast.id === id)?.programme.name ?? null
  switch (fate?.state) {
    case 'interrupted':
      return { ...about, kind: 'will-be-cut', reason: fate.reason, by: nameOf(fate.by) }
    case 'skipped':
    case 'refused':
      return { ...about, kind: 'will-not-sound', reason: fate.reason, by: nameOf(fate.by) }
    case 'late':
    case 'played':
    case undefined: {
      const pause = fate?.held.find(({ kind }) => kind === 'paused')
      if (pause) return { ...about, kind: 'will-pause', by: nameOf(pause.by) ?? '' }
      const wait = fate?.state === 'late' ? fate.held.at(-1) : undefined
      if (fate?.state === 'late' && wait)
        return { ...about, kind: 'will-wait', by: nameOf(wait.by) ?? '', ms: fate.lateMs }
      const armed = facts.cluster.armed.get(broadcast.id) ?? null
      return { ...about, kind: 'will-play', armed, isOffline: facts.cluster.presence !== 'online' }
    }
  }
}

const willSound = (session: SessionFacts): boolean =>
  session.broadcast.status === 'planned' && session.broadcast.items.length > 0 && isOwed(session)

/** As the cluster is given it. */
function toOccurrence({ broadcast }: SessionFacts, { cluster, encodings }: WhyFacts): AirOccurrence | null {
  const { id, startAt, level } = broadcast
  const { items, lack } = givenTo(broadcast, cluster.abilities, encodings)
  if (lack !== null) return null
  const { startPolicy, maxLateMs, onInterrupt } = LEVELS[level]
  return { id, startAt, level, startPolicy, maxLateMs, onInterrupt, ms: lengthOf(items), live: livePartsOf(items) }
}

const silencesOf = ({ silences, cluster }: WhyFacts): SilentSpan[] =>
  silences.filter(({ clusters }) => clusters === 'all' || clusters.includes(cluster.id))

const settingsOf = ({ quietHours, timeZone }: WhyFacts) => ({ leadInMs: LEAD_IN_MS, delayMs: 0, quietHours, timeZone })
