import type { Station } from '#protocol/http/areas.ts'
import type { Actor } from '../accounts/actor.ts'
import { stationTimes } from '../areas/station-times.ts'
import { approvedBulletins } from '../broadcasts/approved.store.ts'
import { readyBulletins } from '../broadcasts/ready-bulletins.store.ts'
import { itemsOf } from '../broadcasts/session.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/open.ts'
import { DomainError, type Problem } from '../errors.ts'
import { LOOK_AHEAD_MS, programmeProblems } from './check.ts'
import { bulletinsNamedBy, fixedItems, type ProgrammeContent } from './rundown.ts'
import { rundownProblems } from './rundown-problems.ts'
import { targetedClusters } from './targets.ts'

/** Throws what is wrong with a programme before anybody saves it, all of it at once. */
export async function requireSound(
  ctx: Pick<Context, 'db' | 'clock' | 'config'>,
  { actor, programme, station }: { actor: Actor; programme: ProgrammeContent; station: Station },
): Promise<void> {
  const now = ctx.clock.now()
  const named = bulletinsNamedBy(programme)
  const bulletins = {
    approved: await approvedBulletins(ctx.db, named),
    items: itemsOf(fixedItems(programme.rundown), await readyBulletins(ctx.db, named)),
  }
  const times = await stationTimes(ctx.db, station, { from: now, until: now + LOOK_AHEAD_MS })
  const problems = [
    ...(await targetProblems(ctx.db, programme)),
    ...(await rundownProblems(ctx.db, actor, programme)),
    ...programmeProblems(programme, times, bulletins, { now, leadMs: ctx.config.leadMs }),
  ]
  if (problems.length > 0) throw new DomainError('invalid', problems)
}

async function targetProblems(db: Db, { areaCode, targets }: ProgrammeContent): Promise<Problem[]> {
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
