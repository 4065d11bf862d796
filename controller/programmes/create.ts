import type { CreateProgramme, Programme } from '#protocol/http/programmes.ts'
import { ProgrammeId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import * as stationStore from '../areas/stations.store.ts'
import { approvedBulletins } from '../broadcasts/approved.store.ts'
import { readyBulletins } from '../broadcasts/ready-bulletins.store.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import { itemsOf } from '../broadcasts/session.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/open.ts'
import { transact } from '../db/transact.ts'
import { DomainError, invalid, type Problem } from '../errors.ts'
import { programmeProblems } from './check.ts'
import { getProgramme } from './get.ts'
import * as programmeStore from './programmes.store.ts'
import { rundownProblems } from './rundown-problems.ts'
import { targetedClusters } from './targets.ts'

/** Puts bulletins into a commune's schedule; planning follows at once. */
export async function createProgramme(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; programme: CreateProgramme },
): Promise<Programme> {
  const { actor, programme } = input
  requirePermission(actor, 'programmes.write')
  await requireCoverage(ctx.db, actor, [programme.areaCode], 'areaCode')
  const station = await stationStore.findStation(ctx.db, programme.areaCode)
  if (!station) throw invalid('areaCode', 'programme.noStation')
  const now = ctx.clock.now()
  const named = programme.rundown.map((item) => item.bulletinId)
  const bulletins = {
    approved: await approvedBulletins(ctx.db, named),
    items: itemsOf(programme.rundown, await readyBulletins(ctx.db, named)),
  }
  const problems = [
    ...(await targetProblems(ctx.db, programme)),
    ...(await rundownProblems(ctx.db, actor, programme)),
    ...programmeProblems(programme, station, bulletins, now),
  ]
  if (problems.length > 0) throw new DomainError('invalid', problems)
  const id = ProgrammeId.parse(ctx.newId('prg'))
  await transact(ctx, async (tx) => {
    await programmeStore.insertProgramme(tx.db, {
      ...programme,
      id,
      status: 'active',
      createdBy: actor.userId,
      createdByName: actor.name,
      createdAt: now,
      updatedAt: now,
    })
    await enqueuePlan(ctx, tx, programme.areaCode)
    await tx.event('programme.changed', id)
  })
  return getProgramme(ctx, { actor, id })
}

async function targetProblems(db: Db, { areaCode, targets }: CreateProgramme): Promise<Problem[]> {
  const clusters = (await clusterStore.clustersOfArea(db, areaCode)).map((cluster) => cluster.id)
  const known = new Set<string>(clusters)
  const problems: Problem[] = [
    ...targets.areas.flatMap((code, i) =>
      code === areaCode ? [] : [{ field: `targets.areas.${i}`, key: 'programme.foreignArea', values: { code } }],
    ),
    ...targets.clusters.flatMap((id, i) =>
      known.has(id) ? [] : [{ field: `targets.clusters.${i}`, key: 'programme.foreignCluster', values: { id } }],
    ),
  ]
  if (problems.length === 0 && targetedClusters(targets, areaCode, clusters).length === 0) {
    problems.push({ field: 'targets', key: 'programme.noCluster' })
  }
  return problems
}
