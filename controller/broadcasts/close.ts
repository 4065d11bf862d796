import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import * as journalStore from '../clusters/journal.store.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import { enqueueReviews } from '../programmes/inbox/enqueue-reviews.ts'
import { airtimeOf } from '../programmes/session/airing-item.ts'
import { countSession } from '../reports/count-session.ts'
import { enqueueReport } from '../sources/enqueue-report.ts'
import { abilitiesOf } from './abilities.ts'
import * as broadcastStore from './broadcasts.store.ts'
import { MAX_LATE_MS } from './compile-plan.ts'
import * as deliveryStore from './deliveries.store.ts'
import { encodingsFor } from './encodings-for.ts'
import { type DeliveryOutcome, isFinal, reconcile, unheardOf } from './reconcile.ts'
import { type Given, givenTo } from './suit-to.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config' | 'source' | 'log'> & {
  readonly ffmpeg: Pick<Context['ffmpeg'], 'encoders'>
}

/**
 * Closes a session that has begun once every delivery has ended; its report goes to the source in the same transaction.
 * One that is still to come stays open: a cluster that has refused it may yet be let off, or another be added.
 */
export async function closeIfComplete(
  ctx: Pick<Needs, 'clock' | 'newId' | 'source'>,
  tx: Tx,
  broadcast: broadcastStore.StoredBroadcast,
): Promise<void> {
  if (ctx.clock.now() < broadcast.startAt) return
  if ((await deliveryStore.openDeliveries(tx.db, broadcast.id)).length > 0) return
  if (!(await broadcastStore.closePlanned(tx.db, broadcast.id, ctx.clock.now()))) return
  await countSession(tx.db, broadcast)
  await enqueueReport(ctx, tx, broadcast.id)
  await enqueueReviews(ctx, tx, broadcast.areaCode)
}

/**
 * Closes sessions whose last cluster should long have answered. What no journal tells of is `unknown`; a journal that
 * arrives later still corrects it.
 */
export async function closeOverdue(ctx: Needs): Promise<void> {
  const endedBefore = ctx.clock.now() - MAX_LATE_MS - ctx.config.ledgerGraceMs
  for (const { id } of await broadcastStore.overdue(ctx.db, endedBefore)) {
    // One that cannot be closed must not keep the others open.
    await transact(ctx, (tx) => closeOne(ctx, tx, id)).catch((err: unknown) =>
      ctx.log.error({ err, broadcastId: id }, 'session not closed; it will be tried again'),
    )
  }
}

async function closeOne(ctx: Needs, tx: Tx, id: BroadcastId): Promise<void> {
  const broadcast = await broadcastStore.lockBroadcast(tx.db, id)
  if (broadcast?.status !== 'planned') return
  const open = await deliveryStore.openDeliveries(tx.db, id)
  const told = await journalStore.entriesOf(tx.db, id, open)
  const given = open.length === 0 ? NOBODY : await givenOf(ctx, tx, broadcast)
  const outcomes = open.map((clusterId) => {
    const outcome = reconcile(airtimeOf(broadcast), told.get(clusterId) ?? [])
    return [clusterId, overdueOutcome(broadcast, outcome, given.get(clusterId)?.lack ?? null)] as const
  })
  await deliveryStore.saveOutcomes(tx.db, id, new Map(outcomes), ctx.clock.now())
  await closeIfComplete(ctx, tx, broadcast)
  await tx.event('broadcast.changed', id)
}

const NOBODY: ReadonlyMap<ClusterId, Given> = new Map()

/** What each cluster of the commune is given of a session. */
async function givenOf(
  { ffmpeg }: Pick<Needs, 'ffmpeg'>,
  { db }: Tx,
  broadcast: broadcastStore.StoredBroadcast,
): Promise<ReadonlyMap<ClusterId, Given>> {
  const clusters = await clusterStore.clustersOfArea(db, broadcast.areaCode)
  const able = clusters.map((cluster) => [cluster.id, abilitiesOf(cluster, ffmpeg.encoders)] as const)
  const encodings = await encodingsFor(
    db,
    able.map(([, abilities]) => abilities),
    [broadcast],
  )
  return new Map(able.map(([id, abilities]) => [id, givenTo(broadcast, abilities, encodings)]))
}

/** How a delivery ends that is still open when its time is over; `lack`: why the cluster was given nothing to play. */
function overdueOutcome(
  { items }: broadcastStore.StoredBroadcast,
  told: DeliveryOutcome,
  lack: Given['lack'],
): DeliveryOutcome {
  if (isFinal(told.state)) return told
  // What was armed was given, whatever the cluster says of itself by now.
  const wasGiven = told.startedAt !== null || (told.state === 'armed' && items.length > 0)
  const hadSound = lack === null || wasGiven
  return hadSound ? unheardOf(told) : { ...told, state: 'missed', reason: lack }
}
