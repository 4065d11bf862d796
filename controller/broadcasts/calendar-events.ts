import type { DaySession } from '#protocol/http/days.ts'
import type { BulletinId, ProgrammeId } from '#protocol/ids.ts'
import { dayOf } from '#protocol/rules/civil-date.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { scheduleOf } from '#protocol/rules/occurrences.ts'
import type { StoredProgramme } from '../programmes/programmes.store.ts'
import { sessionKey } from '../programmes/session-key.ts'
import type { StationTimes } from '../programmes/station-times.ts'
import { MINUTE } from '../units.ts'
import type { CalendarEvent } from './ical.ts'

/** What a calendar shows of a session. */
export interface Shown
  extends Pick<DaySession, 'programmeId' | 'programmeName' | 'originalDate' | 'status' | 'cancelledBy' | 'fill'> {
  readonly startAt: number
  readonly endAt: number
  readonly slotEndAt: number
  readonly bulletins: readonly { readonly id: BulletinId; readonly title: string }[]
}

export const shownOf = ({ rundown, ...session }: DaySession): Shown => ({
  ...session,
  bulletins: rundown.filter((part) => part.kind === 'bulletin'),
  startAt: Date.parse(session.startAt),
  endAt: Date.parse(session.endAt),
  slotEndAt: Date.parse(session.slotEndAt),
})

/** Sessions that a series would have and people have called off beforehand. */
export function skippedIn(
  programmes: readonly StoredProgramme[],
  { timeZone, holidays = [] }: StationTimes,
  window: Window,
): Shown[] {
  return programmes.flatMap((programme) => {
    const skipped = programme.exceptions.filter(({ kind }) => kind === 'skip')
    if (skipped.length === 0) return []
    const schedule = scheduleOf({ ...programme, exceptions: [] }, timeZone, { holidays })
    return skipped.flatMap(({ date }): Shown[] => {
      const startAt = schedule.occurrenceOf(dayOf(date))?.startAt
      if (startAt === undefined || startAt < window.from || startAt >= window.until) return []
      const slotEndAt = startAt + programme.maxMinutes * MINUTE
      return [
        {
          programmeId: programme.id,
          programmeName: programme.name,
          originalDate: date,
          status: 'cancelled',
          cancelledBy: 'person',
          fill: 'empty',
          startAt,
          endAt: startAt,
          slotEndAt,
          bulletins: [],
        },
      ]
    })
  })
}

/** How often something has changed, and when last. */
export interface Edition {
  readonly revision: number
  readonly changedAt: number
}

/** What is known of programmes and bulletins besides. */
export interface Background {
  readonly programmeEditions: ReadonlyMap<ProgrammeId, Edition>
  /** By programme and original date: of those that have a row. */
  readonly sessionEditions: ReadonlyMap<string, Edition>
  readonly isApproved: (id: BulletinId) => boolean
  readonly location: string
}

/** Each session once, in order; what must not be heard is no event, what has nothing to say yet is a tentative one. */
export function calendarEvents(sessions: readonly Shown[], background: Background): CalendarEvent[] {
  const events = new Map<string, CalendarEvent>()
  for (const session of [...sessions].sort((a, b) => a.startAt - b.startAt)) {
    const key = sessionKey(session.programmeId, session.originalDate)
    if (!isBarred(session) && !events.has(key)) events.set(key, eventOf(session, background))
  }
  return [...events.values()]
}

const isBarred = ({ status, cancelledBy }: Shown): boolean => status === 'barred' && cancelledBy !== 'emptiness'

function eventOf(
  session: Shown,
  { programmeEditions, sessionEditions, isApproved, location }: Background,
): CalendarEvent {
  const { programmeId, programmeName, originalDate, startAt, endAt, slotEndAt, bulletins } = session
  const known = [programmeEditions.get(programmeId), sessionEditions.get(sessionKey(programmeId, originalDate))]
  const editions = known.flatMap((edition) => edition ?? [])
  const isCancelled = session.status === 'cancelled'
  const isOpen = session.fill === 'empty'
  return {
    uid: `${programmeId}-${originalDate}@loa-xa`,
    startAt,
    endAt: endAt > startAt ? endAt : slotEndAt,
    modifiedAt: Math.max(0, ...editions.map(({ changedAt }) => changedAt)),
    // Of two that only grow, the sum grows with each change of either.
    sequence: editions.reduce((sum, { revision }) => sum + revision, 0),
    status: isCancelled ? 'CANCELLED' : isOpen ? 'TENTATIVE' : 'CONFIRMED',
    summary: programmeName,
    description: isCancelled
      ? ''
      : bulletins
          .filter(({ id }) => isApproved(id))
          .map(({ title }) => title)
          .join('\n'),
    location,
  }
}
