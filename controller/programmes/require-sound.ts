import type { CalendarException } from '#protocol/calendar.ts'
import type { Station } from '#protocol/http/areas.ts'
import type { ClusterId, ProgrammeId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Context } from '../context.ts'
import { DomainError, type Problem } from '../errors.ts'
import { alternativesTo } from './alternatives.ts'
import { LOOK_AHEAD_MS, programmeProblems } from './check.ts'
import { newExceptionProblems } from './exception-problems.ts'
import { type PlacedProgramme, placeProblems, prepare } from './place-problems.ts'
import * as programmeStore from './programmes.store.ts'
import { bulletinsNamedBy, fixedItems, type ProgrammeContent } from './rundown.ts'
import { rundownProblems } from './rundown-problems.ts'
import { approvedBulletins } from './session/approved.store.ts'
import { chimeOf, isChime, NO_FRAMES } from './session/frame.ts'
import { frameSounds } from './session/frame-sounds.ts'
import { readyBulletins } from './session/ready-bulletins.store.ts'
import { isRelayPart, relayOf } from './session/relay.ts'
import { relaysFor } from './session/relays-for.ts'
import { itemsOf } from './session/session.ts'
import { stationTimes } from './station-times.ts'
import { targetedClusters } from './targets.ts'

/** What stands beside a programme, of those that are in the schedule now. */
export type Rest = (active: readonly programmeStore.StoredProgramme[]) => readonly PlacedProgramme[]

/** Throws what is wrong with a programme before anybody saves it, all of it at once. */
export async function requireSound(
  ctx: Pick<Context, 'db' | 'clock' | 'config'>,
  {
    actor,
    programme,
    station,
    standing = programme.exceptions,
    rest = (active) => active.filter(({ id }) => id !== programme.id),
  }: {
    actor: Actor
    programme: ProgrammeContent & { readonly id?: ProgrammeId }
    station: Station
    /** Exceptions that are not new. */
    standing?: readonly CalendarException[] | undefined
    rest?: Rest | undefined
  },
): Promise<void> {
  const now = ctx.clock.now()
  const named = bulletinsNamedBy(programme)
  const ready = await readyBulletins(ctx.db, named)
  const chimes = programme.rundown.filter(isChime)
  const frames = chimes.length > 0 ? await frameSounds(ctx.db, chimes, [...ready.values()]) : NO_FRAMES
  const parts = programme.rundown.filter(isRelayPart)
  const relays = await relaysFor(ctx.db, parts)
  const bulletins = {
    approved: await approvedBulletins(ctx.db, named),
    items: [
      ...chimes.flatMap((item) => chimeOf(item, frames) ?? []),
      ...itemsOf(fixedItems(programme.rundown), ready, frames),
      ...parts.flatMap((part) => relayOf(part, relays) ?? []),
    ],
  }
  const window = { from: now + 1, until: now + LOOK_AHEAD_MS }
  const times = await stationTimes(ctx.db, station, window, now)
  const clusters = (await clusterStore.clustersOfArea(ctx.db, programme.areaCode)).map(({ id }) => id)
  const others = rest(await programmeStore.activeProgrammesOf(ctx.db, programme.areaCode))
  const neighbours = prepare({ others, clusters, times, window })
  const problemsAt = (startTime: string): Problem[] => {
    const own = { ...programme, id: programme.id ?? 'new', startTime }
    return [
      ...programmeProblems(own, times, bulletins, { now, leadMs: ctx.config.leadMs }),
      ...placeProblems(own, neighbours),
    ]
  }
  const problems = [
    ...targetProblems(programme, clusters),
    ...(await rundownProblems(ctx.db, actor, programme)),
    ...(await newExceptionProblems(ctx, programme, standing, station)),
    ...problemsAt(programme.startTime),
  ]
  if (problems.length === 0) return
  const isStartTime = ({ field }: Problem): boolean => field === 'startTime'
  if (!problems.some(isStartTime)) throw new DomainError('invalid', problems)
  const own = { ...programme, id: programme.id ?? 'new' }
  const alternatives = alternativesTo(own, neighbours, (start) => !problemsAt(start).some(isStartTime))
  throw new DomainError(
    'invalid',
    problems.map((problem) =>
      isStartTime(problem) && alternatives.length > 0 ? { ...problem, alternatives } : problem,
    ),
  )
}

function targetProblems({ areaCode, targets }: ProgrammeContent, clusters: readonly ClusterId[]): Problem[] {
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
