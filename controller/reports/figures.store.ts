import { type RawBuilder, sql } from 'kysely'
import { type DeliveryState, HEARD } from '#protocol/http/broadcasts.ts'
import type { BroadcastId } from '#protocol/ids.ts'
import type { SessionFiguresTable } from '../db/airing-tables.ts'
import type { Db } from '../db/open.ts'
import { type AiringItem, isBulletin } from '../programmes/session/airing-item.ts'

type Figure = Exclude<keyof SessionFiguresTable, 'broadcastId'>

const inStates = (states: readonly DeliveryState[]): RawBuilder<boolean> =>
  sql`${sql.ref('delivery.state')} in (${sql.join(states.map((state) => sql.lit(state)))})`

const countOf = (...states: readonly DeliveryState[]): RawBuilder<number> =>
  sql`coalesce(sum(case when ${inStates(states)} then 1 else 0 end), 0)`

/** Each figure as a sum over deliveries. */
const SUMS: Readonly<Record<Figure, RawBuilder<number>>> = {
  planned: sql`count(*)`,
  heardMs: sql`coalesce(sum(case when ${inStates(HEARD)} then ${sql.ref('delivery.playedMs')} else 0 end), 0)`,
  heard: countOf(...HEARD),
  late: countOf('late'),
  partial: countOf('partial'),
  interrupted: countOf('interrupted'),
  missed: countOf('missed'),
  refused: countOf('refused'),
  unknown: countOf('unknown'),
}

/** In the order in which they are selected and inserted. */
export const FIGURES: readonly Figure[] = [
  'planned',
  'heardMs',
  'heard',
  'late',
  'partial',
  'interrupted',
  'missed',
  'refused',
  'unknown',
]

export const figureSums = () => FIGURES.map((figure) => SUMS[figure].as(figure))

/** Counts the deliveries of a session as they stand; what was called off on a cluster and not heard there is not counted. */
export async function countDeliveries(db: Db, broadcastId: BroadcastId): Promise<void> {
  await db
    .insertInto('sessionFigures')
    .columns(['broadcastId', ...FIGURES])
    .expression((eb) =>
      eb
        .selectFrom('delivery')
        .select(sql<BroadcastId>`${broadcastId}`.as('broadcastId'))
        .select(figureSums())
        .where('delivery.broadcastId', '=', broadcastId)
        .where('delivery.reason', 'is distinct from', 'cancelled-here'),
    )
    .onConflict((oc) =>
      oc
        .column('broadcastId')
        .doUpdateSet((eb) => Object.fromEntries(FIGURES.map((figure) => [figure, eb.ref(`excluded.${figure}`)]))),
    )
    .execute()
}

/** Keeps which versions were heard, where any cluster has played them whole. */
export async function countBulletins(db: Db, broadcastId: BroadcastId, items: readonly AiringItem[]): Promise<void> {
  await db.deleteFrom('airedBulletin').where('broadcastId', '=', broadcastId).execute()
  const row = await db
    .selectFrom('sessionFigures')
    .select('heard')
    .where('broadcastId', '=', broadcastId)
    .executeTakeFirst()
  const bulletins = items.filter(isBulletin)
  if (!row || row.heard === 0 || bulletins.length === 0) return
  await db
    .insertInto('airedBulletin')
    .values(bulletins.map(({ versionId, language }) => ({ broadcastId, versionId, language })))
    .onConflict((oc) => oc.columns(['broadcastId', 'versionId', 'language']).doNothing())
    .execute()
}
