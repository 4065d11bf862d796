import type { CreateProgrammeInput, Programme } from '#protocol/http/programmes.ts'

export const REPEATS = ['once', 'daily', 'weekdays'] as const
export type Repeat = (typeof REPEATS)[number]

const RULE = { daily: 'FREQ=DAILY', weekdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' } as const

/** The calendar's fields for what the form offers; `until` is the last local date, empty for no end. */
export function repeatFields(
  repeat: Repeat,
  until: string,
): Pick<CreateProgrammeInput, 'until'> & Pick<Programme, 'repeat'> {
  if (repeat === 'once') return { repeat: { kind: 'once' } }
  return { repeat: { kind: 'rrule', rrule: RULE[repeat] }, ...(until === '' ? {} : { until }) }
}
