import type { Programme } from '#protocol/http/programmes.ts'
import type { ProgrammeId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { transact } from '../db/transact.ts'
import { conflict } from '../errors.ts'
import { getProgramme } from './get.ts'
import * as programmeStore from './programmes.store.ts'
import { recordChange } from './record-change.ts'

/** Takes a programme out of the schedule: its sessions to come are withdrawn, what has aired stays. */
export async function endProgramme(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; id: ProgrammeId },
): Promise<Programme> {
  requirePermission(input.actor, 'programmes.write')
  const programme = await getProgramme(ctx, input)
  await transact(ctx, async (tx) => {
    if (!(await programmeStore.endProgramme(tx.db, input.id, ctx.clock.now()))) throw conflict('programme.ended')
    await recordChange(ctx, tx, { actor: input.actor, programmeId: input.id, kind: 'end', date: null })
    await enqueuePlan(ctx, tx, programme.areaCode)
    await tx.event('programme.changed', input.id)
  })
  return getProgramme(ctx, input)
}
