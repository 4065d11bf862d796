import type { ClusterId } from '#protocol/ids.ts'
import type { Presence } from '#protocol/messages.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { MINUTE } from '../units.ts'
import * as clusterStore from './clusters.store.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock'>

/** A cluster reports every minute; after this long without a word it counts as offline, whatever its will said. */
export const SILENT_AFTER_MS = 5 * MINUTE

export async function recordPresence(ctx: Needs, clusterId: ClusterId, presence: Presence): Promise<void> {
  await transact(ctx, async (tx) => {
    const isNews = await clusterStore.recordPresence(tx.db, clusterId, { ...presence, at: ctx.clock.now() })
    if (isNews) await tx.event('cluster.changed', clusterId)
  })
}

/** Marks as offline who has not been heard for long. After a start, clusters first get that long to come back. */
export async function noticeSilence(ctx: Needs, startedAt: number): Promise<void> {
  const heardBefore = ctx.clock.now() - SILENT_AFTER_MS
  if (startedAt > heardBefore) return
  await transact(ctx, async (tx) => {
    for (const id of await clusterStore.markSilent(tx.db, heardBefore)) await tx.event('cluster.changed', id)
  })
}
