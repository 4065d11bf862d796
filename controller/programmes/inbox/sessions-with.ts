import type { SessionRef } from '#protocol/http/inbox.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { hasBegun } from '../../broadcasts/decide-sessions.ts'
import type { StationState } from '../../broadcasts/load-station.ts'
import type { Placement } from '../placements.store.ts'
import { isBulletin } from '../session/airing-item.ts'
import type { BulletinMaterial } from '../session/bulletin-material.ts'
import { type Material, type Session, sessionsIn } from '../session/session.ts'
import { keyOf } from '../session-key.ts'
import { targetedClusters } from '../targets.ts'

type State = Pick<StationState, 'sessions' | 'stored' | 'programmes' | 'material' | 'times' | 'window' | 'now'>

/** A session of the coming days, and as it would be with a bulletin in it. */
export interface Trial {
  readonly session: Session
  readonly with: Session
}

/**
 * What each session would be with a bulletin placed at its end, asked of the same rules that make sessions. `bulletin` is
 * what may air of it; where it stands already it stays. Insisted on, it makes others of its class give way.
 */
export function trialsOf(
  state: State,
  bulletinId: BulletinId,
  bulletin: BulletinMaterial,
  isInsisted: boolean,
): Trial[] {
  const { ready, approved, placements, frames, relays } = state.material
  // Where it was placed and found no room, insisting may find it some.
  const known = placements.map((placement) =>
    isInsisted && placement.bulletinId === bulletinId ? { ...placement, isInsisted: 1 } : placement,
  )
  const standing = new Set(placements.filter((placement) => placement.bulletinId === bulletinId).map(keyOf))
  const added = state.sessions
    .map(refOf)
    .filter((ref) => !standing.has(keyOf(ref)))
    .map(
      (ref): Placement => ({
        ...ref,
        bulletinId,
        position: Number.MAX_SAFE_INTEGER,
        placedBy: null,
        placedByName: '',
        placedAt: state.now,
        isInsisted: isInsisted ? 1 : 0,
        isOrderOnly: 0,
      }),
    )
  const material: Required<Material> = {
    ready: new Map([...ready, ...bulletin.ready]),
    approved: new Map([...approved, ...bulletin.approved]),
    placements: [...known, ...added],
    frames: { ...frames, cuts: new Map([...frames.cuts, ...bulletin.cuts]) },
    relays,
  }
  const tried = new Map(
    sessionsIn(state.programmes, material, state.times, state.window).map((session) => [
      keyOf(refOf(session)),
      session,
    ]),
  )
  return state.sessions
    .map((session) => ({ session, with: tried.get(keyOf(refOf(session))) ?? session }))
    .sort((a, b) => a.session.startAt - b.session.startAt || (a.session.programme.id < b.session.programme.id ? -1 : 1))
}

export const refOf = ({ programme, originalDate }: Session): SessionRef => ({
  programmeId: programme.id,
  originalDate,
})

export const isSilenced = ({ bar }: Session): boolean => bar === 'quiet-hours' || bar === 'silence'

/** Whether people are to hear it in the session. */
export const airs = (session: Session, bulletinId: BulletinId): boolean =>
  session.bar === null && session.items.some((item) => isBulletin(item) && item.bulletinId === bulletinId)

/** What a session gives up for the bulletin that it kept before. */
export function newlyDropped({ session, with: after }: Trial): Session['dropped'] {
  const nameOf = ({ bulletinId, title }: Session['dropped'][number]): string => bulletinId ?? title
  const before = new Set(session.dropped.map(nameOf))
  return after.dropped.filter((item) => !before.has(nameOf(item)))
}

/** Whether somebody has called it off, or it sounds already. */
export function isClosedToChange(session: Session, { stored, now }: Pick<State, 'stored' | 'now'>): boolean {
  const key = keyOf(refOf(session))
  const broadcast = stored.find((one) => keyOf(one) === key)
  return broadcast !== undefined && (broadcast.cancelledBy === 'person' || hasBegun(broadcast, now))
}

/** Whether it is in there already, and is to be heard. */
export const stands = ({ session }: Trial, state: Pick<State, 'stored' | 'now'>, bulletinId: BulletinId): boolean =>
  airs(session, bulletinId) && !isClosedToChange(session, state)

/** Whether a whole commune hears it, but for what its programme leaves out on purpose. */
export function isForAll(
  { programme: { targets } }: Session,
  { station, clusters }: Pick<StationState, 'station' | 'clusters'>,
): boolean {
  const ids = clusters.map(({ id }) => id)
  const hearing = targetedClusters(targets, station.areaCode, ids)
  return hearing.length > 0 && (targets.areas.includes(station.areaCode) || hearing.length === ids.length)
}
