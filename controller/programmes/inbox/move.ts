import type { SessionOrder, SessionRef } from '#protocol/http/inbox.ts'
import type { StationState } from '../../broadcasts/load-station.ts'
import type { Context } from '../../context.ts'
import { conflict, DomainError } from '../../errors.ts'
import * as placementStore from '../placements.store.ts'
import type { Session } from '../session/session.ts'
import { keyOf } from '../session-key.ts'
import { changeSessions } from './change-sessions.ts'
import { absenceOf, lockOn } from './obstacle.ts'
import { placedIn, reordered } from './order.ts'
import { type Asked, requireDecider } from './require-item.ts'
import { airs, refOf } from './sessions-with.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>

/**
 * Puts a bulletin to another place among those of its class in a session: of two that must air, people say which is first,
 * whether it was placed or the rundown has it. Answers the order that they have from then on.
 */
export async function moveInSession(
  ctx: Needs,
  input: Asked & { session: SessionRef; position: number },
): Promise<SessionOrder> {
  await requireDecider(ctx, input)
  const { areaCode, bulletinId, session: ref, position } = input
  let order: SessionOrder = { bulletinIds: [] }
  await changeSessions(ctx, areaCode, async (state) => {
    const session = state.sessions.find((one) => keyOf(refOf(one)) === keyOf(ref))
    const obstacle = session ? lockOn(session, state, ctx.config) : absenceOf(ref, state)
    if (obstacle) throw new DomainError('conflict', { field: '', ...obstacle })
    const moved = session && movedRow(state, session, input)
    if (!moved) throw conflict('inbox.notThere')
    const rows = reordered(state, session, moved, position)
    order = { bulletinIds: rows.map((row) => row.bulletinId) }
    return async (tx) => {
      for (const row of rows) await placementStore.savePlacement(tx.db, row)
      await tx.event('inbox.changed', bulletinId)
    }
  })
  return order
}

/** As it was placed; or, of what must air and stands in the rundown, a row that says nothing but its place. */
function movedRow(
  { material, now }: StationState,
  session: Session,
  { actor, bulletinId, session: ref }: Asked & { session: SessionRef },
): placementStore.Placement | null {
  const placed = placedIn(material.placements, ref).find((one) => one.bulletinId === bulletinId)
  if (placed) return placed
  if (!airs(session, bulletinId) || material.ready.get(bulletinId)?.class !== 'priority') return null
  const { programmeId, originalDate } = ref
  const by = { placedBy: actor.userId, placedByName: actor.name, placedAt: now }
  return { programmeId, originalDate, bulletinId, position: 0, ...by, isInsisted: 0, isOrderOnly: 1 }
}
