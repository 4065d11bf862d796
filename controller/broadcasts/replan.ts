import type { BulletinId } from '#protocol/ids.ts'
import * as stationStore from '../areas/stations.store.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import * as inboxStore from '../programmes/inbox/inbox.store.ts'
import * as programmeStore from '../programmes/programmes.store.ts'
import { dayBegan } from './planned-days.ts'

type Needs = Pick<Context, 'clock' | 'newId'>

/** Has one commune planned again, in the transaction of whatever made that necessary; at once, or when that is. */
export async function enqueuePlan(ctx: Needs, tx: Tx, areaCode: string, delayMs = 0): Promise<void> {
  await enqueueJob(ctx, tx, { kind: 'plan-station', key: areaCode, payload: { areaCode }, delayMs })
}

/** Has every commune planned again whose active programmes name the bulletin, or in which it waits for a session. */
export async function enqueuePlansOf(ctx: Needs, tx: Tx, bulletinId: BulletinId): Promise<void> {
  const airing = await programmeStore.areasThatAir(tx.db, bulletinId)
  const waiting = await inboxStore.areasWaitingFor(tx.db, bulletinId)
  // In one order everywhere, so that two who ask for several never wait for each other.
  for (const areaCode of [...new Set([...airing, ...waiting])].sort()) await enqueuePlan(ctx, tx, areaCode)
}

/** Has every station planned again that has anything to plan. */
export async function planEverything(ctx: Needs & Pick<Context, 'db' | 'bus'>): Promise<void> {
  await enqueuePlans(ctx, await stationStore.stationsToPlan(ctx.db))
}

/** A day has begun: stations that were not planned since their midnight are planned again. All others stay as they are. */
export async function rollOn(ctx: Needs & Pick<Context, 'db' | 'bus'>): Promise<void> {
  const now = ctx.clock.now()
  const stations = await stationStore.stationsToPlan(ctx.db)
  const isOfYesterday = ({ askedAt, timeZone }: stationStore.PlannedStation) =>
    askedAt === null || askedAt < dayBegan(now, timeZone)
  await enqueuePlans(ctx, stations.filter(isOfYesterday))
}

async function enqueuePlans(
  ctx: Needs & Pick<Context, 'db' | 'bus'>,
  stations: readonly stationStore.PlannedStation[],
): Promise<void> {
  if (stations.length === 0) return
  await transact(ctx, async (tx) => {
    for (const { areaCode } of stations) await enqueuePlan(ctx, tx, areaCode)
  })
}
