import { mayAirAt } from '#protocol/rules/validity.ts'
import type { StationState } from '../../broadcasts/load-station.ts'
import type { Context } from '../../context.ts'
import type { InboxItemTable } from '../../db/airing-tables.ts'
import type { Tx } from '../../db/transact.ts'
import { messageOf } from '../../messages.ts'
import * as placementStore from '../placements.store.ts'
import { type BulletinMaterial, bulletinMaterial } from '../session/bulletin-material.ts'
import { waitingFrom } from './arrival.ts'
import { changeSessions } from './change-sessions.ts'
import { decideReview, type ReviewDecision, type Standing, type Taker } from './decide-review.ts'
import { fateOf } from './fate.ts'
import * as inboxStore from './inbox.store.ts'
import { nextPosition } from './order.ts'
import { overSince } from './over.store.ts'
import { airs, isClosedToChange, isForAll, refOf, trialsOf } from './sessions-with.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>

/**
 * Brings what a commune's inbox says of a bulletin in line with its sessions, and finds a priority bulletin its session. May
 * run at any time, twice, or in two controllers at once.
 */
export async function reviewItem(ctx: Needs, key: inboxStore.InboxKey): Promise<void> {
  await changeSessions(ctx, key.areaCode, async (state) => {
    const item = await inboxStore.findItem(ctx.db, key)
    if (!item || !inboxStore.OPEN_STATES.some((open) => open === item.state)) return null
    const decision = await decide(ctx, state, item)
    const { remove, place } = decision
    const isSame = decision.state === item.state && Number(decision.isUrgent) === item.isUrgent
    if (isSame && remove.length === 0 && !place) return null
    return (tx) => save(ctx, tx, item, decision, state)
  })
}

async function decide(ctx: Needs, state: StationState, item: InboxItemTable): Promise<ReviewDecision> {
  const { bulletinId, areaCode } = item
  const { now } = state
  const bulletin = await bulletinMaterial(ctx.db, bulletinId)
  const approved = bulletin.approved.get(bulletinId)
  const mayAir = approved && mayAirAt(approved.expiresOn, now, state.times.timeZone)
  const standings = (await placementStore.placementsOf(ctx.db, areaCode, bulletinId)).map(
    ({ programmeId, originalDate, placedBy, ...placed }): Standing => ({
      programmeId,
      originalDate,
      isSystem: placedBy === null,
      fate: fateOf({ programmeId, originalDate, ...placed }, bulletinId, state),
    }),
  )
  return decideReview({
    kind: item.class,
    state: item.state,
    end: mayAir ? null : approved ? 'expired' : 'withdrawn',
    isReady: bulletin.ready.has(bulletinId),
    isBack: item.state === 'postponed' && item.returnsAt !== null && item.returnsAt <= now,
    standings,
    isAhead: state.sessions.some((session) => airs(session, bulletinId) && !isClosedToChange(session, state)),
    isOver: await overSince(ctx.db, areaCode, bulletinId, item.arrivedAt),
    takers: item.class === 'priority' ? takersOf(ctx, state, bulletinId, bulletin) : [],
  })
}

/** Nothing is added within the lead time, but what stands there already is about to be heard. */
function takersOf(
  { config }: Needs,
  state: StationState,
  bulletinId: InboxItemTable['bulletinId'],
  bulletin: BulletinMaterial,
): Taker[] {
  const { now } = state
  return trialsOf(state, bulletinId, bulletin, false)
    .filter(({ session, with: after }) => {
      const { startAt } = session
      const isInTime = startAt >= now + config.leadMs || airs(session, bulletinId)
      const isNear = startAt <= now + config.inbox.lookAheadMs
      return (
        isInTime && isNear && airs(after, bulletinId) && isForAll(session, state) && !isClosedToChange(session, state)
      )
    })
    .map(({ session }) => ({ ...refOf(session), has: airs(session, bulletinId) }))
}

async function save(
  ctx: Needs,
  tx: Tx,
  item: InboxItemTable,
  { state: next, isUrgent, remove, place }: ReviewDecision,
  { now, material }: StationState,
): Promise<void> {
  const { bulletinId } = item
  const isMine = await inboxStore.changeItem(tx.db, item, [item.state], {
    ...(next === 'waiting' && item.state !== 'waiting' ? comesBack(ctx, item, now) : {}),
    state: next,
    isUrgent: isUrgent ? 1 : 0,
  })
  // Withdrawn a moment ago: nobody waits for it any more.
  if (!isMine) return
  for (const session of remove) await placementStore.removePlacement(tx.db, bulletinId, session)
  if (place)
    await placementStore.savePlacement(tx.db, {
      programmeId: place.programmeId,
      originalDate: place.originalDate,
      bulletinId,
      position: nextPosition(material.placements, place),
      placedBy: null,
      placedByName: messageOf('inbox.bySystem'),
      placedAt: now,
      isInsisted: 0,
      isOrderOnly: 0,
    })
  await tx.event('inbox.changed', bulletinId)
}

/** A commune has as long for it as when it came; why it is there again stands with it. */
function comesBack({ config }: Needs, item: InboxItemTable, now: number): Partial<InboxItemTable> {
  const { arrivedAt: _since, ...waiting } = waitingFrom({ class: item.class, now, deadlineMs: config.inbox.deadlineMs })
  const { reason, decidedByName, decidedAt } = item
  return item.state === 'postponed'
    ? { ...waiting, reason, decidedByName, decidedAt }
    : { ...waiting, reason: messageOf('inbox.comesBack') }
}
