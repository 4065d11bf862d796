import type { ProgrammeCalendar } from '#protocol/calendar.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import type { Airing, Exempt } from '#protocol/rules/limits.ts'
import { occurrencesOf, type ProgrammeOccurrence } from '#protocol/rules/occurrences.ts'
import { quietSearch } from '#protocol/rules/quiet-hours.ts'
import { silencedEverywhere } from '#protocol/rules/silences.ts'
import { MINUTE } from '../units.ts'
import type { StoredExemption } from './exemptions.store.ts'
import { sessionKey } from './session-key.ts'
import type { StationTimes } from './station-times.ts'

/** What of a programme decides when it takes up air. */
export interface SlotProgramme extends ProgrammeCalendar {
  readonly id: string
  readonly maxMinutes: number
}

/**
 * The air that a session may take: all of its slot, whatever is in its rundown today. What is placed into it tomorrow then
 * breaks no limit that it did not break when it was saved.
 */
export interface AirSlot extends Airing, Pick<ProgrammeOccurrence, 'originalDate' | 'date'> {
  readonly programmeId: string
}

/** The slots of a programme whose starts lie in the window; what is silent then takes none. */
export function slotsIn(programme: SlotProgramme, times: StationTimes, window: Window): AirSlot[] {
  const { timeZone, quietHours, holidays = [], silences = [], exemptions = [] } = times
  const nextQuiet = quietSearch(quietHours, timeZone)
  const own = exemptionsOf(programme.id, exemptions)
  return occurrencesOf(programme, window, timeZone, { holidays })
    .filter(({ startAt }) => nextQuiet(startAt) > startAt && !silencedEverywhere(startAt, 0, silences))
    .map(({ originalDate, date, startAt }) => ({
      id: sessionKey(programme.id, originalDate),
      programmeId: programme.id,
      originalDate,
      date,
      startAt,
      endAt: startAt + programme.maxMinutes * MINUTE,
      exempt: exemptOn(date, own),
    }))
}

export const exemptionsOf = (id: string, exemptions: readonly StoredExemption[]): readonly StoredExemption[] =>
  exemptions.filter(({ programmeId }) => programmeId === null || programmeId === id)

export const exemptOn = (date: string, exemptions: readonly StoredExemption[]): readonly Exempt[] =>
  exemptions.filter(({ fromDate, untilDate }) => fromDate <= date && date <= untilDate)
