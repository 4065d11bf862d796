import type { Cluster } from '#protocol/http/clusters.ts'
import type { ClusterId } from '#protocol/ids.ts'
import { ClusterStatus, type JournalEntry } from '#protocol/messages.ts'
import { type Actor, requirePermission, scopeOf } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import * as listStore from '../broadcasts/broadcast-lists.store.ts'
import * as planStore from '../broadcasts/plans.store.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { isoOf, isoOrNull } from '../iso.ts'
import { cutPage, decodeCursor } from '../page.ts'
import * as clusterStore from './clusters.store.ts'
import * as journalStore from './journal.store.ts'

type Needs = Pick<Context, 'db' | 'clock'>

export async function getCluster(ctx: Needs, input: { actor: Actor; id: ClusterId }): Promise<Cluster> {
  return toCluster(ctx, await readable(ctx, input))
}

export async function listClusters(
  ctx: Needs,
  input: { actor: Actor; areaCode?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: Cluster[]; next: string | null }> {
  requirePermission(input.actor, 'clusters.read')
  const rows = await clusterStore.listClusters(ctx.db, {
    areaCode: input.areaCode,
    scope: scopeOf(input.actor),
    after: decodeCursor(input.cursor),
    limit: input.limit + 1,
  })
  const { page, next } = cutPage(rows, input.limit, (last) => ({ at: last.enrolledAt, id: last.id }))
  return {
    items: await Promise.all(page.map((row) => toCluster(ctx, row))),
    next,
  }
}

/** What a cluster has journalled lately, newest first. */
export async function getClusterJournal(
  ctx: Needs,
  input: { actor: Actor; id: ClusterId; limit: number },
): Promise<{ items: JournalEntry[] }> {
  await readable(ctx, input)
  return { items: await journalStore.latestEntries(ctx.db, input.id, input.limit) }
}

async function readable(ctx: Needs, input: { actor: Actor; id: ClusterId }): Promise<clusterStore.ClusterRow> {
  requirePermission(input.actor, 'clusters.read')
  const row = await clusterStore.findCluster(ctx.db, input.id)
  if (!row) throw notFound('cluster', input.id)
  await requireCoverage(ctx.db, input.actor, [row.areaCode])
  return row
}

async function toCluster(ctx: Needs, row: clusterStore.ClusterRow): Promise<Cluster> {
  const now = ctx.clock.now()
  const upcoming = await listStore.upcomingOf(ctx.db, row.id, now, 2)
  // What is on air is not next any more.
  const next = upcoming.find((broadcast) => broadcast.startAt > now)
  const plan = await planStore.findPlan(ctx.db, row.id)
  const status = row.statusJson ? ClusterStatus.parse(JSON.parse(row.statusJson)) : null
  const armed = status?.upcoming.find((occurrence) => occurrence.id === next?.id)
  return {
    id: row.id,
    name: row.name,
    areaCode: row.areaCode,
    areaName: row.areaName,
    technology: row.technology,
    latitude: row.latitude,
    longitude: row.longitude,
    enrolledAt: isoOf(row.enrolledAt),
    presence: row.presence,
    lastSeenAt: isoOrNull(row.lastSeenAt),
    planVersion: { wanted: plan?.version ?? 0, held: row.planHeld },
    next: next ? { broadcastId: next.id, startAt: isoOf(next.startAt), state: armed?.state ?? null } : null,
    status,
  }
}
