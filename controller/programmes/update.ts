import type { Station } from '#protocol/http/areas.ts'
import type { Programme, PutProgramme } from '#protocol/http/programmes.ts'
import type { ProgrammeId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import * as stationStore from '../areas/stations.store.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { conflict, DomainError, invalid, notFound, type Problem } from '../errors.ts'
import type { ProgrammeChange } from './changes.store.ts'
import { getProgramme } from './get.ts'
import * as programmeStore from './programmes.store.ts'
import { recordChange } from './record-change.ts'
import { type Rest, requireSound } from './require-sound.ts'
import { saveChecked } from './save-checked.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>

/** Another rule, time, rundown or place under the same exceptions: a day that was skipped or moved stays so. */
export async function updateProgramme(
  ctx: Needs,
  input: { actor: Actor; id: ProgrammeId; programme: PutProgramme },
): Promise<Programme> {
  const { revision, ...series } = input.programme
  return changeProgramme(ctx, input, (stored) => {
    if (stored.revision !== revision) throw conflict('programme.changedMeanwhile')
    return withContent(stored, series)
  })
}

/** What is said of a change besides what it makes. */
interface Manner extends Partial<Pick<ProgrammeChange, 'kind' | 'date'>> {
  readonly onlyTakesAway?: boolean
  /** What else is wrong with it. */
  readonly problems?: (programme: programmeStore.StoredProgramme, station: Station) => Promise<Problem[]>
  readonly rest?: Rest
}

/** What a programme is made of, but for its exceptions. */
export type SeriesContent = Omit<PutProgramme, 'revision'>

/** The same programme with another content, its exceptions kept. */
export function withContent(
  stored: programmeStore.StoredProgramme,
  series: SeriesContent,
): programmeStore.StoredProgramme {
  const { id, areaCode, key, status, revision, createdBy, createdByName, createdAt, updatedAt, exceptions } = stored
  const kept = { id, areaCode, key, status, revision, createdBy, createdByName, createdAt, updatedAt, exceptions }
  return { ...series, ...kept }
}

/** Saves what `change` makes of a programme, if that is fit to air or only airs less; planning follows at once. */
export async function changeProgramme(
  ctx: Needs,
  { actor, id }: { actor: Actor; id: ProgrammeId },
  change: (stored: programmeStore.StoredProgramme) => programmeStore.StoredProgramme,
  { onlyTakesAway = false, kind = 'series', date = null, rest, problems }: Manner = {},
): Promise<Programme> {
  requirePermission(actor, 'programmes.write')
  await getProgramme(ctx, { actor, id })
  const stored = await programmeStore.findProgramme(ctx.db, id)
  if (!stored) throw notFound('programme', id)
  if (stored.status === 'ended') throw conflict('programme.ended')
  const station = await stationStore.findStation(ctx.db, stored.areaCode)
  if (!station) throw invalid('areaCode', 'programme.noStation')
  const programme = change(stored)
  const check = async (): Promise<void> => {
    const found = (await problems?.(programme, station)) ?? []
    if (found.length > 0) throw new DomainError('invalid', found)
    if (!onlyTakesAway) await requireSound(ctx, { actor, programme, station, rest })
  }
  const write = async (tx: Tx): Promise<void> => {
    const changed = { ...programme, updatedAt: ctx.clock.now() }
    if (!(await programmeStore.replaceProgramme(tx.db, changed, stored.revision, station.timeZone)))
      throw conflict('programme.changedMeanwhile')
    await recordChange(ctx, tx, { actor, programmeId: id, kind, date })
    await enqueuePlan(ctx, tx, stored.areaCode)
    await tx.event('programme.changed', id)
  }
  await saveChecked(ctx, stored.areaCode, { check, write })
  return getProgramme(ctx, { actor, id })
}
