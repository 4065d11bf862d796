import type { EnrolCluster, EnrolledCluster } from '#protocol/http/clusters.ts'
import { ClusterId } from '#protocol/ids.ts'
import type { ClusterIdentity } from '#protocol/messages.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import { ensureStation } from '../areas/stations.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import * as clusterStore from './clusters.store.ts'
import { getCluster } from './get.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'signingKey' | 'clusterPassword' | 'mqttPublicUrl'>

/** Registers a cluster; the answer holds what the technician puts on it, with a password that is shown this once. */
export async function enrolCluster(
  ctx: Needs,
  input: { actor: Actor; cluster: EnrolCluster },
): Promise<EnrolledCluster> {
  const { actor, cluster } = input
  requirePermission(actor, 'clusters.enrol')
  await requireCoverage(ctx.db, actor, [cluster.areaCode], 'areaCode')
  const id = ClusterId.parse(ctx.newId('clu'))
  const now = ctx.clock.now()
  await transact(ctx, async (tx) => {
    await ensureStation(tx.db, cluster.areaCode, now)
    await clusterStore.insertCluster(tx.db, {
      id,
      ...cluster,
      credentialGeneration: 1,
      enrolledAt: now,
      presence: 'never',
      boot: 0,
      lastSeenAt: null,
      planHeld: 0,
      statusJson: null,
    })
    await enqueueJob(ctx, tx, { kind: 'grant-cluster', key: id, payload: { clusterId: id } })
    await enqueuePlan(ctx, tx, cluster.areaCode)
    await tx.event('cluster.changed', id)
  })
  return { cluster: await getCluster(ctx, { actor, id }), identity: await identityOf(ctx, id) }
}

/** What a cluster needs to take part: its account at the broker and the key that it obeys. */
export async function identityOf(ctx: Needs, id: ClusterId): Promise<ClusterIdentity> {
  const cluster = await clusterStore.findCluster(ctx.db, id)
  const access = await clusterStore.findAccess(ctx.db, id)
  if (!cluster || !access) throw new Error(`cluster ${id} is gone`)
  return {
    clusterId: id,
    name: cluster.name,
    areaCodes: access.areaCodes,
    mqtt: { url: ctx.mqttPublicUrl, username: id, password: ctx.clusterPassword(id, access.generation) },
    trustedKeys: [ctx.signingKey.publicJwk],
  }
}
