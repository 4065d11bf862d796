import { z } from 'zod'
import { CalendarDate } from '../calendar.ts'
import { AreaCode, ExemptionId, ProgrammeId } from '../ids.ts'
import { LIMIT_KINDS, type LimitKind } from '../rules/limits.ts'
import { AiringLimits } from './airing-rules.ts'
import { IsoInstant, line } from './common.ts'

export const EXEMPTION_STATES = ['waiting', 'granted', 'refused', 'revoked'] as const
export const ExemptionState = z.enum(EXEMPTION_STATES)
export type ExemptionState = z.infer<typeof ExemptionState>

/** An exemption is for an occasion; what lasts longer is another rule. */
const MAX_DAYS = 92

/** The limits that are granted up to a value. */
const VALUED = LIMIT_KINDS.filter((kind): kind is Exclude<LimitKind, 'days'> => kind !== 'days')

/** How much more than the limits allow; for the days of the week, the dates say it. */
export const ExemptUpTo = AiringLimits.omit({ days: true })
export type ExemptUpTo = z.infer<typeof ExemptUpTo>

const asked = z.object({
  /** The commune whose station airs them. */
  areaCode: AreaCode,
  programmeId: ProgrammeId.nullable().default(null),
  /** Both included. */
  from: CalendarDate,
  until: CalendarDate,
  kinds: z.array(z.enum(LIMIT_KINDS)).min(1).max(LIMIT_KINDS.length),
  /** A value for each of the kinds but `days`. Read: one that has none was granted before they had values, and is lifted whole. */
  upTo: ExemptUpTo.default({}),
  reason: line(500),
})

/** What a person asks for: that a programme's sessions, or all of a station's, may break rules on some local dates. */
export const AskExemption = asked
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'calendar.endsBeforeStart' })
  .refine(({ from, until }) => Date.parse(until) - Date.parse(from) < MAX_DAYS * 86_400_000, {
    path: ['until'],
    message: 'exemption.tooLong',
  })
  .superRefine(({ kinds, upTo }, ctx) => {
    for (const kind of VALUED)
      if (kinds.includes(kind) !== (upTo[kind] !== undefined))
        ctx.addIssue({ code: 'custom', path: ['upTo', kind], message: 'exemption.upTo' })
  })
export type AskExemption = z.infer<typeof AskExemption>

export const Exemption = asked.extend({
  id: ExemptionId,
  programmeName: z.string().nullable(),
  state: ExemptionState,
  askedByName: z.string(),
  askedAt: IsoInstant,
  /** Who has granted or refused it. */
  decidedByName: z.string().nullable(),
  decidedAt: IsoInstant.nullable(),
  revokedByName: z.string().nullable(),
  revokedAt: IsoInstant.nullable(),
  /** What the asker of this list may do with it. */
  may: z.object({ decide: z.boolean(), revoke: z.boolean() }),
})
export type Exemption = z.infer<typeof Exemption>

export const ExemptionQuery = z.object({ areaCode: AreaCode })
