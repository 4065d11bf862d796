import type { InboxCounts, InboxFilter, InboxItem } from '#protocol/http/inbox.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { type Actor, requirePermission, scopeOf } from '../../accounts/actor.ts'
import type { Context } from '../../context.ts'
import { invalid, notFound } from '../../errors.ts'
import { isoOf, isoOrNull } from '../../iso.ts'
import { cutPage, decodeCursor } from '../../page.ts'
import { lengthOf } from '../session/airing-item.ts'
import { readyBulletins } from '../session/ready-bulletins.store.ts'
import type { InboxKey } from './inbox.store.ts'
import * as listStore from './inbox-list.store.ts'
import { whereItStands } from './standing.ts'

type Needs = Pick<Context, 'db' | 'clock'>

interface Query {
  readonly actor: Actor
  readonly areaCode?: string | undefined
  readonly bulletinId?: BulletinId | undefined
  readonly state?: InboxFilter | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** What has come to the communes of whoever asks, the nearest deadline first. */
export async function listInbox(ctx: Needs, input: Query): Promise<{ items: InboxItem[]; next: string | null }> {
  requirePermission(input.actor, 'bulletins.read')
  const { areaCode, bulletinId, state, limit } = input
  const now = ctx.clock.now()
  const rows = await listStore.listItems(ctx.db, {
    areaCode,
    bulletinId,
    state,
    scope: scopeOf(input.actor),
    now,
    after: afterOf(input.cursor),
    limit: limit + 1,
  })
  const { page, next } = cutPage(rows, limit, (last) => ({
    at: last.deadlineAt,
    id: `${last.areaCode}_${last.bulletinId}`,
  }))
  return { items: await toItems(ctx, page), next }
}

export async function countInbox(ctx: Needs, { actor }: { actor: Actor }): Promise<InboxCounts> {
  requirePermission(actor, 'bulletins.read')
  const { waiting, urgent, overdue, postponed } = await listStore.countItems(ctx.db, {
    scope: scopeOf(actor),
    now: ctx.clock.now(),
  })
  return { waiting, urgent, overdue, postponed }
}

/** Whoever asks has been let in to its commune already. */
export async function getItem(ctx: Needs, { areaCode, bulletinId }: InboxKey): Promise<InboxItem> {
  const query = { areaCode, bulletinId, state: undefined, scope: null, now: ctx.clock.now(), after: null, limit: 1 }
  const [item] = await toItems(ctx, await listStore.listItems(ctx.db, query))
  if (!item) throw notFound('inbox', bulletinId)
  return item
}

function afterOf(cursor: string | undefined) {
  const last = decodeCursor(cursor)
  if (!last) return null
  const [areaCode, ...rest] = last.id.split('_')
  if (!areaCode || rest.length === 0) throw invalid('cursor', 'cursor.invalid')
  return { deadlineAt: last.at, areaCode, bulletinId: rest.join('_') }
}

async function toItems(ctx: Needs, rows: readonly listStore.ListedItem[]): Promise<InboxItem[]> {
  const now = ctx.clock.now()
  const ids = rows.map(({ bulletinId }) => bulletinId)
  const ready = await readyBulletins(ctx.db, ids)
  const standing = await whereItStands(ctx.db, rows, now)
  return rows.map((row) => {
    const heard = ready.get(row.bulletinId)
    return {
      areaCode: row.areaCode,
      areaName: row.areaName,
      bulletinId: row.bulletinId,
      title: row.title,
      class: row.class,
      fromName: row.createdByName,
      approvedByName: row.approvedByName,
      isOwn: row.isOwn === 1,
      expiresOn: row.expiresOn,
      versionId: row.approvedVersionId,
      sound: heard ? { sha256: heard.sha256, url: `/media/${heard.sha256}.mp3`, ms: heard.ms } : null,
      ms: heard ? lengthOf([heard, ...heard.others]) : null,
      state: row.state,
      isUrgent: row.isUrgent === 1,
      isOverdue: row.state === 'waiting' && row.isOwn === 0 && row.deadlineAt <= now,
      arrivedAt: isoOf(row.arrivedAt),
      deadlineAt: isoOf(row.deadlineAt),
      returnsOn: row.returnsOn,
      decidedByName: row.decidedByName,
      decidedAt: isoOrNull(row.decidedAt),
      reason: row.reason,
      sessions: standing.get(`${row.areaCode}/${row.bulletinId}`) ?? [],
    }
  })
}
