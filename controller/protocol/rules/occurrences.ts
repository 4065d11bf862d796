import type { CalendarException, HolidayDecision, ProgrammeCalendar } from '../calendar.ts'
import { CALENDAR_END, DAY_MS, dateOf, dayOf } from './civil-date.ts'
import { civilClock, type Window } from './civil-time.ts'
import { holidayLookup } from './holidays.ts'
import { type Series, seriesOf } from './series.ts'
import { type SilentSpan, silencedEverywhere } from './silences.ts'

/** A cap on how many sessions one calendar may yield in one window: a rule that says more is a mistake. */
const MAX_OCCURRENCES = 5_000

/** One session of a programme. */
export interface ProgrammeOccurrence {
  /** Local date on which the series puts it: its identity, whatever becomes of it. */
  readonly originalDate: string
  readonly startAt: number
  /** Local date on which it takes place. */
  readonly date: string
  /** The start that it was moved away from. */
  readonly movedFrom?: number
  /** What airs instead of the programme's rundown. */
  readonly replacement?: string
}

/** What a calendar depends on besides itself. */
export interface CalendarContext {
  readonly holidays?: readonly HolidayDecision[]
  /** Those of every cluster keep a session from taking place; those of some clusters are the planner's. */
  readonly silences?: readonly SilentSpan[]
  /** How long a session sounds. */
  readonly ms?: number
}

/** The sessions whose start lies in the window, ascending, moved ones where they were moved to. */
export function occurrencesOf(
  calendar: ProgrammeCalendar,
  window: Window,
  timeZone: string,
  context: CalendarContext = {},
): ProgrammeOccurrence[] {
  if (window.until <= window.from) return []
  const schedule = scheduleOf(calendar, timeZone, context)
  const found: ProgrammeOccurrence[] = []
  const add = (occurrence: ProgrammeOccurrence | null): void => {
    if (!occurrence || occurrence.startAt < window.from || occurrence.startAt >= window.until) return
    if (!silencedEverywhere(occurrence.startAt, context.ms ?? 0, context.silences ?? [])) found.push(occurrence)
  }
  for (const day of schedule.movedDays) add(schedule.occurrenceOf(day))
  // A local day begins at most a day before or after the same day of UTC, and a skipped hour may put a start off.
  const from = Math.max(schedule.series.first, Math.floor(window.from / DAY_MS) - 2)
  const until = Math.min(schedule.series.last, Math.floor(window.until / DAY_MS) + 1, dayOf(CALENDAR_END))
  for (let day = from; day <= until && found.length < MAX_OCCURRENCES; day++)
    if (!schedule.movedDays.has(day)) add(schedule.occurrenceOf(day))
  return found.sort((a, b) => a.startAt - b.startAt || (a.originalDate < b.originalDate ? -1 : 1))
}

/** A calendar with its exceptions, made ready to be asked about many days. */
export interface Schedule {
  readonly series: Series
  /** Days that have an exception of the kind `move`, whether or not the series falls on them. */
  readonly movedDays: ReadonlySet<number>
  exceptionOn(day: number): CalendarException | null
  /** The session that the series puts on a day, wherever it was moved to; null when there is none. */
  occurrenceOf(day: number): ProgrammeOccurrence | null
}

export function scheduleOf(calendar: ProgrammeCalendar, timeZone: string, context: CalendarContext): Schedule {
  const series = seriesOf(calendar, timeZone, holidayLookup(context.holidays))
  const instantOn = civilClock(timeZone)
  const exceptions = new Map(calendar.exceptions.map((exception) => [dayOf(exception.date), exception]))
  const moved = calendar.exceptions.filter(({ kind }) => kind === 'move').map(({ date }) => dayOf(date))

  function occurrenceOf(day: number): ProgrammeOccurrence | null {
    if (series.absence(day)) return null
    const startAt = instantOn(day, calendar.startTime)
    if (startAt === null) return null
    const originalDate = dateOf(day)
    const exception = exceptions.get(day)
    switch (exception?.kind) {
      case undefined:
        return { originalDate, startAt, date: originalDate }
      case 'skip':
        return null
      case 'replace':
        return { originalDate, startAt, date: originalDate, replacement: exception.replacement }
      case 'move': {
        const date = exception.to.date ?? originalDate
        const movedTo = instantOn(dayOf(date), exception.to.time ?? calendar.startTime)
        return movedTo === null ? null : { originalDate, startAt: movedTo, date, movedFrom: startAt }
      }
    }
  }

  return {
    series,
    movedDays: new Set(moved),
    exceptionOn: (day) => exceptions.get(day) ?? null,
    occurrenceOf,
  }
}

/** The last local date on which a calendar can have a session, where it was moved to included; null: no end. */
export function lastDateOf(calendar: ProgrammeCalendar, timeZone: string): string | null {
  const { series, movedDays, occurrenceOf } = scheduleOf(calendar, timeZone, {})
  if (!Number.isFinite(series.last)) return null
  const moved = [...movedDays].flatMap((day) => occurrenceOf(day)?.date ?? [])
  return [dateOf(series.last), ...moved].reduce((last, date) => (date > last ? date : last))
}
