import type { SessionRef } from '#protocol/http/inbox.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'
import type { StationState } from '../../broadcasts/load-station.ts'
import type { Problem } from '../../errors.ts'
import { dayMonthYear } from '../../iso.ts'
import { DAY, SECOND } from '../../units.ts'
import type { Session } from '../session/session.ts'
import { airs, isClosedToChange, isSilenced, type Trial } from './sessions-with.ts'

type Obstacle = Omit<Problem, 'field'>

interface Asked {
  readonly bulletinId: BulletinId
  readonly expiresOn: string | null
  readonly leadMs: number
}

/** Why nobody changes what a session says any more; null: it may be changed. */
export function lockOn(
  session: Session,
  state: Pick<StationState, 'stored' | 'now'>,
  { leadMs }: Pick<Asked, 'leadMs'>,
): Obstacle | null {
  if (isClosedToChange(session, state)) return { key: 'inbox.calledOff' }
  if (session.startAt >= state.now + leadMs) return null
  return { key: 'inbox.tooSoon', values: { seconds: Math.ceil(leadMs / SECOND) } }
}

/** Why a bulletin cannot be put into a session of the coming days; null: it can, though others may give way. */
export function obstacleTo(
  { session, with: after }: Trial,
  state: Pick<StationState, 'stored' | 'times' | 'now'>,
  { bulletinId, expiresOn, leadMs }: Asked,
): Obstacle | null {
  const lock = lockOn(session, state, { leadMs })
  if (lock) return lock
  if (expiresOn !== null && !mayAirAt(expiresOn, session.startAt, state.times.timeZone))
    return { key: 'inbox.expiresBefore', values: { date: dayMonthYear(expiresOn) } }
  if (isSilenced(after)) return { key: 'inbox.intoSilence' }
  if (airs(after, bulletinId)) return null
  return { key: 'inbox.noRoom', values: { limit: session.programme.maxMinutes } }
}

/** Why there is no such session to put anything into. */
export function absenceOf(ref: SessionRef, state: Pick<StationState, 'programmes' | 'times' | 'now'>): Obstacle {
  const programme = state.programmes.find(({ id }) => id === ref.programmeId)
  if (!programme) return { key: 'inbox.noProgramme' }
  const { timeZone, holidays = [] } = state.times
  const past = { from: state.now - 2 * DAY, until: state.now + 1 }
  const isPast = occurrencesOf(programme, past, timeZone, { holidays }).some(
    ({ originalDate }) => originalDate === ref.originalDate,
  )
  if (isPast) return { key: 'inbox.begun' }
  const values = { date: dayMonthYear(ref.originalDate), name: programme.name }
  return { key: 'inbox.noSession', values }
}
