import { decodeJwt } from 'jose'
import type { BulletinId, ClusterId } from '#protocol/ids.ts'
import type { ClusterPlan } from '#protocol/messages.ts'
import type { Expected, ExpectedSession } from './expected.ts'
import type { World } from './world.ts'

/** What the tables say. */
export interface Found {
  readonly planned: Expected
  /** Which broadcast each session is, planned or not. */
  readonly ids: ReadonlyMap<string, string>
  readonly versions: ReadonlyMap<ClusterId, number>
  readonly jws: ReadonlyMap<ClusterId, string>
  /** What each cluster is told of the time to come: `start broadcast`. */
  readonly told: ReadonlyMap<ClusterId, readonly string[]>
  readonly planRevision: number
}

export async function findPlanned({ planner, areaCode, clusters }: World): Promise<Found> {
  const { db } = planner
  const rows = await db.selectFrom('broadcast').selectAll().where('areaCode', '=', areaCode).execute()
  const open = await db
    .selectFrom('delivery')
    .innerJoin('broadcast', 'broadcast.id', 'delivery.broadcastId')
    .select(['delivery.broadcastId', 'delivery.clusterId', 'broadcast.status'])
    .where('broadcast.areaCode', '=', areaCode)
    .where('delivery.state', 'in', ['planned', 'armed', 'playing'])
    .execute()
  const left = open.filter(({ status }) => status !== 'planned')
  if (left.length > 0) throw new Error(`a session that is called off has ${left.length} open rows in the ledger`)
  const planned = new Map<string, ExpectedSession>()
  for (const row of rows.filter(({ status }) => status === 'planned')) {
    const items: { bulletinId: BulletinId }[] = JSON.parse(row.itemsJson)
    const own = open.filter(({ broadcastId }) => broadcastId === row.id).map(({ clusterId }) => clusterId)
    planned.set(`${row.programmeId}@${row.originalDate}`, {
      startAt: row.startAt,
      bulletins: items.map(({ bulletinId }) => bulletinId),
      clusters: clusters.filter((id) => own.includes(id)),
    })
  }
  const plans = await db.selectFrom('clusterPlan').selectAll().where('clusterId', 'in', clusters).execute()
  const station = await db
    .selectFrom('station')
    .select('planRevision')
    .where('areaCode', '=', areaCode)
    .executeTakeFirstOrThrow()
  return {
    planned,
    ids: new Map(rows.map((row) => [`${row.programmeId}@${row.originalDate}`, row.id])),
    versions: new Map(plans.map(({ clusterId, version }) => [clusterId, version])),
    jws: new Map(plans.map(({ clusterId, jws }) => [clusterId, jws])),
    told: new Map(plans.map(({ clusterId, jws }) => [clusterId, startsIn(jws, planner.clock.now())])),
    planRevision: station.planRevision,
  }
}

function startsIn(jws: string, now: number): string[] {
  const { occurrences } = decodeJwt<Pick<ClusterPlan, 'occurrences'>>(jws)
  return occurrences.filter(({ startAt }) => startAt > now).map(({ id, startAt }) => `${startAt} ${id}`)
}
