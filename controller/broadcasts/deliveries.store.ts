import type { Delivery, DeliveryState } from '#protocol/http/broadcasts.ts'
import { Delivery as DeliverySchema } from '#protocol/http/broadcasts.ts'
import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import type { DeliveryTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'
import { isoOrNull } from '../iso.ts'
import type { DeliveryOutcome } from './reconcile.ts'

const OUTCOME = ['state', 'reason', 'startedAt', 'startErrorMs', 'playedMs', 'audible'] as const
const Reason = DeliverySchema.shape.reason

/** Where a delivery of a session stands, for planning. */
export interface Held {
  readonly broadcastId: BroadcastId
  readonly clusterId: ClusterId
  readonly state: DeliveryState
  readonly reason: Delivery['reason']
}

export async function heldOf(db: Db, broadcastIds: readonly BroadcastId[]): Promise<Held[]> {
  const rows = await db
    .selectFrom('delivery')
    .select(['broadcastId', 'clusterId', 'state', 'reason'])
    .where('broadcastId', 'in', [...broadcastIds])
    .execute()
  return rows.map((row) => ({ ...row, reason: Reason.parse(row.reason) }))
}

/** Rows a statement: SQLite takes 32,766 values in one. */
const BATCH = 1_000

/** Adds the ledger rows that are missing; ones that exist stay. */
export async function insertDeliveries(
  db: Db,
  broadcastId: BroadcastId,
  clusterIds: readonly ClusterId[],
  at: number,
): Promise<void> {
  for (let from = 0; from < clusterIds.length; from += BATCH)
    await db
      .insertInto('delivery')
      .values(
        clusterIds.slice(from, from + BATCH).map((clusterId) => ({
          broadcastId,
          clusterId,
          state: 'planned' as const,
          reason: null,
          startedAt: null,
          startErrorMs: null,
          playedMs: null,
          audible: null,
          updatedAt: at,
        })),
      )
      .onConflict((oc) => oc.columns(['broadcastId', 'clusterId']).doNothing())
      .execute()
}

/** Withdraws what was planned before it could air: on the whole broadcast, or on some clusters. */
export async function withdraw(
  db: Db,
  broadcastId: BroadcastId,
  at: number,
  from: readonly ClusterId[] | 'all' = 'all',
): Promise<void> {
  let update = db
    .updateTable('delivery')
    .set({ state: 'missed', reason: 'cancelled-here', updatedAt: at })
    .where('broadcastId', '=', broadcastId)
    .where('state', 'in', ['planned', 'armed'])
  if (from !== 'all') update = update.where('clusterId', 'in', [...from])
  await update.execute()
}

/** Nobody waits for the end of what sounds though it was called off. */
export async function giveUpPlaying(db: Db, broadcastId: BroadcastId, at: number): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'unknown', reason: 'no-journal', updatedAt: at })
    .where('broadcastId', '=', broadcastId)
    .where('state', '=', 'playing')
    .execute()
}

/** Puts withdrawn deliveries back: the planner wants the session after all. */
export async function reinstate(
  db: Db,
  broadcastId: BroadcastId,
  clusterIds: readonly ClusterId[],
  at: number,
): Promise<void> {
  if (clusterIds.length === 0) return
  await db
    .updateTable('delivery')
    .set({ state: 'planned', reason: null, updatedAt: at })
    .where('broadcastId', '=', broadcastId)
    .where('clusterId', 'in', [...clusterIds])
    .where('reason', '=', 'cancelled-here')
    .execute()
}

/** How a broadcast stands on these clusters, as far as it is planned for them. */
export async function outcomesOf(
  db: Db,
  broadcastId: BroadcastId,
  clusterIds: readonly ClusterId[],
): Promise<Map<ClusterId, DeliveryOutcome>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['clusterId', ...OUTCOME])
    .where('broadcastId', '=', broadcastId)
    .where('clusterId', 'in', [...clusterIds])
    .execute()
  return new Map(rows.map(({ clusterId, ...row }) => [clusterId, toOutcome(row)]))
}

/** How these sessions stand on one cluster, where it has anything to do with them. */
export async function outcomesOn(
  db: Db,
  clusterId: ClusterId,
  broadcastIds: readonly BroadcastId[],
): Promise<Map<BroadcastId, DeliveryOutcome>> {
  if (broadcastIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('delivery')
    .select(['broadcastId', ...OUTCOME])
    .where('clusterId', '=', clusterId)
    .where('broadcastId', 'in', [...broadcastIds])
    .execute()
  return new Map(rows.map(({ broadcastId, ...row }) => [broadcastId, toOutcome(row)]))
}

type OutcomeRow = Pick<DeliveryTable, (typeof OUTCOME)[number]>

const toOutcome = (row: OutcomeRow): DeliveryOutcome => ({
  ...row,
  reason: Reason.parse(row.reason),
  audible: row.audible === null ? null : row.audible === 1,
})

/** Writes how a broadcast stands on clusters for which it is planned. */
export async function saveOutcomes(
  db: Db,
  broadcastId: BroadcastId,
  outcomes: ReadonlyMap<ClusterId, DeliveryOutcome>,
  at: number,
): Promise<void> {
  const rows = [...outcomes].map(([clusterId, outcome]) => ({
    broadcastId,
    clusterId,
    ...outcome,
    audible: outcome.audible === null ? null : Number(outcome.audible),
    updatedAt: at,
  }))
  for (let from = 0; from < rows.length; from += BATCH)
    await db
      .insertInto('delivery')
      .values(rows.slice(from, from + BATCH))
      .onConflict((oc) =>
        oc.columns(['broadcastId', 'clusterId']).doUpdateSet((eb) => ({
          state: eb.ref('excluded.state'),
          reason: eb.ref('excluded.reason'),
          startedAt: eb.ref('excluded.startedAt'),
          startErrorMs: eb.ref('excluded.startErrorMs'),
          playedMs: eb.ref('excluded.playedMs'),
          audible: eb.ref('excluded.audible'),
          updatedAt: eb.ref('excluded.updatedAt'),
        })),
      )
      .execute()
}

export async function openDeliveries(db: Db, broadcastId: BroadcastId): Promise<ClusterId[]> {
  const rows = await db
    .selectFrom('delivery')
    .select('clusterId')
    .where('broadcastId', '=', broadcastId)
    .where('state', 'in', ['planned', 'armed', 'playing'])
    .execute()
  return rows.map((row) => row.clusterId)
}

/** Clusters that have begun a session or have ended it; what was only called off there is none of them. */
export async function begunDeliveries(db: Db, broadcastId: BroadcastId): Promise<ClusterId[]> {
  const rows = await db
    .selectFrom('delivery')
    .select('clusterId')
    .where('broadcastId', '=', broadcastId)
    .where('state', 'not in', ['planned', 'armed'])
    .where('reason', 'is distinct from', 'cancelled-here')
    .execute()
  return rows.map((row) => row.clusterId)
}

/** How many deliveries are in each state. */
export async function tallyOf(db: Db, broadcastId: BroadcastId): Promise<Partial<Record<DeliveryState, number>>> {
  return (await talliesOf(db, [broadcastId])).get(broadcastId) ?? {}
}

/** Of these broadcasts, those that a cluster is or was to air, and what kept each of them away; null: nothing. */
export async function heldByCluster(
  db: Db,
  clusterId: ClusterId,
  broadcastIds: readonly BroadcastId[],
): Promise<Map<BroadcastId, string | null>> {
  if (broadcastIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('delivery')
    .select(['broadcastId', 'reason'])
    .where('clusterId', '=', clusterId)
    .where('broadcastId', 'in', [...broadcastIds])
    .execute()
  return new Map(rows.map(({ broadcastId, reason }) => [broadcastId, reason]))
}

/** How many deliveries of each of these broadcasts are in each state. */
export async function talliesOf(
  db: Db,
  broadcastIds: readonly BroadcastId[],
): Promise<Map<BroadcastId, Partial<Record<DeliveryState, number>>>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['broadcastId', 'state', (eb) => eb.fn.countAll<number>().as('n')])
    .where('broadcastId', 'in', [...broadcastIds])
    .groupBy(['broadcastId', 'state'])
    .execute()
  const tallies = new Map<BroadcastId, Partial<Record<DeliveryState, number>>>()
  for (const { broadcastId, state, n } of rows)
    tallies.set(broadcastId, { ...tallies.get(broadcastId), [state]: Number(n) })
  return tallies
}

/** How many clusters have nothing to do with it any more: it was called off there, and they have not played it. */
export async function countWithdrawn(db: Db, broadcastId: BroadcastId): Promise<number> {
  const row = await db
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('broadcastId', '=', broadcastId)
    .where('reason', '=', 'cancelled-here')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function listDeliveries(db: Db, broadcastId: BroadcastId): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('cluster', 'cluster.id', 'delivery.clusterId')
    .selectAll('delivery')
    .select('cluster.name as clusterName')
    .where('delivery.broadcastId', '=', broadcastId)
    .orderBy('cluster.enrolledAt')
    .orderBy('cluster.id')
    .execute()
  return rows.map((row) =>
    DeliverySchema.parse({
      clusterId: row.clusterId,
      clusterName: row.clusterName,
      state: row.state,
      reason: row.reason,
      startedAt: isoOrNull(row.startedAt),
      startErrorMs: row.startErrorMs,
      playedMs: row.playedMs,
      audible: row.audible === null ? null : row.audible === 1,
    }),
  )
}
