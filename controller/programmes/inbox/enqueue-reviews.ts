import { civilTime } from '#protocol/rules/civil-time.ts'
import { DEFAULT_STATION } from '../../areas/stations.ts'
import type { Context } from '../../context.ts'
import type { Tx } from '../../db/transact.ts'
import { enqueueJob } from '../../jobs/enqueue.ts'
import * as inboxStore from './inbox.store.ts'

type Needs = Pick<Context, 'clock' | 'newId'>

/** Has somebody look at what became of a bulletin in a commune, in the transaction of whatever made that necessary. */
export async function enqueueReview(ctx: Needs, tx: Tx, { areaCode, bulletinId }: inboxStore.InboxKey): Promise<void> {
  const payload = { areaCode, bulletinId }
  await enqueueJob(ctx, tx, { kind: 'review-inbox', key: `${areaCode}/${bulletinId}`, payload })
}

/** The same for all that a change of sessions, or time alone, may have moved; null: in every commune. */
export async function enqueueReviews(ctx: Needs, tx: Tx, areaCode: string | null): Promise<void> {
  const now = ctx.clock.now()
  const { date: today } = civilTime(now, DEFAULT_STATION.timeZone)
  for (const key of await inboxStore.itemsToReview(tx.db, areaCode, { now, today })) await enqueueReview(ctx, tx, key)
}
