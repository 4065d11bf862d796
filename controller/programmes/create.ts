import type { CreateProgramme, Programme } from '#protocol/http/programmes.ts'
import { ProgrammeId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import * as stationStore from '../areas/stations.store.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { invalid } from '../errors.ts'
import { requireReplacement } from './exception-problems.ts'
import { getProgramme } from './get.ts'
import * as programmeStore from './programmes.store.ts'
import { type Rest, requireSound } from './require-sound.ts'
import { saveChecked } from './save-checked.ts'

/** Puts bulletins into a commune's schedule; planning follows at once. */
export async function createProgramme(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>,
  input: { actor: Actor; programme: CreateProgramme; rest?: Rest },
): Promise<Programme> {
  const { actor, programme } = input
  requirePermission(actor, 'programmes.write')
  await requireCoverage(ctx.db, actor, [programme.areaCode], 'areaCode')
  const station = await stationStore.findStation(ctx.db, programme.areaCode)
  if (!station) throw invalid('areaCode', 'programme.noStation')
  for (const [i, exception] of programme.exceptions.entries()) requireReplacement(exception, `exceptions.${i}`)
  const now = ctx.clock.now()
  const id = ProgrammeId.parse(ctx.newId('prg'))
  const write = async (tx: Tx): Promise<void> => {
    if (programme.key && (await programmeStore.findByKey(tx.db, programme.areaCode, programme.key)))
      throw invalid('key', 'programme.keyTaken', { key: programme.key })
    const stored = {
      ...programme,
      id,
      status: 'active' as const,
      revision: 1,
      createdBy: actor.userId,
      createdByName: actor.name,
      createdAt: now,
      updatedAt: now,
    }
    await programmeStore.insertProgramme(tx.db, stored, station.timeZone)
    await enqueuePlan(ctx, tx, programme.areaCode)
    await tx.event('programme.changed', id)
  }
  const check = () => requireSound(ctx, { actor, programme, station, standing: [], rest: input.rest })
  await saveChecked(ctx, programme.areaCode, { check, write })
  return getProgramme(ctx, { actor, id })
}
