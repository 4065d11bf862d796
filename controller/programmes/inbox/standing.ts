import { z } from 'zod'
import type { InboxSession } from '#protocol/http/inbox.ts'
import type { Db } from '../../db/open.ts'
import { isoOrNull } from '../../iso.ts'
import * as placementStore from '../placements.store.ts'
import { AiringItem, isBulletin } from '../session/airing-item.ts'
import { DroppedItem } from '../session/session.ts'
import { keyOf } from '../session-key.ts'
import type { InboxKey } from './inbox.store.ts'
import * as standingStore from './standing.store.ts'

/** The nearest sessions that a card has room for. */
const MAX_SHOWN = 12
const Aired = z.array(AiringItem)
const Dropped = z.array(DroppedItem.pick({ bulletinId: true }))

/** In which sessions bulletins stand, by `commune/bulletin`: those that they were put into, and those of rundowns. */
export async function whereItStands(
  db: Db,
  keys: readonly InboxKey[],
  now: number,
): Promise<Map<string, InboxSession[]>> {
  const areaCodes = [...new Set(keys.map(({ areaCode }) => areaCode))]
  const bulletinIds = [...new Set(keys.map(({ bulletinId }) => bulletinId))]
  const placed = await placementStore.placementsOfAll(db, areaCodes, bulletinIds)
  const planned = await standingStore.sessionsNaming(db, areaCodes, bulletinIds, now)
  return new Map(
    keys.map(({ areaCode, bulletinId }) => {
      const own = placed.filter((one) => one.areaCode === areaCode && one.bulletinId === bulletinId)
      const by = new Map(own.map((one) => [keyOf(one), one]))
      const airing = planned
        .filter((one) => one.areaCode === areaCode && one.bulletinId === bulletinId)
        .flatMap((one): InboxSession[] => {
          const key = keyOf(one)
          const fate = fateOf(one, bulletinId, now)
          const placement = by.get(key)
          if (fate === null) return []
          by.delete(key)
          return [shown(one, placement?.placedByName ?? null, one.startAt, fate)]
        })
      // What was placed a moment ago is planned in the next.
      const soon = [...by.values()]
        .filter(({ startAt, cancelledBy }) => startAt === null || (startAt > now && cancelledBy !== 'person'))
        .map((one) => shown(one, one.placedByName, one.startAt, 'planned'))
      return [`${areaCode}/${bulletinId}`, [...airing, ...soon].slice(0, MAX_SHOWN)]
    }),
  )
}

const shown = (
  { programmeId, originalDate, programmeName }: Pick<InboxSession, 'programmeId' | 'originalDate' | 'programmeName'>,
  placedByName: string | null,
  startAt: number | null,
  fate: InboxSession['fate'],
): InboxSession => ({ programmeId, originalDate, programmeName, startAt: isoOrNull(startAt), placedByName, fate })

/** Null: it has nothing of the bulletin, or does not take place. */
function fateOf(
  { status, startAt, itemsJson, droppedJson }: standingStore.NamingSession,
  bulletinId: string,
  now: number,
): InboxSession['fate'] | null {
  const isIn = (items: readonly { bulletinId: string | null }[]): boolean =>
    items.some((one) => one.bulletinId === bulletinId)
  if (isIn(Aired.parse(JSON.parse(itemsJson)).filter(isBulletin)))
    return status === 'closed' ? 'over' : startAt <= now ? 'begun' : 'planned'
  return startAt > now && isIn(Dropped.parse(JSON.parse(droppedJson))) ? 'dropped' : null
}
