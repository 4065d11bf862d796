import { isDate, WEEKDAYS } from './civil-date.ts'

const list = (item: string): string => `${item}(,${item})*`
const upTo = (pattern: string): string => list(`[+-]?(${pattern})`)

/**
 * The parts of RFC 5545 that a programme's rule may have, with what each may say. A programme has one start time, so its
 * rule counts in days or longer. RSCALE (RFC 7529) is not among them: the Chinese calendar of ICU puts Tết 2027 on the
 * 7th of February, and Việt Nam keeps its own.
 */
const PARTS: Readonly<Record<string, string>> = {
  FREQ: 'DAILY|WEEKLY|MONTHLY|YEARLY',
  INTERVAL: '[1-9]\\d{0,3}',
  COUNT: '[1-9]\\d{0,4}',
  UNTIL: '\\d{8}(T\\d{6}Z)?',
  BYDAY: list('([+-]?([1-9]|[1-4]\\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)'),
  BYMONTHDAY: upTo('[1-9]|[12]\\d|3[01]'),
  BYMONTH: list('([1-9]|1[0-2])'),
  BYYEARDAY: upTo('[1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-6]'),
  BYWEEKNO: upTo('[1-9]|[1-4]\\d|5[0-3]'),
  BYSETPOS: upTo('[1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-6]'),
  WKST: 'MO|TU|WE|TH|FR|SA|SU',
}

/** An RRULE taken apart; an empty list is a part that the rule does not have. */
export interface Rule {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
  readonly interval: number
  readonly count: number | null
  /** Last local date, `2027-01-31`, or last instant in UTC, `2027-01-31T10:00:00Z`; both inclusive. */
  readonly until: string | null
  readonly months: readonly number[]
  readonly monthDays: readonly number[]
  readonly yearDays: readonly number[]
  readonly weeks: readonly number[]
  /** `nth` 0 is every one; Monday is 0. */
  readonly weekdays: readonly { readonly nth: number; readonly weekday: number }[]
  readonly positions: readonly number[]
  readonly weekStart: number
}

/** Takes an RRULE value such as `FREQ=WEEKLY;BYDAY=MO,WE` apart; null when a programme cannot have it. */
export function parseRule(rrule: string): Rule | null {
  const pairs = rrule.split(';').map((part) => part.split('='))
  const parts = new Map(pairs.map(([name = '', value = '']) => [name, value]))
  if (parts.size !== pairs.length || !pairs.every(isPart)) return null
  const numbers = (name: string): number[] => parts.get(name)?.split(',').map(Number) ?? []
  const frequency = frequencyOf(parts.get('FREQ'))
  const until = parts.has('UNTIL') ? instantOrDate(parts.get('UNTIL') ?? '') : null
  if (!frequency || (parts.has('UNTIL') && until === null)) return null
  const rule: Rule = {
    frequency,
    interval: Number(parts.get('INTERVAL') ?? 1),
    count: parts.has('COUNT') ? Number(parts.get('COUNT')) : null,
    until,
    months: numbers('BYMONTH'),
    monthDays: numbers('BYMONTHDAY'),
    yearDays: numbers('BYYEARDAY'),
    weeks: numbers('BYWEEKNO'),
    weekdays: (parts.get('BYDAY')?.split(',') ?? []).map((text) => ({
      nth: Number(text.slice(0, -2)),
      weekday: DAY_NAMES.indexOf(text.slice(-2)),
    })),
    positions: numbers('BYSETPOS'),
    weekStart: DAY_NAMES.indexOf(parts.get('WKST') ?? 'MO'),
  }
  return isAllowed(rule) ? rule : null
}

export const isProgrammeRule = (rrule: string): boolean => parseRule(rrule) !== null

const DAY_NAMES: readonly string[] = WEEKDAYS

function isPart([name = '', value = '', ...rest]: string[]): boolean {
  const pattern = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
  return pattern !== undefined && rest.length === 0 && new RegExp(`^(${pattern})$`).test(value)
}

function frequencyOf(text: string | undefined): Rule['frequency'] | null {
  return text === 'DAILY' || text === 'WEEKLY' || text === 'MONTHLY' || text === 'YEARLY' ? text : null
}

function instantOrDate(text: string): string | null {
  const [date, clock] = text.replace(/^(....)(..)(..)/, '$1-$2-$3').split('T')
  if (date === undefined || !isDate(date)) return null
  if (clock === undefined) return date
  const instant = `${date}T${clock.replace(/^(..)(..)(..)/, '$1:$2:$3')}`
  return Number.isNaN(Date.parse(instant)) ? null : instant
}

/** RFC 5545 §3.3.10 forbids some parts beside others: what they would mean is anybody's guess, so nobody has to. */
function isAllowed(rule: Rule): boolean {
  const isYearly = rule.frequency === 'YEARLY'
  const hasNth = rule.weekdays.some(({ nth }) => nth !== 0)
  const choosing = [rule.months, rule.monthDays, rule.yearDays, rule.weeks, rule.weekdays]
  if (rule.count !== null && rule.until !== null) return false
  if (rule.positions.length > 0 && choosing.every((part) => part.length === 0)) return false
  if (rule.yearDays.length + rule.weeks.length > 0 && !isYearly) return false
  if (rule.monthDays.length > 0 && rule.frequency === 'WEEKLY') return false
  return !hasNth || rule.frequency === 'MONTHLY' || (isYearly && rule.weeks.length === 0)
}
