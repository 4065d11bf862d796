import { type Insertable, type Selectable, sql } from 'kysely'
import type { ClusterId } from '#protocol/ids.ts'
import type { ClusterStatus } from '#protocol/messages.ts'
import type { Db } from '../db/open.ts'
import type { ClusterTable } from '../db/schema.ts'

const COLUMNS = [
  'cluster.id',
  'cluster.name',
  'cluster.areaCode',
  'cluster.technology',
  'cluster.latitude',
  'cluster.longitude',
  'cluster.credentialGeneration',
  'cluster.enrolledAt',
  'cluster.presence',
  'cluster.boot',
  'cluster.lastSeenAt',
  'cluster.planHeld',
  'cluster.codecs',
  'cluster.features',
  'cluster.statusJson',
] as const

export interface ClusterRow extends Selectable<ClusterTable> {
  areaName: string
  parentCode: string | null
}

const selectClusters = (db: Db) =>
  db
    .selectFrom('cluster')
    .innerJoin('area', 'area.code', 'cluster.areaCode')
    .select(COLUMNS)
    .select(['area.name as areaName', 'area.parentCode'])

export async function insertCluster(db: Db, row: Insertable<ClusterTable>): Promise<void> {
  await db.insertInto('cluster').values(row).execute()
}

export async function findCluster(db: Db, id: ClusterId): Promise<ClusterRow | null> {
  return (await selectClusters(db).where('cluster.id', '=', id).executeTakeFirst()) ?? null
}

export async function clustersOfArea(db: Db, areaCode: string): Promise<ClusterRow[]> {
  return selectClusters(db).where('cluster.areaCode', '=', areaCode).orderBy('cluster.id').execute()
}

export async function clusterNames(db: Db): Promise<Pick<ClusterTable, 'id' | 'name'>[]> {
  return db.selectFrom('cluster').select(['id', 'name']).orderBy('id').execute()
}

export async function listClusters(
  db: Db,
  filter: {
    areaCode: string | undefined
    scope: readonly string[] | null
    after: { at: number; id: string } | null
    limit: number
  },
): Promise<ClusterRow[]> {
  let select = selectClusters(db)
  const { areaCode, scope, after } = filter
  if (areaCode) {
    select = select.where((eb) => eb.or([eb('area.code', '=', areaCode), eb('area.parentCode', '=', areaCode)]))
  }
  if (scope) {
    select = select.where((eb) => eb.or([eb('area.code', 'in', [...scope]), eb('area.parentCode', 'in', [...scope])]))
  }
  if (after) {
    select = select.where((eb) =>
      eb.or([
        eb('cluster.enrolledAt', '>', after.at),
        eb.and([eb('cluster.enrolledAt', '=', after.at), eb('cluster.id', '>', after.id as ClusterId)]),
      ]),
    )
  }
  return select.orderBy('cluster.enrolledAt').orderBy('cluster.id').limit(filter.limit).execute()
}

/** What a broker must know of a cluster to let it in. */
export interface ClusterAccess {
  readonly clusterId: ClusterId
  readonly generation: number
  readonly areaCodes: string[]
}

const toAccess = (row: Pick<ClusterRow, 'id' | 'credentialGeneration' | 'areaCode' | 'parentCode'>): ClusterAccess => ({
  clusterId: row.id,
  generation: row.credentialGeneration,
  areaCodes: row.parentCode ? [row.areaCode, row.parentCode] : [row.areaCode],
})

export async function findAccess(db: Db, id: string): Promise<ClusterAccess | null> {
  const row = await findCluster(db, id as ClusterId)
  return row ? toAccess(row) : null
}

export async function allAccess(db: Db): Promise<ClusterAccess[]> {
  return (await selectClusters(db).execute()).map(toAccess)
}

/**
 * Takes a presence message unless a later boot has spoken before: the will of a session that has died must not mark
 * its successor offline. False when it was stale or changed nothing.
 */
export async function recordPresence(
  db: Db,
  id: ClusterId,
  presence: { state: 'online' | 'offline'; boot: number; at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cluster')
    .set({ presence: presence.state, boot: presence.boot, lastSeenAt: presence.at })
    .where('id', '=', id)
    .where('boot', '<=', presence.boot)
    .where((eb) => eb.or([eb('presence', '!=', presence.state), eb('boot', '<', presence.boot)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Keeps the latest status. A cluster that counts as offline only because nothing was heard since `silentSince` is heard
 * now; one whose will has just been told stays offline.
 */
export async function recordStatus(
  db: Db,
  id: ClusterId,
  status: ClusterStatus,
  { at, silentSince }: { at: number; silentSince: number },
): Promise<void> {
  await db
    .updateTable('cluster')
    .set((eb) => ({
      statusJson: JSON.stringify(status),
      planHeld: status.planVersion,
      lastSeenAt: at,
      presence: eb
        .case()
        .when(eb.and([eb('presence', '=', 'offline'), eb('lastSeenAt', '<', silentSince)]))
        .then(sql<ClusterTable['presence']>`'online'`)
        .else(eb.ref('presence'))
        .end(),
    }))
    .where('id', '=', id)
    .execute()
}

/** Keeps what a cluster plays and can do; its area when that is news, else null. */
export async function recordAbilities(
  db: Db,
  id: ClusterId,
  abilities: { codecs: string; features: string },
): Promise<string | null> {
  const row = await db
    .updateTable('cluster')
    .set(abilities)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('codecs', '!=', abilities.codecs), eb('features', '!=', abilities.features)]))
    .returning('areaCode')
    .executeTakeFirst()
  return row?.areaCode ?? null
}

/** Marks clusters offline that should have been heard since; gives their ids. */
export async function markSilent(db: Db, heardBefore: number): Promise<ClusterId[]> {
  const rows = await db
    .updateTable('cluster')
    .set({ presence: 'offline' })
    .where('presence', '=', 'online')
    .where('lastSeenAt', '<', heardBefore)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

export async function countByPresence(db: Db): Promise<{ presence: ClusterTable['presence']; n: number }[]> {
  const rows = await db
    .selectFrom('cluster')
    .select(['presence', (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy('presence')
    .execute()
  return rows.map((row) => ({ presence: row.presence, n: Number(row.n) }))
}
