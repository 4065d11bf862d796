import type { BulletinId } from '#protocol/ids.ts'
import type { StationState } from '../../broadcasts/load-station.ts'
import type * as placementStore from '../placements.store.ts'
import { keyOf } from '../session-key.ts'
import type { Standing } from './decide-review.ts'
import { isClosedToChange, isSilenced, refOf } from './sessions-with.ts'

type Placed = Pick<
  Awaited<ReturnType<typeof placementStore.placementsOf>>[number],
  'programmeId' | 'originalDate' | 'startAt' | 'status' | 'itemsJson'
>

/** What has become of a placement: its session as it was planned if it has begun, else as the programme has it now. */
export function fateOf(
  placed: Placed,
  bulletinId: BulletinId,
  state: Pick<StationState, 'sessions' | 'stored' | 'now'>,
): Standing['fate'] {
  const { startAt, status } = placed
  const isBegun = status !== null && status !== 'cancelled' && startAt !== null && startAt <= state.now
  if (isBegun) {
    if (!placed.itemsJson?.includes(`"bulletinId":"${bulletinId}"`)) return 'lost'
    return status === 'closed' ? 'over' : 'begun'
  }
  const session = state.sessions.find((one) => keyOf(refOf(one)) === keyOf(placed))
  return session && !isClosedToChange(session, state) && !isSilenced(session) ? 'ahead' : 'lost'
}
