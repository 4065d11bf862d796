import type { InboxItem, PlaceBulletin } from '#protocol/http/inbox.ts'
import * as accountStore from '../../accounts/accounts.store.ts'
import type { StationState } from '../../broadcasts/load-station.ts'
import type { Context } from '../../context.ts'
import type { Tx } from '../../db/transact.ts'
import { DomainError, type Problem } from '../../errors.ts'
import * as placementStore from '../placements.store.ts'
import { keyOf } from '../session-key.ts'
import { waitingFrom } from './arrival.ts'
import { changeSessions } from './change-sessions.ts'
import { getItem } from './get.ts'
import * as inboxStore from './inbox.store.ts'
import { absenceOf, obstacleTo } from './obstacle.ts'
import { nextPosition, reordered } from './order.ts'
import { type Airable, requireAirable } from './require-airable.ts'
import { type Asked, requireDecider } from './require-item.ts'
import { newlyDropped, refOf, stands, trialsOf } from './sessions-with.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>

/**
 * Puts a bulletin into sessions of a commune. Where it stands already it stays; where others would have to give way, nothing
 * is done unless the officer insists. What the commune has written itself need not have come to it before.
 */
export async function placeBulletin(ctx: Needs, input: Asked & { placing: PlaceBulletin }): Promise<InboxItem> {
  await requireDecider(ctx, input)
  const bulletin = await requireAirable(ctx, input)
  const isOwn = (await accountStore.areaCodesOf(ctx.db, bulletin.createdBy)).includes(input.areaCode)
  await changeSessions(ctx, input.areaCode, async (state) => {
    const rows = placementsFor(ctx, state, bulletin, input)
    return async (tx) => {
      for (const row of rows) await placementStore.savePlacement(tx.db, row)
      await markPlaced(ctx, tx, input, bulletin, isOwn)
      await tx.event('inbox.changed', input.bulletinId)
    }
  })
  return getItem(ctx, input)
}

function placementsFor(
  { config }: Needs,
  state: StationState,
  bulletin: Airable,
  { actor, bulletinId, placing }: Asked & { placing: PlaceBulletin },
): placementStore.Placement[] {
  const trials = new Map(
    trialsOf(state, bulletinId, bulletin, bulletin.class === 'ordinary').map((trial) => [
      keyOf(refOf(trial.session)),
      trial,
    ]),
  )
  const asked = { bulletinId, expiresOn: bulletin.expiresOn, leadMs: config.leadMs }
  const problems: Problem[] = []
  const rows = placing.sessions.flatMap(({ position, ...ref }, i) => {
    const trial = trials.get(keyOf(ref))
    if (trial && stands(trial, state, bulletinId)) return []
    const field = `sessions.${i}`
    const obstacle = trial ? obstacleTo(trial, state, asked) : absenceOf(ref, state)
    if (obstacle) problems.push({ field, ...obstacle })
    const drops = trial && !obstacle ? newlyDropped(trial) : []
    if (drops.length > 0 && !placing.insist)
      problems.push({
        field,
        key: 'inbox.wouldDrop',
        values: { titles: drops.map(({ title }) => `“${title}”`).join(', ') },
      })
    if (!trial || problems.length > 0) return []
    const row = {
      ...ref,
      bulletinId,
      position: nextPosition(state.material.placements, ref),
      placedBy: actor.userId,
      placedByName: actor.name,
      placedAt: state.now,
      isInsisted: drops.length > 0 && bulletin.class === 'ordinary' ? 1 : 0,
      isOrderOnly: 0,
    }
    return position === undefined ? [row] : reordered(withReady(state, bulletin), trial.session, row, position)
  })
  if (problems.length > 0) throw new DomainError('conflict', problems)
  return rows
}

const withReady = ({ material }: StationState, { ready }: Airable): Pick<StationState, 'material'> => ({
  material: { ...material, ready: new Map([...material.ready, ...ready]) },
})

async function markPlaced(
  ctx: Needs,
  tx: Tx,
  { actor, areaCode, bulletinId }: Asked,
  { class: kind }: Airable,
  isOwn: boolean,
): Promise<void> {
  const now = ctx.clock.now()
  const decided = {
    state: 'placed',
    isUrgent: 0,
    returnsOn: null,
    returnsAt: null,
    decidedBy: actor.userId,
    decidedByName: actor.name,
    decidedAt: now,
    reason: null,
  } as const
  const known = await inboxStore.findItem(tx.db, { areaCode, bulletinId })
  if (known) await inboxStore.changeItem(tx.db, known, [known.state], decided)
  else {
    const waiting = waitingFrom({ class: kind, now, deadlineMs: ctx.config.inbox.deadlineMs })
    await inboxStore.insertItems(tx.db, [{ areaCode, bulletinId, isOwn: isOwn ? 1 : 0, ...waiting, ...decided }])
  }
}
