import type { InboxItem, SessionRef } from '#protocol/http/inbox.ts'
import type { Context } from '../../context.ts'
import { conflict } from '../../errors.ts'
import * as placementStore from '../placements.store.ts'
import { keyOf } from '../session-key.ts'
import { waitingFrom } from './arrival.ts'
import { changeSessions } from './change-sessions.ts'
import { fateOf } from './fate.ts'
import { getItem } from './get.ts'
import * as inboxStore from './inbox.store.ts'
import { type Asked, requireDecider } from './require-item.ts'
import { airs, refOf } from './sessions-with.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>

/**
 * Takes a bulletin out of a session up to its start. With no other session left it waits again, but for the commune's own,
 * which nobody waits for. What the system has placed stays; null: the inbox has nothing of it any more.
 */
export async function unplaceBulletin(ctx: Needs, input: Asked & { session: SessionRef }): Promise<InboxItem | null> {
  await requireDecider(ctx, input)
  const { areaCode, bulletinId, session } = input
  await changeSessions(ctx, areaCode, async (state) => {
    const standings = await placementStore.placementsOf(ctx.db, areaCode, bulletinId)
    const isIt = (one: SessionRef): boolean => keyOf(one) === keyOf(session)
    const placed = standings.find(isIt)
    if (!placed) throw conflict('inbox.notThere')
    const item = await inboxStore.findItem(ctx.db, input)
    if (item?.class === 'priority' && placed.placedBy === null) throw conflict('inbox.priorityMustAir')
    if (placed.status !== 'cancelled' && placed.startAt !== null && placed.startAt <= state.now)
      throw conflict('inbox.begun')
    const isElsewhere =
      standings.some((one) => !isIt(one) && fateOf(one, bulletinId, state) !== 'lost') ||
      state.sessions.some((one) => airs(one, bulletinId) && !isIt(refOf(one)))
    return async (tx) => {
      await placementStore.removePlacement(tx.db, bulletinId, session)
      if (item?.state === 'placed' && !isElsewhere) {
        const waiting = waitingFrom({ class: item.class, now: state.now, deadlineMs: ctx.config.inbox.deadlineMs })
        if (item.isOwn) await inboxStore.removeItem(tx.db, item)
        else await inboxStore.changeItem(tx.db, item, ['placed'], { ...waiting, arrivedAt: item.arrivedAt })
      }
      await tx.event('inbox.changed', bulletinId)
    }
  })
  return (await inboxStore.findItem(ctx.db, input)) && getItem(ctx, input)
}
