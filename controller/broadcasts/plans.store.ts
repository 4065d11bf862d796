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

/** Saves the version after `replaces` (0: none); false when another controller has saved it first. */
export async function savePlan(
  db: Db,
  plan: Omit<ClusterPlanTable, 'publishedVersion'>,
  replaces: number,
): Promise<boolean> {
  const { clusterId, ...set } = plan
  if (replaces === 0) {
    const inserted = await db
      .insertInto('clusterPlan')
      .values({ ...plan, publishedVersion: 0 })
      .onConflict((oc) => oc.column('clusterId').doNothing())
      .returning('clusterId')
      .executeTakeFirst()
    return inserted !== undefined
  }
  const { numUpdatedRows } = await db
    .updateTable('clusterPlan')
    .set(set)
    .where('clusterId', '=', clusterId)
    .where('version', '=', replaces)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Clusters whose latest plan the broker has not taken yet. */
export async function unpublished(db: Db, limit: number): Promise<ClusterId[]> {
  const rows = await db
    .selectFrom('clusterPlan')
    .select('clusterId')
    .whereRef('publishedVersion', '<', 'version')
    .orderBy('clusterId')
    .limit(limit)
    .execute()
  return rows.map((row) => row.clusterId)
}

/** Counts every plan as unpublished: a broker that keeps nothing has just started. */
export async function forgetPublished(db: Db): Promise<void> {
  await db.updateTable('clusterPlan').set({ publishedVersion: 0 }).execute()
}

export async function setPublished(db: Db, clusterId: ClusterId, version: number): Promise<void> {
  await db
    .updateTable('clusterPlan')
    .set({ publishedVersion: version })
    .where('clusterId', '=', clusterId)
    .where('publishedVersion', '<', version)
    .execute()
}
