import type { InboxState } from '#protocol/http/inbox.ts'
import { type Actor, requirePermission } from '../../accounts/actor.ts'
import { requireCoverage } from '../../accounts/coverage.ts'
import { requireVisible } from '../../bulletins/get.ts'
import type { Context } from '../../context.ts'
import type { InboxItemTable } from '../../db/airing-tables.ts'
import { conflict, notFound } from '../../errors.ts'
import * as inboxStore from './inbox.store.ts'

export type Asked = inboxStore.InboxKey & { readonly actor: Actor }

/** Throws unless this account decides what its commune makes of the bulletin. */
export async function requireDecider(ctx: Pick<Context, 'db'>, { actor, areaCode, bulletinId }: Asked): Promise<void> {
  requirePermission(actor, 'inbox.decide')
  await requireCoverage(ctx.db, actor, [areaCode], 'areaCode')
  await requireVisible(ctx.db, actor, bulletinId)
}

/** What a commune may still put off or leave out; what the system places it may not. */
export async function requireOptional(ctx: Pick<Context, 'db'>, key: inboxStore.InboxKey): Promise<InboxItemTable> {
  const item = await inboxStore.findItem(ctx.db, key)
  if (!item) throw notFound('inbox', key.bulletinId)
  if (item.class === 'priority') throw conflict('inbox.priorityMustAir')
  const open: readonly InboxState[] = inboxStore.OPEN_STATES
  if (!open.includes(item.state)) throw conflict('inbox.settled')
  return item
}
