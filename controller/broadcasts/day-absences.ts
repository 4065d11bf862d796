import type { DayAbsence } from '#protocol/http/days.ts'
import { explainDate } from '#protocol/rules/explain-date.ts'
import { isoOf } from '../iso.ts'
import type { StoredProgramme } from '../programmes/programmes.store.ts'
import type { StationTimes } from '../programmes/station-times.ts'

/** Why a session that its series has on a date does not take place on it; null when it does, or was never meant to. */
export function absenceOf(
  programme: StoredProgramme,
  date: string,
  { timeZone, holidays = [] }: Pick<StationTimes, 'timeZone' | 'holidays'>,
): DayAbsence | null {
  const absence = { programmeId: programme.id, programmeName: programme.name, reason: null, movedTo: null }
  const found = explainDate(programme, date, timeZone, { holidays })
  switch (found.kind) {
    case 'skipped':
      return { ...absence, kind: 'skipped', reason: found.reason }
    case 'moved-away':
      return { ...absence, kind: 'moved-away', movedTo: isoOf(found.to.startAt) }
    case 'holiday':
      return { ...absence, kind: 'holiday', reason: found.holiday.name }
    default:
      return null
  }
}
