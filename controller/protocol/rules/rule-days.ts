import { CALENDAR_END, type CivilDay, civilDay, dayOf, weekOf } from './civil-date.ts'
import type { Rule } from './rrule.ts'

type IsOn = (day: number) => boolean

/**
 * Whether a rule falls on a day from its first on, UNTIL and COUNT aside. RFC 5545 tells parts that expand a period
 * from parts that limit it; for a rule of whole days both say the same: of the days of every nth period, those that
 * pass every part.
 */
export function daysOfRule(rule: Rule, first: number): IsOn {
  const start = civilDay(first)
  const filled = withDefaults(rule, start)
  const periodOf = periodsOf(rule)
  const origin = periodOf(start)
  const isInTurn = (day: CivilDay): boolean => (periodOf(day) - origin) % rule.interval === 0
  const isChosen = rule.positions.length === 0 ? passes(filled) : atPositions(filled, periodOf)
  return (number) => {
    const day = civilDay(number)
    return isInTurn(day) && isChosen(day)
  }
}

/** The last day of a rule that counts its days, or null when the calendar ends before. */
export function lastCountedDay(count: number, first: number, isOn: IsOn): number | null {
  const end = dayOf(CALENDAR_END)
  let left = count
  for (let day = first; day <= end; day++) if (isOn(day) && --left === 0) return day
  return null
}

/** “Information not contained in the rule is derived from DTSTART”: the first day says what the rule leaves open. */
function withDefaults(rule: Rule, start: CivilDay): Rule {
  if (rule.frequency === 'DAILY' || rule.weekdays.length + rule.monthDays.length + rule.yearDays.length > 0) return rule
  if (rule.frequency === 'WEEKLY' || rule.weeks.length > 0)
    return { ...rule, weekdays: [{ nth: 0, weekday: start.weekday }] }
  const monthDays = [start.monthDay]
  if (rule.frequency === 'MONTHLY' || rule.months.length > 0) return { ...rule, monthDays }
  return { ...rule, monthDays, months: [start.month] }
}

/** Numbers the days, weeks, months or years that a rule repeats over; a year of weeks is the year its weeks belong to. */
function periodsOf({ frequency, weeks, weekStart }: Rule): (day: CivilDay) => number {
  switch (frequency) {
    case 'DAILY':
      return ({ day }) => day
    case 'WEEKLY':
      return ({ day }) => Math.floor((day + 3 - weekStart) / 7)
    case 'MONTHLY':
      return ({ year, month }) => year * 12 + month
    case 'YEARLY':
      return weeks.length > 0 ? (day) => weekOf(day, weekStart).year : ({ year }) => year
  }
}

function passes(rule: Rule): (day: CivilDay) => boolean {
  const isSaid = (part: readonly number[], position: number, length: number): boolean =>
    part.length === 0 || part.includes(position) || part.includes(position - length - 1)
  return (day) => {
    if (rule.months.length > 0 && !rule.months.includes(day.month)) return false
    if (!isSaid(rule.monthDays, day.monthDay, day.daysInMonth)) return false
    if (!isSaid(rule.yearDays, day.yearDay, day.daysInYear)) return false
    if (rule.weekdays.length > 0 && !rule.weekdays.some((said) => isWeekday(said, day, rule))) return false
    if (rule.weeks.length === 0) return true
    const { week, weeks } = weekOf(day, rule.weekStart)
    return isSaid(rule.weeks, week, weeks)
  }
}

/** The nth weekday counts within the month where the rule names months or repeats over them, else within the year. */
function isWeekday({ nth, weekday }: Rule['weekdays'][number], day: CivilDay, rule: Rule): boolean {
  if (weekday !== day.weekday) return false
  if (nth === 0) return true
  const inMonth = rule.frequency === 'MONTHLY' || rule.months.length > 0
  const [position, length] = inMonth ? [day.monthDay, day.daysInMonth] : [day.yearDay, day.daysInYear]
  return nth > 0 ? nth === Math.ceil(position / 7) : -nth === Math.ceil((length - position + 1) / 7)
}

/** BYSETPOS: of the days of one period that pass, those at the positions, from its beginning or its end. */
function atPositions(rule: Rule, periodOf: (day: CivilDay) => number): (day: CivilDay) => boolean {
  const isPassing = passes(rule)
  let known = { period: Number.NaN, days: new Set<number>() }
  return (day) => {
    const period = periodOf(day)
    if (period !== known.period) {
      let from = day.day
      while (periodOf(civilDay(from - 1)) === period) from--
      const passing: number[] = []
      for (let at = civilDay(from); periodOf(at) === period; at = civilDay(at.day + 1))
        if (isPassing(at)) passing.push(at.day)
      const chosen = rule.positions.flatMap((position) => passing.at(position > 0 ? position - 1 : position) ?? [])
      known = { period, days: new Set(chosen) }
    }
    return known.days.has(day.day)
  }
}
