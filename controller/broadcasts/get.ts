import type { Broadcast, BroadcastSummary } from '#protocol/http/broadcasts.ts'
import type { BroadcastId, BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission, scopeOf } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { isoOf } from '../iso.ts'
import { cutPage, decodeCursor } from '../page.ts'
import * as programmeStore from '../programmes/programmes.store.ts'
import { bulletinsOf, partsOf } from '../programmes/session/airing-item.ts'
import * as reportStore from '../sources/reports.store.ts'
import * as listStore from './broadcast-lists.store.ts'
import * as broadcastStore from './broadcasts.store.ts'
import * as deliveryStore from './deliveries.store.ts'

type Needs = Pick<Context, 'db' | 'clock'>

export async function getBroadcast(ctx: Needs, input: { actor: Actor; id: BroadcastId }): Promise<Broadcast> {
  requirePermission(input.actor, 'programmes.read')
  const broadcast = await broadcastStore.findBroadcast(ctx.db, input.id)
  if (!broadcast) throw notFound('broadcast', input.id)
  await requireCoverage(ctx.db, input.actor, [broadcast.areaCode])
  return {
    ...(await summaryOf(ctx, broadcast)),
    rundown: partsOf(broadcast.items),
    deliveries: await deliveryStore.listDeliveries(ctx.db, input.id),
    reports: await reportStore.listReports(ctx.db, input.id),
  }
}

export async function listBroadcasts(
  ctx: Needs,
  input: {
    actor: Actor
    from?: string | undefined
    to?: string | undefined
    areaCode?: string | undefined
    bulletinId?: BulletinId | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<{ items: BroadcastSummary[]; next: string | null }> {
  requirePermission(input.actor, 'programmes.read')
  const rows = await listStore.listBroadcasts(ctx.db, {
    from: input.from ? Date.parse(input.from) : null,
    to: input.to ? Date.parse(input.to) : null,
    areaCode: input.areaCode,
    bulletinId: input.bulletinId,
    scope: scopeOf(input.actor),
    after: decodeCursor(input.cursor),
    limit: input.limit + 1,
  })
  const { page, next } = cutPage(rows, input.limit, (last) => ({ at: last.startAt, id: last.id }))
  return {
    items: await Promise.all(page.map((row) => summaryOf(ctx, row))),
    next,
  }
}

async function summaryOf(ctx: Needs, broadcast: broadcastStore.StoredBroadcast): Promise<BroadcastSummary> {
  const programme = await programmeStore.findProgramme(ctx.db, broadcast.programmeId)
  return {
    id: broadcast.id,
    programmeId: broadcast.programmeId,
    programmeName: programme?.name ?? '',
    originalDate: broadcast.originalDate,
    areaCode: broadcast.areaCode,
    level: broadcast.level,
    status: statusAt(broadcast, ctx.clock.now()),
    cancelledBy: broadcast.cancelledBy,
    startAt: isoOf(broadcast.startAt),
    endAt: isoOf(broadcast.endAt),
    bulletins: bulletinsOf(broadcast.items).map(({ id, title, languages }) => ({ id, title, languages })),
    fill: broadcast.fill,
    dropped: broadcast.dropped,
    tally: await deliveryStore.tallyOf(ctx.db, broadcast.id),
  }
}

/** On air from its start until the ledger is closed. */
export const statusAt = (broadcast: broadcastStore.StoredBroadcast, now: number): BroadcastSummary['status'] =>
  broadcast.status === 'planned' && now >= broadcast.startAt ? 'airing' : broadcast.status
