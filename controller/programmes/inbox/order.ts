import type { SessionRef } from '#protocol/http/inbox.ts'
import type { BulletinId } from '#protocol/ids.ts'
import type { StationState } from '../../broadcasts/load-station.ts'
import type { Placement } from '../placements.store.ts'
import { isBulletin } from '../session/airing-item.ts'
import type { Session } from '../session/session.ts'
import { keyOf } from '../session-key.ts'
import { refOf } from './sessions-with.ts'

/** What was placed in one session, in its order. */
export const placedIn = (placements: readonly Placement[], session: SessionRef): Placement[] =>
  placements.filter((placement) => keyOf(placement) === keyOf(session)).sort((a, b) => a.position - b.position)

/** At the end of what was placed in a session before. */
export const nextPosition = (placements: readonly Placement[], session: SessionRef): number =>
  Math.max(-1, ...placedIn(placements, session).map(({ position }) => position)) + 1

/**
 * The rows that say the order of a session's bulletins of one class once `bulletinId` stands at `position` among them.
 * Priority bulletins of the rundown are among those, since people decide which of them comes first; ordinary ones stay
 * where the rundown has them.
 */
export function reordered(
  { material }: Pick<StationState, 'material'>,
  session: Session,
  moved: Placement,
  position: number,
): Placement[] {
  const placed = new Map(placedIn(material.placements, refOf(session)).map((one) => [one.bulletinId, one]))
  const isPriority = (id: BulletinId): boolean => material.ready.get(id)?.class === 'priority'
  const among = isPriority(moved.bulletinId)
  const aired = session.items
    .filter(isBulletin)
    .map(({ bulletinId }) => bulletinId)
    .filter((id) => among || placed.has(id))
  const others = [...new Set([...aired, ...placed.keys()])].filter(
    (id) => id !== moved.bulletinId && isPriority(id) === among,
  )
  const order = others.toSpliced(position, 0, moved.bulletinId)
  return order.map((bulletinId, place) => {
    const known = bulletinId === moved.bulletinId ? moved : placed.get(bulletinId)
    return { ...(known ?? { ...moved, bulletinId, isInsisted: 0, isOrderOnly: 1 }), position: place }
  })
}
