import { z } from 'zod'
import { WEEKDAYS } from '../rules/civil-date.ts'
import { LocalTime } from './common.ts'

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
