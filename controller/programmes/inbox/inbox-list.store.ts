import type { ExpressionBuilder } from 'kysely'
import type { BulletinUses } from '#protocol/http/bulletin-uses.ts'
import type { InboxFilter } from '#protocol/http/inbox.ts'
import type { BulletinId } from '#protocol/ids.ts'
import type { Db } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'

interface Reader {
  /** Areas to which the reader is limited; null: none. */
  readonly scope: readonly string[] | null
  readonly now: number
}

export type ListedItem = Awaited<ReturnType<typeof listItems>>[number]

/** What has come to communes, the nearest deadline first. */
export async function listItems(
  db: Db,
  filter: Reader & {
    readonly areaCode: string | undefined
    readonly bulletinId: BulletinId | undefined
    readonly state: InboxFilter | undefined
    readonly after: { readonly deadlineAt: number; readonly areaCode: string; readonly bulletinId: string } | null
    readonly limit: number
  },
) {
  const { areaCode, bulletinId, state, after } = filter
  let rows = readable(db, filter.scope)
    .innerJoin('bulletin', 'bulletin.id', 'inboxItem.bulletinId')
    .innerJoin('bulletinVersion', (join) =>
      join.on((eb) =>
        eb('bulletinVersion.id', '=', eb.fn.coalesce('bulletin.approvedVersionId', 'bulletin.currentVersionId')),
      ),
    )
    .selectAll('inboxItem')
    .select(['area.name as areaName', 'bulletin.createdByName', 'bulletin.approvedByName'])
    .select(['bulletin.approvedVersionId', 'bulletinVersion.title', 'bulletinVersion.expiresOn'])
  if (areaCode) rows = rows.where('inboxItem.areaCode', '=', areaCode)
  if (bulletinId) rows = rows.where('inboxItem.bulletinId', '=', bulletinId)
  if (state) rows = rows.where((eb) => matches(eb, state, filter.now))
  if (after)
    rows = rows.where((eb) =>
      eb(
        eb.refTuple('inboxItem.deadlineAt', 'inboxItem.areaCode', 'inboxItem.bulletinId'),
        '>',
        eb.tuple(after.deadlineAt, after.areaCode, after.bulletinId as BulletinId),
      ),
    )
  return rows
    .orderBy('inboxItem.deadlineAt')
    .orderBy('inboxItem.areaCode')
    .orderBy('inboxItem.bulletinId')
    .limit(filter.limit)
    .execute()
}

const COUNTED = ['waiting', 'placed', 'postponed', 'declined', 'aired', 'urgent', 'overdue'] as const

export async function countItems(
  db: Db,
  { scope, now, bulletinId }: Reader & { readonly bulletinId?: BulletinId },
): Promise<BulletinUses['inbox']> {
  let rows = readable(db, scope)
  if (bulletinId) rows = rows.where('inboxItem.bulletinId', '=', bulletinId)
  const row = await rows
    .select((eb) => [
      eb.fn.countAll<number>().as('total'),
      ...COUNTED.map((filter) =>
        eb.fn
          .countAll<number>()
          .filterWhere((on) => matches(on, filter, now))
          .as(filter),
      ),
    ])
    .executeTakeFirstOrThrow()
  const { total, waiting, placed, postponed, declined, aired, urgent, overdue } = row
  return {
    total: Number(total),
    waiting: Number(waiting),
    placed: Number(placed),
    postponed: Number(postponed),
    declined: Number(declined),
    aired: Number(aired),
    urgent: Number(urgent),
    overdue: Number(overdue),
  }
}

/** A commune owes nobody a decision on what it has written itself. */
function matches(eb: ExpressionBuilder<Tables, 'inboxItem'>, filter: InboxFilter, now: number) {
  const isWaiting = eb('inboxItem.state', '=', 'waiting')
  if (filter === 'urgent') return eb('inboxItem.isUrgent', '=', 1)
  if (filter === 'overdue')
    return eb.and([isWaiting, eb('inboxItem.isOwn', '=', 0), eb('inboxItem.deadlineAt', '<=', now)])
  return eb('inboxItem.state', '=', filter)
}

function readable(db: Db, scope: readonly string[] | null) {
  const rows = db.selectFrom('inboxItem').innerJoin('area', 'area.code', 'inboxItem.areaCode')
  return scope
    ? rows.where((eb) => eb.or([eb('area.code', 'in', [...scope]), eb('area.parentCode', 'in', [...scope])]))
    : rows
}
