import type { Why } from '#protocol/http/why.ts'
import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../../accounts/actor.ts'
import { requireCoverage } from '../../accounts/coverage.ts'
import * as stationStore from '../../areas/stations.store.ts'
import * as clusterStore from '../../clusters/clusters.store.ts'
import { notFound } from '../../errors.ts'
import { isoOf, isoOrNull } from '../../iso.ts'
import { explainMoment } from './explain-moment.ts'
import { explainSession } from './explain-session.ts'
import type { SessionFacts, WhyFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import { loadFacts, type WhyNeeds } from './load-facts.ts'
import { wordsOf } from './words.ts'

/** Says in one sentence why a cluster plays, played, will not play or did not play at an instant. */
export async function explainWhy(
  ctx: WhyNeeds,
  input: { actor: Actor; id: ClusterId; at: string; broadcastId?: BroadcastId | undefined },
): Promise<Why> {
  requirePermission(input.actor, 'clusters.read')
  const cluster = await clusterStore.findCluster(ctx.db, input.id)
  if (!cluster) throw notFound('cluster', input.id)
  await requireCoverage(ctx.db, input.actor, [cluster.areaCode])
  const station = await stationStore.findStation(ctx.db, cluster.areaCode)
  if (!station) throw notFound('station', cluster.areaCode)
  const facts = await loadFacts(ctx, { cluster, station, at: Date.parse(input.at) })
  const meant = facts.sessions.find(({ broadcast }) => broadcast.id === input.broadcastId)
  return toWhy(meant ? explainSession(meant, facts) : explainMoment(facts), facts)
}

function toWhy(finding: Finding, facts: WhyFacts): Why {
  const said = {
    clusterId: facts.cluster.id,
    at: isoOf(facts.at),
    kind: finding.kind,
    sentence: wordsOf(finding, facts),
  }
  if (finding.kind === 'no-programme')
    return { ...said, programme: null, originalDate: null, broadcast: null, delivery: null, setBy: null }
  const { programme, originalDate, session, setBy } = finding
  return {
    ...said,
    programme,
    originalDate,
    ...(session ? storedOf(session) : { broadcast: null, delivery: null }),
    setBy: setBy && { name: setBy.name, at: isoOf(setBy.at) },
  }
}

function storedOf({ broadcast, delivery }: SessionFacts): Pick<Why, 'broadcast' | 'delivery'> {
  const { id, startAt, endAt } = broadcast
  return {
    broadcast: { id, startAt: isoOf(startAt), endAt: isoOf(endAt) },
    delivery: delivery && {
      state: delivery.state,
      reason: delivery.reason,
      startedAt: isoOrNull(delivery.startedAt),
      startErrorMs: delivery.startErrorMs,
      playedMs: delivery.playedMs,
    },
  }
}
