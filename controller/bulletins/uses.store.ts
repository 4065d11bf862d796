import { HEARD } from '#protocol/http/broadcasts.ts'
import type { BulletinId, ProgrammeId } from '#protocol/ids.ts'
import { naming } from '../broadcasts/broadcasts.store.ts'
import type { Db } from '../db/open.ts'

interface Asked {
  readonly bulletinId: BulletinId
  /** Areas to which the reader is limited; null: none. */
  readonly scope: readonly string[] | null
  readonly now: number
}

/** Programmes that name a bulletin and may still have a session, the next one first. */
export async function programmesNaming(
  db: Db,
  { bulletinId, scope, now, today, limit }: Asked & { today: string; limit: number },
): Promise<{ id: ProgrammeId; name: string; areaCode: string; areaName: string; nextStartAt: number | null }[]> {
  return programmes(db, { bulletinId, scope, today })
    .select(['programme.id', 'programme.name', 'programme.areaCode', 'area.name as areaName'])
    .select((eb) =>
      eb
        .selectFrom('broadcast')
        .select((on) => on.fn.min<number | null>('startAt').as('at'))
        .whereRef('broadcast.programmeId', '=', 'programme.id')
        .where('broadcast.status', '=', 'planned')
        .where('broadcast.startAt', '>', now)
        .as('nextStartAt'),
    )
    .orderBy('nextStartAt', (order) => order.asc().nullsLast())
    .orderBy('programme.id')
    .limit(limit)
    .execute()
}

export async function countProgrammes(
  db: Db,
  asked: Pick<Asked, 'bulletinId' | 'scope'> & { today: string },
): Promise<{ programmes: number; communes: number }> {
  const row = await programmes(db, asked)
    .select((eb) => [
      eb.fn.count<number>('programme.id').as('programmes'),
      eb.fn.count<number>('programme.areaCode').distinct().as('communes'),
    ])
    .executeTakeFirstOrThrow()
  return { programmes: Number(row.programmes), communes: Number(row.communes) }
}

function programmes(db: Db, { bulletinId, scope, today }: Pick<Asked, 'bulletinId' | 'scope'> & { today: string }) {
  const rows = db
    .selectFrom('programmeBulletin')
    .innerJoin('programme', 'programme.id', 'programmeBulletin.programmeId')
    .innerJoin('area', 'area.code', 'programme.areaCode')
    .where('programmeBulletin.bulletinId', '=', bulletinId)
    .where('programmeBulletin.isNamed', '=', 1)
    .where('programme.status', '=', 'active')
    .where((eb) => eb.or([eb('programme.endsOn', 'is', null), eb('programme.endsOn', '>=', today)]))
  return scope
    ? rows.where((eb) => eb.or([eb('area.code', 'in', [...scope]), eb('area.parentCode', 'in', [...scope])]))
    : rows
}

/** Planned sessions with the bulletin in them that are still to come, nearest first. */
export async function sessionsToCome(db: Db, { limit, ...asked }: Asked & { limit: number }) {
  return sessions(db, asked)
    .innerJoin('programme', 'programme.id', 'broadcast.programmeId')
    .select(['broadcast.id', 'broadcast.startAt', 'broadcast.itemsJson'])
    .select(['programme.name as programmeName', 'area.name as areaName'])
    .where('broadcast.status', '=', 'planned')
    .where('broadcast.startAt', '>', asked.now)
    .orderBy('broadcast.startAt')
    .orderBy('broadcast.id')
    .limit(limit)
    .execute()
}

/** Planned sessions with it that have begun and not ended. */
export async function countAiring(db: Db, asked: Asked): Promise<number> {
  const row = await sessions(db, asked)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('broadcast.status', '=', 'planned')
    .where('broadcast.startAt', '<=', asked.now)
    .where('broadcast.endAt', '>', asked.now)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Sessions with it that at least one cluster has played whole. */
export async function countAired(db: Db, asked: Asked): Promise<{ total: number; lastAt: number | null }> {
  const row = await sessions(db, asked)
    .select((eb) => [eb.fn.countAll<number>().as('total'), eb.fn.max<number | null>('broadcast.startAt').as('lastAt')])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('delivery')
          .select('delivery.clusterId')
          .whereRef('delivery.broadcastId', '=', 'broadcast.id')
          .where('delivery.state', 'in', [...HEARD]),
      ),
    )
    .executeTakeFirstOrThrow()
  return { total: Number(row.total), lastAt: row.lastAt }
}

/** Clusters that are to play it, by whether they can be reached. */
export async function clustersToPlay(db: Db, asked: Asked): Promise<{ presence: string; n: number }[]> {
  const rows = await sessions(db, asked)
    .innerJoin('delivery', 'delivery.broadcastId', 'broadcast.id')
    .innerJoin('cluster', 'cluster.id', 'delivery.clusterId')
    .select(['cluster.presence', (eb) => eb.fn.count<number>('cluster.id').distinct().as('n')])
    .where('broadcast.status', '=', 'planned')
    .where('broadcast.startAt', '>', asked.now)
    .where('delivery.state', 'in', ['planned', 'armed'])
    .groupBy('cluster.presence')
    .execute()
  return rows.map(({ presence, n }) => ({ presence, n: Number(n) }))
}

/** Sessions in whose items the bulletin stands; its programmes lead to them, so that few rows are looked through. */
function sessions(db: Db, { bulletinId, scope }: Asked) {
  const rows = db
    .selectFrom('programmeBulletin')
    .innerJoin('broadcast', 'broadcast.programmeId', 'programmeBulletin.programmeId')
    .innerJoin('area', 'area.code', 'broadcast.areaCode')
    .where('programmeBulletin.bulletinId', '=', bulletinId)
    .where('broadcast.itemsJson', 'like', naming(bulletinId))
  return scope
    ? rows.where((eb) => eb.or([eb('area.code', 'in', [...scope]), eb('area.parentCode', 'in', [...scope])]))
    : rows
}
