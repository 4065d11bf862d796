import type { HolidayDecision } from '#protocol/calendar.ts'
import type { AiringRules, PutAiringRules } from '#protocol/http/airing-rules.ts'
import { WEEKDAYS, type Weekday } from '#protocol/rules/civil-date.ts'

/** What the form of a place's rules holds; an empty text or number is as those above have said. */
export interface RuleValues {
  readonly quiet: 'inherited' | 'own'
  readonly from: string
  readonly to: string
  readonly sessionsPerDay: number | string
  readonly minutesPerSession: number | string
  readonly minutesPerDay: number | string
  readonly earliest: string
  readonly latest: string
  /** None: as those above have said. */
  readonly days: readonly Weekday[]
  readonly holidays: readonly HolidayDecision[]
}

export function valuesOf({ own, effective }: Pick<AiringRules, 'own' | 'effective'>): RuleValues {
  const { limits } = own
  return {
    quiet: own.quietHours ? 'own' : 'inherited',
    ...(own.quietHours ?? effective.quietHours.value),
    sessionsPerDay: limits.sessionsPerDay ?? '',
    minutesPerSession: limits.minutesPerSession ?? '',
    minutesPerDay: limits.minutesPerDay ?? '',
    earliest: limits.earliest ?? '',
    latest: limits.latest ?? '',
    days: limits.days ?? [],
    holidays: own.holidays,
  }
}

export function inputOf(values: RuleValues, revision: number): PutAiringRules {
  const number = (value: number | string): number | undefined => (typeof value === 'number' ? value : undefined)
  return {
    quietHours: values.quiet === 'own' ? { from: values.from, to: values.to } : null,
    limits: {
      sessionsPerDay: number(values.sessionsPerDay),
      minutesPerSession: number(values.minutesPerSession),
      minutesPerDay: number(values.minutesPerDay),
      earliest: values.earliest || undefined,
      latest: values.latest || undefined,
      days: values.days.length > 0 ? WEEKDAYS.filter((day) => values.days.includes(day)) : undefined,
    },
    holidays: values.holidays.filter(saysSomething),
    revision,
  }
}

const saysSomething = ({ daysBeforeTet, nationalDay, also }: HolidayDecision): boolean =>
  daysBeforeTet !== undefined || nationalDay !== undefined || also.length > 0

/**
 * The revision to save under: the latest where it says the same as the one that the form began with, as after a silence was
 * added beside it; else the old one, which the controller refuses, since somebody has changed what the form shows.
 */
export const revisionFor = (begun: AiringRules, latest: AiringRules): number =>
  JSON.stringify(valuesOf(begun)) === JSON.stringify(valuesOf(latest)) ? latest.revision : begun.revision

/** The decision on a year, which may not have been taken yet. */
export const decisionOn = (holidays: readonly HolidayDecision[], year: number): HolidayDecision =>
  holidays.find((decision) => decision.year === year) ?? { year, also: [] }

export const withDecision = (holidays: readonly HolidayDecision[], decision: HolidayDecision): HolidayDecision[] =>
  [...holidays.filter(({ year }) => year !== decision.year), decision].sort((a, b) => a.year - b.year)
