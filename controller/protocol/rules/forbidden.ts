import type { ClusterSettings } from '../messages.ts'
import type { Window } from './civil-time.ts'
import type { Level } from './ladder.ts'
import { mayBreakQuiet, type NextQuiet, quietSearch } from './quiet-hours.ts'

/** When a cluster must be silent, but for emergencies. */
export interface Forbidden {
  readonly nextQuiet: NextQuiet
  /** In order of their beginnings. */
  readonly silences: readonly Window[]
}

export const forbiddenOf = (
  { quietHours, timeZone, silences = [] }: Pick<ClusterSettings, 'quietHours' | 'timeZone' | 'silences'>,
  more: readonly Window[] = [],
): Forbidden => ({
  nextQuiet: quietSearch(quietHours, timeZone),
  silences: [...silences, ...more].sort((a, b) => a.from - b.from),
})

/** The first instant from `at` on at which something of this level must be silent; infinity: it never must. */
export function forbiddenFrom(level: Level, { nextQuiet, silences }: Forbidden, at: number): number {
  if (mayBreakQuiet(level)) return Number.POSITIVE_INFINITY
  const silence = silences.find(({ until }) => until > at)
  return Math.min(nextQuiet(at), silence ? Math.max(at, silence.from) : Number.POSITIVE_INFINITY)
}

/** What forbids it at `at`; where both do, the quiet hours, which need no explaining. */
export const forbiddenBy = ({ nextQuiet, silences }: Forbidden, at: number): 'quiet-hours' | 'silence' =>
  silences.some(({ from, until }) => from <= at && at < until) && nextQuiet(at) > at ? 'silence' : 'quiet-hours'
