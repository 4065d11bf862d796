import { DAY_MS, startOfDay } from '../../lib/format/time.ts'

export const REPEATS = ['once', 'daily', 'weekdays'] as const
export type Repeat = (typeof REPEATS)[number]

const RULE = { daily: 'FREQ=DAILY', weekdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' } as const

/** RFC 5545 for what the form offers; `until` is the last local date, empty for no end. */
export function rruleOf(repeat: Repeat, until: string): string | null {
  if (repeat === 'once') return null
  if (until === '') return RULE[repeat]
  const lastInstant = new Date(startOfDay(until) + DAY_MS - 1000)
  return `${RULE[repeat]};UNTIL=${lastInstant.toISOString().replace(/[-:]|\.\d+/g, '')}`
}

/** Which of the form's choices a rule is; `custom` for one that came from elsewhere. */
export function repeatOf(rrule: string | null): Repeat | 'custom' {
  if (rrule === null) return 'once'
  const rule = rrule.replace(/;UNTIL=[^;]*/, '')
  return rule === RULE.daily ? 'daily' : rule === RULE.weekdays ? 'weekdays' : 'custom'
}
