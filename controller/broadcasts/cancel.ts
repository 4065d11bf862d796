import type { Broadcast } from '#protocol/http/broadcasts.ts'
import type { BroadcastId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import * as stationStore from '../areas/stations.store.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict } from '../errors.ts'
import { callOff } from './call-off.ts'
import { getBroadcast } from './get.ts'
import { enqueuePlan } from './replan.ts'

/** Calls a session off before it airs. It stays called off, however its programme is edited afterwards. */
export async function cancelBroadcast(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>,
  input: { actor: Actor; id: BroadcastId },
): Promise<Broadcast> {
  requirePermission(input.actor, 'programmes.write')
  const broadcast = await getBroadcast(ctx, input)
  await requireCoverage(ctx.db, input.actor, [broadcast.areaCode])
  await transact(ctx, async (tx) => {
    // Whoever is planning from what was true a moment ago must not bring it back; planners begin with the station too.
    await stationStore.outdatePlanning(tx.db, broadcast.areaCode)
    const cancellation = { by: 'person', byName: input.actor.name, at: ctx.clock.now() } as const
    if (!(await callOff(tx.db, input.id, cancellation))) throw conflict('broadcast.cannotCancel')
    await enqueuePlan(ctx, tx, broadcast.areaCode)
    await tx.event('broadcast.changed', input.id)
  })
  return getBroadcast(ctx, input)
}
