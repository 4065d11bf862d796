import type { ProgrammeCalendar } from '../calendar.ts'
import { dayOf } from './civil-date.ts'
import { type CalendarContext, type ProgrammeOccurrence, type Schedule, scheduleOf } from './occurrences.ts'
import type { Absence } from './series.ts'
import { type SilentSpan, silencedEverywhere } from './silences.ts'

/** Why a programme does or does not take place on a local date. */
export type DateExplanation =
  | Absence
  /** Its own session, and those that were moved here besides. */
  | { readonly kind: 'plays'; readonly occurrences: readonly ProgrammeOccurrence[] }
  /** Only sessions of other dates. */
  | { readonly kind: 'moved-here'; readonly occurrences: readonly ProgrammeOccurrence[] }
  | { readonly kind: 'moved-away'; readonly to: ProgrammeOccurrence }
  | { readonly kind: 'skipped'; readonly reason: string | null }
  | { readonly kind: 'silence'; readonly occurrence: ProgrammeOccurrence; readonly silence: SilentSpan }
  /** The zone left the date out, here or where the session was moved to. */
  | { readonly kind: 'no-such-date' }

/** What sounds on the date comes first; else what kept it from sounding; else why nothing was meant to. */
export function explainDate(
  calendar: ProgrammeCalendar,
  date: string,
  timeZone: string,
  context: CalendarContext = {},
): DateExplanation {
  const schedule = scheduleOf(calendar, timeZone, context)
  const planned = plannedOn(schedule, date)
  const silenceOf = ({ startAt }: ProgrammeOccurrence): SilentSpan | null =>
    silencedEverywhere(startAt, context.ms ?? 0, context.silences ?? [])
  const occurrences = planned.filter((occurrence) => !silenceOf(occurrence))
  if (occurrences.length > 0)
    return { kind: occurrences.some(({ originalDate }) => originalDate === date) ? 'plays' : 'moved-here', occurrences }
  for (const occurrence of planned) {
    const silence = silenceOf(occurrence)
    if (silence) return { kind: 'silence', occurrence, silence }
  }
  return absenceOn(schedule, dayOf(date))
}

function plannedOn(schedule: Schedule, date: string): ProgrammeOccurrence[] {
  const days = new Set([dayOf(date), ...schedule.movedDays])
  return [...days]
    .flatMap((day) => schedule.occurrenceOf(day) ?? [])
    .filter((occurrence) => occurrence.date === date)
    .sort((a, b) => a.startAt - b.startAt || (a.originalDate < b.originalDate ? -1 : 1))
}

function absenceOn(schedule: Schedule, day: number): DateExplanation {
  const absence = schedule.series.absence(day)
  if (absence) return absence
  const exception = schedule.exceptionOn(day)
  if (exception?.kind === 'skip') return { kind: 'skipped', reason: exception.reason ?? null }
  const occurrence = schedule.occurrenceOf(day)
  return occurrence ? { kind: 'moved-away', to: occurrence } : { kind: 'no-such-date' }
}
