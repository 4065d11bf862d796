import { z } from 'zod'
import { HolidayDecision, Silence } from '../calendar.ts'
import { AreaCode, ClusterId } from '../ids.ts'
import { WEEKDAYS } from '../rules/civil-date.ts'
import { RULE_LEVELS } from '../rules/said-rules.ts'
import { IsoInstant, LocalTime } from './common.ts'

export const QuietHours = z.object({ from: LocalTime, to: LocalTime })

/** As they are set: where they begin and end at once there would be none. */
export const SetQuietHours = QuietHours.refine(({ from, to }) => from !== to, {
  path: ['to'],
  message: 'rules.quietEmpty',
})

/** How much a station may broadcast; what is left out limits nothing, or is as those above have said. */
export const AiringLimits = z.object({
  sessionsPerDay: z.int().min(0).max(100).optional(),
  minutesPerSession: z.int().min(1).max(180).optional(),
  minutesPerDay: z.int().min(0).max(1_440).optional(),
  /** Local civil times between which sessions lie. */
  earliest: LocalTime.optional(),
  latest: LocalTime.optional(),
  days: z.array(z.enum(WEEKDAYS)).max(7).optional(),
})
export type AiringLimits = z.infer<typeof AiringLimits>

/** Of what airing rules are: a province, a commune, or one cluster. */
export const RuleScope = z.union([AreaCode, ClusterId])
export type RuleScope = z.infer<typeof RuleScope>
export const RuleParams = z.object({ scope: RuleScope })

const Silences = z.array(Silence).max(200)

/** What one scope says itself, but for its silences. */
export const PutAiringRules = z.object({
  /** Null: as those above have said. */
  quietHours: SetQuietHours.nullable(),
  limits: AiringLimits,
  holidays: z.array(HolidayDecision).max(20),
  /** The revision that was read, 0 where nobody has said anything: somebody else's change in between is not overwritten. */
  revision: z.int().min(0),
})
export type PutAiringRules = z.infer<typeof PutAiringRules>

export const PutSilences = z.object({ silences: Silences, revision: z.int().min(0) })
export type PutSilences = z.infer<typeof PutSilences>

const By = z.enum(RULE_LEVELS)
const said = <T extends z.ZodType>(value: T) => z.object({ by: By, value })
/** As they are answered. */
const LimitsRead = AiringLimits.extend({ days: z.array(z.enum(WEEKDAYS)).readonly().optional() })
const limit = LimitsRead.required().shape

export const AiringRules = z.object({
  scope: RuleScope,
  kind: z.enum(['province', 'commune', 'cluster']),
  /** What each of those is called whose word counts here, this scope included. */
  names: z.object({ province: z.string(), commune: z.string().nullable(), cluster: z.string().nullable() }),
  revision: z.int().min(0),
  updatedByName: z.string().nullable(),
  updatedAt: IsoInstant.nullable(),
  own: z.object({
    quietHours: QuietHours.nullable(),
    limits: LimitsRead,
    silences: Silences,
    holidays: z.array(HolidayDecision),
  }),
  /** What holds here, and whose word it is. */
  effective: z.object({
    quietHours: said(QuietHours),
    limits: z.object({
      sessionsPerDay: said(limit.sessionsPerDay).optional(),
      minutesPerSession: said(limit.minutesPerSession).optional(),
      minutesPerDay: said(limit.minutesPerDay).optional(),
      earliest: said(limit.earliest).optional(),
      latest: said(limit.latest).optional(),
      days: said(limit.days).optional(),
    }),
    silences: z.array(said(Silence)),
    /** One for each year that somebody has decided on. */
    holidays: z.array(said(HolidayDecision)),
  }),
  may: z.object({ write: z.boolean(), silence: z.boolean() }),
})
export type AiringRules = z.infer<typeof AiringRules>
