import type { ClusterId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { ClusterPlanTable } from '../db/schema.ts'

export async function findPlan(db: Db, clusterId: ClusterId): Promise<ClusterPlanTable | null> {
  return (await db.selectFrom('clusterPlan').selectAll().where('clusterId', '=', clusterId).executeTakeFirst()) ?? null
}

/** What planning needs to know of the plans of these clusters. */
export async function plansOf(
  db: Db,
  clusterIds: readonly ClusterId[],
): Promise<Map<ClusterId, Pick<ClusterPlanTable, 'version' | 'contentHash' | 'validUntil'>>> {
  const rows = await db
    .selectFrom('clusterPlan')
    .select(['clusterId', 'version', 'contentHash', 'validUntil'])
    .where('clusterId', 'in', [...clusterIds])
    .execute()
  return new Map(rows.map(({ clusterId, ...plan }) => [clusterId, plan]))
}

/** Rows a statement, each with a plan of some 20 KB in it. */
const BATCH = 100

/** Saves plans of which each is the version after the stored one, or the first; says how many of them were. */
export async function savePlans(db: Db, plans: readonly Omit<ClusterPlanTable, 'publishedVersion'>[]): Promise<number> {
  let saved = 0
  for (let from = 0; from < plans.length; from += BATCH) {
    const rows = await db
      .insertInto('clusterPlan')
      .values(plans.slice(from, from + BATCH).map((plan) => ({ ...plan, publishedVersion: 0 })))
      .onConflict((oc) =>
        oc
          .column('clusterId')
          .doUpdateSet((eb) => ({
            version: eb.ref('excluded.version'),
            contentHash: eb.ref('excluded.contentHash'),
            jws: eb.ref('excluded.jws'),
            validUntil: eb.ref('excluded.validUntil'),
          }))
          .where((eb) => eb('clusterPlan.version', '=', eb('excluded.version', '-', 1))),
      )
      .returning('clusterId')
      .execute()
    saved += rows.length
  }
  return saved
}

/** What the broker is to retain of these clusters. */
export async function signedPlans(
  db: Db,
  clusterIds: readonly ClusterId[],
): Promise<Pick<ClusterPlanTable, 'clusterId' | 'version' | 'jws'>[]> {
  return db
    .selectFrom('clusterPlan')
    .select(['clusterId', 'version', 'jws'])
    .where('clusterId', 'in', [...clusterIds])
    .execute()
}

/** Clusters whose latest plan the broker has not taken yet. */
export async function unpublished(db: Db): Promise<ClusterId[]> {
  const rows = await db
    .selectFrom('clusterPlan')
    .select('clusterId')
    .whereRef('publishedVersion', '<', 'version')
    .orderBy('clusterId')
    .execute()
  return rows.map((row) => row.clusterId)
}

/** Counts every plan as unpublished: a broker that keeps nothing has just started. */
export async function forgetPublished(db: Db): Promise<void> {
  await db.updateTable('clusterPlan').set({ publishedVersion: 0 }).execute()
}

/** Notes that the broker has taken this version of these clusters' plans, if it is news. */
export async function setPublished(db: Db, clusterIds: readonly ClusterId[], version: number): Promise<void> {
  await db
    .updateTable('clusterPlan')
    .set({ publishedVersion: version })
    .where('clusterId', 'in', [...clusterIds])
    .where('publishedVersion', '<', version)
    .execute()
}
