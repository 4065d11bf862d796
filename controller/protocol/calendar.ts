import { z } from 'zod'
import { LocalDate, LocalTime, line } from './http/common.ts'
import { ClusterId } from './ids.ts'
import { CALENDAR_END, CALENDAR_START, isDate } from './rules/civil-date.ts'
import { isProgrammeRule } from './rules/rrule.ts'

/** A local date that programmes can be planned for. */
export const CalendarDate = LocalDate.refine((date) => date >= CALENDAR_START && date <= CALENDAR_END, 'calendar.date')

/** A day of every year, `05-31`; `02-29` stands in common years for the day between. */
const YearlyDate = z.string().refine((text) => isDate(`2000-${text}`), 'calendar.yearlyDate')

/** A part of every year, both days included; `from` after `to` spans the New Year. */
export const Season = z.object({ from: YearlyDate, to: YearlyDate })
export type Season = z.infer<typeof Season>

/** Days of a lunar month; -1 is its last, be it the 29th or the 30th. */
const LunarDay = z.union([z.literal(-1), z.int().min(1).max(30)])
const LunarMonthNumber = z.int().min(1).max(12)

export const Repeat = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('once') }),
  /** RFC 5545 RRULE value such as `FREQ=WEEKLY;BYDAY=MO,WE`. */
  z.object({ kind: z.literal('rrule'), rrule: z.string().max(500).refine(isProgrammeRule, 'programme.rrule') }),
  z.object({
    kind: z.literal('lunar'),
    days: z.array(LunarDay).min(1).max(31),
    /** Every month where left out. */
    months: z.array(LunarMonthNumber).min(1).max(12).optional(),
    /** What a leap month is to the rule: a month like others, no month, or the only one. */
    leapMonths: z.enum(['also', 'skip', 'only']),
  }),
])
export type Repeat = z.infer<typeof Repeat>

/** What is different on one day of a series, named by the local date on which the series would have put it. */
export const CalendarException = z.discriminatedUnion('kind', [
  z.object({ date: CalendarDate, kind: z.literal('skip'), reason: line(200).optional() }),
  z.object({
    date: CalendarDate,
    kind: z.literal('move'),
    to: z
      .object({ date: CalendarDate.optional(), time: LocalTime.optional() })
      .refine(({ date, time }) => date !== undefined || time !== undefined, 'calendar.moveNowhere'),
  }),
  /** Something else airs at the usual time; the id says what, and means nothing to the calendar. */
  z.object({ date: CalendarDate, kind: z.literal('replace'), replacement: z.string().min(1).max(100) }),
])
export type CalendarException = z.infer<typeof CalendarException>

/** Days of a series that may differ: more than there are in a year. */
export const MAX_EXCEPTIONS = 400

/** The fields of a programme's calendar, for schemas that have more. */
export const calendarFields = {
  /** First local date. */
  startsOn: CalendarDate,
  /** Local civil time of every start. */
  startTime: LocalTime,
  /** Last local date, included. */
  until: CalendarDate.optional(),
  repeat: Repeat,
  season: Season.optional(),
  /** On public holidays: as on any day, not at all, or on nothing else. */
  holidays: z.enum(['as-usual', 'skip', 'only']).default('as-usual'),
  exceptions: z.array(CalendarException).max(MAX_EXCEPTIONS).default([]),
}

interface CalendarDates {
  readonly startsOn: string
  readonly until?: string | undefined
  readonly exceptions: readonly { readonly date: string }[]
}

/** What no schema of one field can see: that it ends after it starts, and has one exception a date. */
export function checkCalendar({ startsOn, until, exceptions }: CalendarDates, ctx: z.RefinementCtx): void {
  if (until !== undefined && until < startsOn)
    ctx.addIssue({ code: 'custom', path: ['until'], message: 'calendar.endsBeforeStart' })
  const dates = exceptions.map((exception) => exception.date)
  for (const [i, date] of dates.entries())
    if (dates.indexOf(date) !== i)
      ctx.addIssue({ code: 'custom', path: ['exceptions', i, 'date'], message: 'calendar.exceptionTwice' })
}

/** When a programme takes place. Exceptions stay with it, whatever becomes of the rest. */
export const ProgrammeCalendar = z.object(calendarFields).superRefine(checkCalendar)
export type ProgrammeCalendar = z.infer<typeof ProgrammeCalendar>

/** What the law leaves to be decided each year (Labour Code 2019, Article 112), and days off that a place adds. */
export const HolidayDecision = z
  .object({
    year: z.int().min(2000).max(2100),
    /** How many of the five days of Tết lie before its first. */
    daysBeforeTet: z.int().min(0).max(4).optional(),
    /** Whether the second day of National Day is the 1st or the 3rd of September. */
    nationalDay: z.enum(['before', 'after']).optional(),
    also: z
      .array(z.object({ date: CalendarDate, name: line(100) }))
      .max(50)
      .default([]),
  })
  .refine(({ year, also }) => also.every(({ date }) => Number(date.slice(0, 4)) === year), {
    path: ['also'],
    message: 'calendar.otherYear',
  })
export type HolidayDecision = z.infer<typeof HolidayDecision>

const LocalMoment = z.object({ date: CalendarDate, time: LocalTime })
/** In a month that has no 30th, the 30th is its last. */
const LunarMoment = z.object({ month: LunarMonthNumber, day: LunarDay, time: LocalTime })

/** A period in local civil time, its end excluded, in which nothing but an emergency sounds. */
export const Silence = z.object({
  period: z.discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('once'), from: LocalMoment, until: LocalMoment })
      .refine(({ from, until }) => `${from.date}T${from.time}` < `${until.date}T${until.time}`, {
        path: ['until'],
        message: 'calendar.endsBeforeStart',
      }),
    /** Every lunar year from one moment to the next time the other comes. */
    z.object({ kind: z.literal('lunar'), from: LunarMoment, until: LunarMoment }),
  ]),
  clusters: z.union([z.literal('all'), z.array(ClusterId).min(1).max(2_000)]),
  reason: line(200),
})
export type Silence = z.infer<typeof Silence>
