import type { BulletinId } from '#protocol/ids.ts'
import * as accountStore from '../../accounts/accounts.store.ts'
import * as stationStore from '../../areas/stations.store.ts'
import * as bulletinStore from '../../bulletins/bulletins.store.ts'
import { contentOf } from '../../bulletins/content.ts'
import type { Context } from '../../context.ts'
import type { Tx } from '../../db/transact.ts'
import * as placementStore from '../placements.store.ts'
import { type Arriving, rearrival, waitingFrom } from './arrival.ts'
import { enqueueReview } from './enqueue-reviews.ts'
import * as inboxStore from './inbox.store.ts'

/**
 * Brings a bulletin whose current version has just been approved to every commune that it is for and that has a station,
 * in the transaction that approves it. What a commune has written itself it need not be told of.
 */
export async function deliverToInboxes(
  ctx: Pick<Context, 'clock' | 'newId' | 'config'>,
  tx: Tx,
  bulletinId: BulletinId,
): Promise<void> {
  const bulletin = await bulletinStore.findBulletin(tx.db, bulletinId)
  const version = bulletin && (await bulletinStore.findVersion(tx.db, bulletin.currentVersionId))
  if (!version) return
  const { class: kind, targets } = contentOf(version)
  const now = ctx.clock.now()
  const known = new Map((await inboxStore.itemsOf(tx.db, bulletinId)).map((item) => [item.areaCode, item]))
  // An emergency goes out at once, and to whom it is not for any more has nothing left to decide.
  const targeted = kind === 'emergency' ? [] : await stationStore.listStations(tx.db, targets)
  const areaCodes = targeted.map(({ areaCode }) => areaCode)
  await takeBack(
    tx,
    bulletinId,
    [...known.keys()].filter((code) => !areaCodes.includes(code)),
    now,
  )
  if (kind === 'emergency') return

  const arriving: Arriving = { class: kind, now, deadlineMs: ctx.config.inbox.deadlineMs }
  const authors = new Set(await accountStore.areaCodesOf(tx.db, bulletin.createdBy))
  const seen = areaCodes.filter((code) => known.has(code))
  const arrivals = areaCodes.filter((code) => !known.has(code) && !authors.has(code))
  await inboxStore.insertItems(
    tx.db,
    arrivals.map((areaCode) => ({ areaCode, bulletinId, isOwn: 0, ...waitingFrom(arriving) })),
  )
  for (const areaCode of seen) {
    const item = known.get(areaCode)
    const set = item && rearrival(item, arriving)
    if (!set) continue
    if (set.state === 'waiting') await placementStore.clearPlacements(tx.db, bulletinId, [areaCode], now)
    await inboxStore.changeItem(tx.db, { areaCode, bulletinId }, [item.state], set)
  }
  if (kind === 'priority')
    for (const areaCode of [...arrivals, ...seen]) await enqueueReview(ctx, tx, { areaCode, bulletinId })
  if (areaCodes.length > 0) await tx.event('inbox.changed', bulletinId)
}

async function takeBack(tx: Tx, bulletinId: BulletinId, areaCodes: readonly string[], now: number): Promise<void> {
  if (areaCodes.length === 0) return
  await placementStore.clearPlacements(tx.db, bulletinId, areaCodes, now)
  for (const areaCode of areaCodes)
    await inboxStore.changeItem(tx.db, { areaCode, bulletinId }, inboxStore.OPEN_STATES, {
      state: 'withdrawn',
      isUrgent: 0,
    })
  await tx.event('inbox.changed', bulletinId)
}
