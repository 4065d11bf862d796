import { type Actor, requirePermission } from '../../accounts/actor.ts'
import { getStation } from '../../areas/stations.ts'
import type { Context } from '../../context.ts'
import * as programmeStore from '../programmes.store.ts'
import { writeStationFile } from './write-yaml.ts'

/** A file that, applied to the station as it is, changes nothing. */
export async function exportFile(ctx: Pick<Context, 'db'>, input: { actor: Actor; areaCode: string }): Promise<string> {
  requirePermission(input.actor, 'programmes.read')
  const station = await getStation(ctx, input)
  return writeStationFile(station, await programmeStore.activeProgrammesOf(ctx.db, input.areaCode))
}
