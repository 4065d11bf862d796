import * as stationStore from '../../areas/stations.store.ts'
import { loadStation, type StationState } from '../../broadcasts/load-station.ts'
import { enqueuePlan } from '../../broadcasts/replan.ts'
import type { Context } from '../../context.ts'
import { type Tx, transact } from '../../db/transact.ts'
import { conflict, notFound } from '../../errors.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>

/** How often it starts over when the sessions have changed in between. */
const ATTEMPTS = 5

/**
 * Changes what is placed in a commune's sessions by what they are now, and has them planned. Of two that have read the same,
 * one writes and the other decides anew. `decide` throws when it must not be, and gives null when nothing is to be done.
 */
export async function changeSessions(
  ctx: Needs,
  areaCode: string,
  decide: (state: StationState) => Promise<((tx: Tx) => Promise<void>) | null>,
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const state = await loadStation(ctx.db, areaCode, ctx.clock.now())
    if (!state) throw notFound('station', areaCode)
    const write = await decide(state)
    if (!write) return
    const isMine = await transact(ctx, async (tx) => {
      if (!(await stationStore.advancePlanRevision(tx.db, areaCode, state.revision))) return false
      await write(tx)
      await enqueuePlan(ctx, tx, areaCode)
      return true
    })
    if (isMine) return
  }
  throw conflict('inbox.busy')
}
