import type { BulletinId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import * as programmeStore from '../programmes/programmes.store.ts'

type Needs = Pick<Context, 'clock' | 'newId'>

/** Has one commune planned again, in the transaction of whatever made that necessary. */
export async function enqueuePlan(ctx: Needs, tx: Tx, areaCode: string): Promise<void> {
  await enqueueJob(ctx, tx, { kind: 'plan-station', key: areaCode, payload: { areaCode } })
}

/** Has every commune planned again whose active programmes name the bulletin. */
export async function enqueuePlansOf(ctx: Needs, tx: Tx, bulletinId: BulletinId): Promise<void> {
  for (const areaCode of await programmeStore.areasThatAir(tx.db, bulletinId)) await enqueuePlan(ctx, tx, areaCode)
}
