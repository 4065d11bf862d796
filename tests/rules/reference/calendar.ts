import type { HolidayDecision, ProgrammeCalendar, Silence } from '#protocol/calendar.ts'
import type { ProgrammeOccurrence } from '#protocol/rules/occurrences.ts'
import { datesBetween, datesOfYear, firstShowing, plainDate } from './civil.ts'
import { ruleDates } from './rule.ts'
import { monthLengthInSky, SKY } from './sky.ts'

interface Context {
  readonly holidays?: readonly HolidayDecision[]
  readonly silences?: readonly { from: number; until: number; clusters: unknown }[]
  readonly ms?: number
}

const isOn = (month: number, day: number) => (date: string) => {
  const lunar = SKY.get(date)
  return lunar?.month === month && lunar.day === day && !lunar.isLeap
}

/** Decided so far: how many days of Tết lay before mùng 1, and which day joined the 2nd of September. */
const DECIDED: Readonly<Record<number, readonly [number, string]>> = {
  2021: [2, '09-03'],
  2022: [1, '09-01'],
  2023: [2, '09-01'],
  2024: [2, '09-03'],
  2025: [2, '09-01'],
  2026: [1, '09-01'],
}

const holidayYears = new Map<string, Set<string>>()

/** The dates of a year's holidays, `2026-02-17 tet`. */
export function slowHolidays(year: number, decisions: readonly HolidayDecision[] = []): Set<string> {
  const key = `${year} ${JSON.stringify(decisions)}`
  const known = holidayYears.get(key)
  if (known) return known
  const own = decisions.find((decision) => decision.year === year)
  const [usualBefore, usualDay] = DECIDED[year] ?? [2, '09-01']
  const before = own?.daysBeforeTet ?? usualBefore
  const second = own?.nationalDay === 'after' ? '09-03' : own?.nationalDay === 'before' ? '09-01' : usualDay
  const found = new Set<string>()
  for (const date of datesOfYear(year)) {
    if (date.endsWith('-01-01')) found.add(`${date} new-year`)
    for (let nth = 0; nth < 5; nth++)
      if (
        isOn(
          1,
          1,
        )(
          plainDate(date)
            .add({ days: before - nth })
            .toString(),
        )
      )
        found.add(`${date} tet`)
    if (isOn(3, 10)(date)) found.add(`${date} hung-kings`)
    if (date.endsWith('-04-30')) found.add(`${date} victory`)
    if (date.endsWith('-05-01')) found.add(`${date} labour`)
    if (date.endsWith('-09-02') || date.endsWith(second)) found.add(`${date} national`)
    if (year >= 2026 && date.endsWith('-11-24')) found.add(`${date} culture`)
    if (own?.also.some((added) => added.date === date)) found.add(`${date} local`)
  }
  holidayYears.set(key, found)
  return found
}

function isHoliday(date: string, decisions: readonly HolidayDecision[] = []): boolean {
  return [...slowHolidays(Number(date.slice(0, 4)), decisions)].some((text) => text.startsWith(date))
}

function isInRule(date: string, calendar: ProgrammeCalendar, dates: ReadonlySet<string>): boolean {
  const { repeat } = calendar
  if (repeat.kind === 'once') return date === calendar.startsOn
  if (repeat.kind === 'rrule') return dates.has(date)
  const lunar = SKY.get(date)
  if (!lunar) return false
  if (repeat.leapMonths === 'skip' && lunar.isLeap) return false
  if (repeat.leapMonths === 'only' && !lunar.isLeap) return false
  if (repeat.months && !repeat.months.includes(lunar.month)) return false
  return repeat.days.includes(lunar.day) || (repeat.days.includes(-1) && lunar.day === monthLengthInSky(date))
}

/** Whether the yearly date lies in the season: the season is walked through, day by day of a leap year. */
function isInSeason(date: string, { from, to }: NonNullable<ProgrammeCalendar['season']>): boolean {
  const days = datesOfYear(2000).map((day) => day.slice(5))
  const turned = [...days.slice(days.indexOf(from)), ...days.slice(0, days.indexOf(from))]
  return turned.slice(0, turned.indexOf(to) + 1).includes(date.slice(5))
}

/** The dates on which a series falls, exceptions aside, up to a last one. */
export function seriesDates(calendar: ProgrammeCalendar, timeZone: string, context: Context, last: string): string[] {
  const { startsOn, startTime, until, repeat, season, holidays } = calendar
  const end = until !== undefined && until < last ? until : last
  const inRule = new Set(repeat.kind === 'rrule' ? ruleDates(repeat.rrule, startsOn, startTime, timeZone, end) : [])
  return [...datesBetween(startsOn, end)].filter((date) => {
    if (!isInRule(date, calendar, inRule)) return false
    if (season && !isInSeason(date, season)) return false
    if (holidays === 'as-usual') return true
    return isHoliday(date, context.holidays) === (holidays === 'only')
  })
}

/** Every session of a calendar that starts in a window, found by going through every date from the first. */
export function slowOccurrences(
  calendar: ProgrammeCalendar,
  window: { from: number; until: number },
  timeZone: string,
  context: Context = {},
): ProgrammeOccurrence[] {
  const after = new Date(window.until + 3 * 86_400_000).toISOString().slice(0, 10)
  const last = [after, ...calendar.exceptions.map(({ date }) => date)].sort().at(-1) ?? after
  const found: ProgrammeOccurrence[] = []
  for (const originalDate of seriesDates(calendar, timeZone, context, last)) {
    const usual = firstShowing(originalDate, calendar.startTime, timeZone)
    const exception = calendar.exceptions.find(({ date }) => date === originalDate)
    if (usual === null || exception?.kind === 'skip') continue
    if (exception?.kind !== 'move') {
      const replacement = exception ? { replacement: exception.replacement } : {}
      found.push({ originalDate, startAt: usual, date: originalDate, ...replacement })
      continue
    }
    const date = exception.to.date ?? originalDate
    const startAt = firstShowing(date, exception.to.time ?? calendar.startTime, timeZone)
    if (startAt !== null) found.push({ originalDate, startAt, date, movedFrom: usual })
  }
  return found
    .filter(({ startAt }) => startAt >= window.from && startAt < window.until)
    .filter(({ startAt }) => !isSilenced(startAt, context))
    .sort((a, b) => a.startAt - b.startAt || a.originalDate.localeCompare(b.originalDate))
}

function isSilenced(startAt: number, { silences = [], ms = 0 }: Context): boolean {
  const end = startAt + Math.max(1, ms)
  return silences.some(({ from, until, clusters }) => clusters === 'all' && startAt < until && end > from)
}

/** The instants of a silence around a year, lunar ones looked up in the sky. */
export function slowSpans(
  { period, clusters, reason }: Silence,
  years: readonly number[],
  timeZone: string,
): { from: number; until: number; clusters: unknown; reason: string }[] {
  const at = (date: string, time: string): number => firstShowing(date, time, timeZone) ?? Number.NaN
  if (period.kind === 'once')
    return [
      {
        from: at(period.from.date, period.from.time),
        until: at(period.until.date, period.until.time),
        clusters,
        reason,
      },
    ]
  const isMoment = ({ month, day }: typeof period.from, date: string): boolean => {
    const lunar = SKY.get(date)
    if (!lunar || lunar.isLeap || lunar.month !== month) return false
    const length = monthLengthInSky(date)
    return lunar.day === (day === -1 ? length : Math.min(day, length))
  }
  const dates = years.flatMap(datesOfYear)
  const froms = dates.filter((date) => isMoment(period.from, date)).map((date) => at(date, period.from.time))
  const untils = dates.filter((date) => isMoment(period.until, date)).map((date) => at(date, period.until.time))
  return froms.flatMap((from) => {
    const until = untils.find((moment) => moment >= from)
    return until === undefined || until === from ? [] : [{ from, until, clusters, reason }]
  })
}
