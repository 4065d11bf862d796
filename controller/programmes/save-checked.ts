import * as stationStore from '../areas/stations.store.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import { conflict } from '../errors.ts'

/** How often it starts over when somebody else saves into the same schedule. */
const ATTEMPTS = 5

/**
 * Saves what was found sound next to all other programmes of a station, if none of them has changed since; else it is
 * checked again. Two that are each sound by themselves are then never saved together unseen.
 */
export async function saveChecked(
  ctx: Pick<Context, 'db' | 'bus' | 'clock'>,
  areaCode: string,
  { check, write }: { check: () => Promise<void>; write: (tx: Tx) => Promise<void> },
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const revision = await stationStore.scheduleRevisionOf(ctx.db, areaCode)
    await check()
    const isSaved = await transact(ctx, async (tx) => {
      if (!(await stationStore.advanceScheduleRevision(tx.db, areaCode, revision))) return false
      await write(tx)
      return true
    })
    if (isSaved) return
  }
  throw conflict('programme.stationBusy')
}
