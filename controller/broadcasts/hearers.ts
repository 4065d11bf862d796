import type { ClusterId } from '#protocol/ids.ts'
import { airMsOf } from '#protocol/rules/lead-in.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import { silencedBy } from '#protocol/rules/silences.ts'
import type { Session } from '../programmes/session/session.ts'
import { targetedClusters } from '../programmes/targets.ts'
import type { StationState } from './load-station.ts'

/** Which clusters are to hear a session: those that it is for, but for the ones that are silent or have their quiet hours then. */
export function hearersAt(
  { programme, startAt, endAt }: Pick<Session, 'programme' | 'startAt' | 'endAt'>,
  {
    clusters,
    times: { quietClusters, silences = [], timeZone },
  }: {
    readonly clusters: readonly Pick<StationState['clusters'][number], 'id'>[]
    readonly times: StationState['times']
  },
): ClusterId[] {
  const ids = clusters.map(({ id }) => id)
  const airMs = airMsOf(endAt - startAt)
  const isQuietFor = (id: ClusterId): boolean => {
    const own = quietClusters?.get(id)
    return own !== undefined && touchesQuiet(startAt, airMs, own, timeZone)
  }
  return targetedClusters(programme.targets, programme.areaCode, ids).filter(
    (id) => silencedBy(startAt, airMs, id, silences) === null && !isQuietFor(id),
  )
}
