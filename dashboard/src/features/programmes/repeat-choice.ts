import type { Repeat } from '#protocol/calendar.ts'
import { WEEKDAYS, type Weekday } from '#protocol/rules/civil-date.ts'
import { parseRule } from '#protocol/rules/rrule.ts'

export const REPEAT_KINDS = ['once', 'daily', 'weekly', 'month-day', 'month-weekday', 'lunar', 'custom'] as const
export type RepeatKind = (typeof REPEAT_KINDS)[number]

/** -1 is the last of the month. */
export const NTHS = [1, 2, 3, 4, -1] as const
export type Nth = (typeof NTHS)[number]

type LunarRepeat = Extract<Repeat, { kind: 'lunar' }>

/** All that the editor lets people say about when a series repeats; what another kind than the chosen one needs waits. */
export interface RepeatChoice {
  readonly kind: RepeatKind
  readonly weekdays: readonly Weekday[]
  /** Days of a month as they are typed, `1, 15`. */
  readonly monthDays: string
  readonly lastDay: boolean
  readonly nth: Nth
  readonly weekday: Weekday
  /** 1, 15 and -1, the last. */
  readonly lunarDays: readonly number[]
  readonly lunarOthers: string
  readonly leapMonths: LunarRepeat['leapMonths']
  /** A rule that came from elsewhere and that this editor has no fields for. */
  readonly custom: Repeat | null
}

export const NO_CHOICE: RepeatChoice = {
  kind: 'once',
  weekdays: ['MO', 'TU', 'WE', 'TH', 'FR'],
  monthDays: '1',
  lastDay: false,
  nth: 1,
  weekday: 'MO',
  lunarDays: [1, 15],
  lunarOthers: '',
  leapMonths: 'also',
  custom: null,
}

/** `1, 15` as numbers, ascending; null where it says anything else than days up to `max`. */
export function parseDays(text: string, max: number): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (!parts.every((part) => /^\d{1,2}$/.test(part))) return null
  const days = [...new Set(parts.map(Number))].sort((a, b) => a - b)
  return days.every((day) => day >= 1 && day <= max) ? days : null
}

/** The repeat that was chosen; null while it says nothing, such as no weekday. */
export function repeatFrom(choice: RepeatChoice): Repeat | null {
  switch (choice.kind) {
    case 'once':
      return { kind: 'once' }
    case 'daily':
      return { kind: 'rrule', rrule: 'FREQ=DAILY' }
    case 'weekly': {
      const days = WEEKDAYS.filter((day) => choice.weekdays.includes(day))
      return days.length === 0 ? null : { kind: 'rrule', rrule: `FREQ=WEEKLY;BYDAY=${days.join()}` }
    }
    case 'month-day': {
      const days = parseDays(choice.monthDays, 31)
      const all = days && [...days, ...(choice.lastDay ? [-1] : [])]
      return all && all.length > 0 ? { kind: 'rrule', rrule: `FREQ=MONTHLY;BYMONTHDAY=${all.join()}` } : null
    }
    case 'month-weekday':
      return { kind: 'rrule', rrule: `FREQ=MONTHLY;BYDAY=${choice.nth}${choice.weekday}` }
    case 'lunar': {
      const others = parseDays(choice.lunarOthers, 30)
      if (!others) return null
      const days = [...new Set([...choice.lunarDays, ...others])].sort((a, b) => Math.sign(b) - Math.sign(a) || a - b)
      return days.length === 0 ? null : { kind: 'lunar', days, leapMonths: choice.leapMonths }
    }
    case 'custom':
      return choice.custom
  }
}

/** How the editor shows a repeat: by its fields where they say exactly that, else as a rule of its own. */
export function choiceOf(repeat: Repeat): RepeatChoice {
  const found = fieldsOf(repeat)
  const said = found && repeatFrom({ ...NO_CHOICE, ...found })
  return found && JSON.stringify(said) === JSON.stringify(repeat)
    ? { ...NO_CHOICE, ...found }
    : { ...NO_CHOICE, kind: 'custom', custom: repeat }
}

const COMMON_LUNAR = [1, 15, -1]

function fieldsOf(repeat: Repeat): Partial<RepeatChoice> | null {
  if (repeat.kind === 'once') return { kind: 'once' }
  if (repeat.kind === 'lunar') {
    const { days, leapMonths } = repeat
    const others = days.filter((day) => !COMMON_LUNAR.includes(day))
    const lunarDays = days.filter((day) => COMMON_LUNAR.includes(day))
    return { kind: 'lunar', lunarDays, lunarOthers: others.join(', '), leapMonths }
  }
  const rule = parseRule(repeat.rrule)
  if (!rule) return null
  const { frequency, weekdays, monthDays } = rule
  if (frequency === 'DAILY') return { kind: 'daily' }
  if (frequency === 'WEEKLY')
    return { kind: 'weekly', weekdays: weekdays.flatMap(({ weekday }) => WEEKDAYS[weekday] ?? []) }
  if (frequency !== 'MONTHLY') return null
  if (monthDays.length > 0) {
    const numbered = monthDays.filter((day) => day > 0)
    return { kind: 'month-day', monthDays: numbered.join(', '), lastDay: monthDays.includes(-1) }
  }
  const [first] = weekdays
  const nth = NTHS.find((each) => each === first?.nth)
  const weekday = first && WEEKDAYS[first.weekday]
  return nth && weekday ? { kind: 'month-weekday', nth, weekday } : null
}
