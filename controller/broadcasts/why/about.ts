import type { ClusterId } from '#protocol/ids.ts'
import { silencedBy } from '#protocol/rules/silences.ts'
import type { ProgrammeChange } from '../../programmes/changes.store.ts'
import type { StoredProgramme } from '../../programmes/programmes.store.ts'
import { targetedClusters } from '../../programmes/targets.ts'
import { MINUTE } from '../../units.ts'
import type { DeliveryOutcome } from '../reconcile.ts'
import { givenTo } from '../suit-to.ts'
import type { DeclaredSilence, SessionFacts, SetBy, WhyFacts } from './facts.ts'
import type { Finding } from './finding.ts'

/** The minute in which something begins. */
export const minuteOf = (at: number): number => at - (at % MINUTE)

/** A session that the cluster is, or was, to play. */
export type OwedSession = SessionFacts & { readonly delivery: DeliveryOutcome }

export const isOwed = (session: SessionFacts): session is OwedSession =>
  session.delivery !== null && session.delivery.reason !== 'cancelled-here'

/** Whether the cluster is one of those that a programme is meant for. */
export const isFor = ({ targets }: StoredProgramme, { areaCode, cluster }: WhyFacts): boolean =>
  targetedClusters(targets, areaCode, [cluster.id]).length > 0

export const aboutSession = ({ broadcast, programme }: SessionFacts) => ({
  programme: { id: programme.id, name: programme.name },
  originalDate: broadcast.originalDate,
  startAt: broadcast.startAt,
  setBy: null,
})

/** Why a session has nothing that sounds: nothing fits, or nothing is there yet. */
export function explainSoundless(session: SessionFacts): Finding {
  const about = { ...aboutSession(session), session }
  if (session.broadcast.dropped.length === 0) return { ...about, kind: 'no-sound-yet' }
  return { ...about, kind: 'no-room', minutes: session.programme.maxMinutes }
}

/** Why the cluster has got nothing of a session that has sound; null: it has, or had it in its plan. */
export function explainNotGiven(session: SessionFacts, { cluster, encodings }: WhyFacts): Finding | null {
  const { broadcast, delivery } = session
  if (delivery?.state === 'armed' || cluster.plan.sessions.has(broadcast.id)) return null
  const { lack } = givenTo(broadcast, cluster.abilities, encodings)
  if (lack === null) return null
  const about = { ...aboutSession(session), session }
  return lack === 'nothing-to-play'
    ? { ...about, kind: 'no-sound-yet' }
    : { ...about, kind: 'cannot-play', reason: lack }
}

export const aboutDate = ({ id, name }: StoredProgramme, originalDate: string, startAt: number) => ({
  programme: { id, name },
  originalDate,
  startAt,
  setBy: null,
  session: null,
})

const setByOf = (change: ProgrammeChange | undefined): SetBy | null =>
  change ? { name: change.byName, at: change.at } : null

/** Who has made the day different; null: nobody that is known. */
export const exceptionSetBy = ({ changes }: WhyFacts, { id }: StoredProgramme, date: string): SetBy | null =>
  setByOf(changes.find((change) => change.programmeId === id && change.date === date && change.kind === 'exception'))

export const endSetBy = ({ changes }: WhyFacts, { id }: StoredProgramme): SetBy | null =>
  setByOf(changes.find((change) => change.programmeId === id && change.kind === 'end'))

/** Who has last changed the series, or else has made it. */
export const seriesSetBy = ({ changes }: WhyFacts, { id, createdByName, createdAt }: StoredProgramme): SetBy =>
  setByOf(changes.find((change) => change.programmeId === id && change.kind === 'series')) ?? {
    name: createdByName,
    at: createdAt,
  }

/** The silence that keeps the cluster from sounding then. */
export function silenceAt(
  { silences }: WhyFacts,
  clusterId: ClusterId,
  startAt: number,
  ms: number,
): DeclaredSilence | null {
  const found = silencedBy(startAt, ms, clusterId, silences)
  return silences.find((silence) => silence === found) ?? null
}
