import { setImmediate } from 'node:timers/promises'
import type { Programme } from '#protocol/http/programmes.ts'
import type { ProgrammeId } from '#protocol/ids.ts'
import { type Actor, requirePermission, scopeOf } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import * as stationStore from '../areas/stations.store.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import * as listStore from '../broadcasts/broadcast-lists.store.ts'
import * as bulletinStore from '../bulletins/bulletins.store.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { isoOf, isoOrNull } from '../iso.ts'
import { cutPage, decodeCursor } from '../page.ts'
import * as programmeStore from './programmes.store.ts'
import { bulletinsNamedBy } from './rundown.ts'
import { approvedBulletins } from './session/approved.store.ts'
import { stationWarnings } from './station-warnings.ts'
import { programmeWarnings } from './warnings.ts'

type Needs = Pick<Context, 'db' | 'clock'>

export async function getProgramme(ctx: Needs, input: { actor: Actor; id: ProgrammeId }): Promise<Programme> {
  requirePermission(input.actor, 'programmes.read')
  const programme = await programmeStore.findProgramme(ctx.db, input.id)
  if (!programme) throw notFound('programme', input.id)
  await requireCoverage(ctx.db, input.actor, [programme.areaCode])
  return toProgramme(ctx, programme, await stationWarnings(ctx.db, programme.areaCode, ctx.clock.now()))
}

export async function listProgrammes(
  ctx: Needs,
  input: { actor: Actor; areaCode?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: Programme[]; next: string | null }> {
  requirePermission(input.actor, 'programmes.read')
  const rows = await programmeStore.listProgrammes(ctx.db, {
    areaCode: input.areaCode,
    scope: scopeOf(input.actor),
    before: decodeCursor(input.cursor),
    limit: input.limit + 1,
  })
  const { page, next } = cutPage(rows, input.limit, (last) => ({ at: last.createdAt, id: last.id }))
  const warnings = new Map<ProgrammeId, string[]>()
  for (const areaCode of new Set(page.map((row) => row.areaCode))) {
    // A year of each station is reckoned: others get their turn in between.
    await setImmediate()
    for (const [id, said] of await stationWarnings(ctx.db, areaCode, ctx.clock.now())) warnings.set(id, said)
  }
  return {
    items: await Promise.all(page.map((row) => toProgramme(ctx, row, warnings))),
    next,
  }
}

async function toProgramme(
  ctx: Needs,
  stored: programmeStore.StoredProgramme,
  ofStation: ReadonlyMap<ProgrammeId, string[]>,
): Promise<Programme> {
  const { createdBy: _createdBy, updatedAt: _updatedAt, createdAt, ...rest } = stored
  const nextStartAt = await listStore.nextStartOf(ctx.db, stored.id, ctx.clock.now())
  return {
    ...rest,
    createdAt: isoOf(createdAt),
    nextStartAt: isoOrNull(nextStartAt),
    warnings: [...(await warningsOf(ctx, stored)), ...(ofStation.get(stored.id) ?? [])],
  }
}

async function warningsOf(ctx: Needs, programme: programmeStore.StoredProgramme): Promise<string[]> {
  const named = bulletinsNamedBy(programme)
  const approved = await approvedBulletins(ctx.db, named)
  const withdrawn = await bulletinStore.titlesOf(
    ctx.db,
    named.filter((id) => !approved.has(id)),
  )
  const station = await stationStore.findStation(ctx.db, programme.areaCode)
  const when = { now: ctx.clock.now(), timeZone: station?.timeZone ?? DEFAULT_STATION.timeZone }
  return programmeWarnings(programme, { approved, withdrawn }, when)
}
