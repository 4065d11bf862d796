import type { InboxItem } from '#protocol/http/inbox.ts'
import type { StationState } from '../../broadcasts/load-station.ts'
import type { Context } from '../../context.ts'
import type { InboxItemTable } from '../../db/airing-tables.ts'
import { conflict } from '../../errors.ts'
import * as placementStore from '../placements.store.ts'
import { bulletinsNamedBy } from '../rundown.ts'
import { changeSessions } from './change-sessions.ts'
import { getItem } from './get.ts'
import * as inboxStore from './inbox.store.ts'
import { type Asked, requireOptional } from './require-item.ts'

type Aside = Pick<InboxItemTable, 'state' | 'returnsOn' | 'returnsAt' | 'reason'>

/**
 * What putting off and declining have in common: whatever of it had been placed is taken out up to the start of its
 * session. What a rundown names airs until the programme is changed.
 */
export async function setAside(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>,
  input: Asked,
  decide: (state: StationState) => Aside,
): Promise<InboxItem> {
  const { actor, areaCode, bulletinId } = input
  await changeSessions(ctx, areaCode, async (state) => {
    const item = await requireOptional(ctx, input)
    const naming = state.programmes.find((programme) => bulletinsNamedBy(programme).includes(bulletinId))
    if (naming) throw conflict('inbox.inRundown', { name: naming.name })
    const aside = decide(state)
    return async (tx) => {
      await placementStore.clearPlacements(tx.db, bulletinId, [areaCode], state.now)
      const decided = { decidedBy: actor.userId, decidedByName: actor.name, decidedAt: state.now }
      if (!(await inboxStore.changeItem(tx.db, item, [item.state], { ...aside, ...decided })))
        throw conflict('inbox.settled')
      await tx.event('inbox.changed', bulletinId)
    }
  })
  return getItem(ctx, input)
}
