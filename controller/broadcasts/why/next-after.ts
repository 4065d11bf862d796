import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { sessionKey } from '../../programmes/session-key.ts'
import { DAY } from '../../units.ts'
import { isOwed } from './about.ts'
import { explainSession } from './explain-session.ts'
import { explainOccurrence } from './explain-slots.ts'
import type { WhyFacts } from './facts.ts'
import type { Finding } from './finding.ts'

/** So far ahead it is looked for. */
export const AHEAD_MS = 7 * DAY

/** What is said of a session that takes place, as far as anybody knows. */
const TAKES_PLACE: ReadonlySet<Finding['kind']> = new Set([
  'played',
  'late',
  'partial',
  'interrupted',
  'unknown',
  'playing',
  'paused',
  'waiting',
  'unreported',
  'will-play',
  'will-wait',
  'will-pause',
  'will-be-cut',
  'no-sound-yet',
  'plan-not-held',
  'plan-full',
  'offline',
  'beyond-plan',
])

/** The first session after a moment that whoever asks about it is told to take place on the cluster. */
export function nextAfter(facts: WhyFacts): { readonly name: string; readonly startAt: number } | null {
  const { at, timeZone, holidays } = facts
  const window = { from: at + 1, until: at + AHEAD_MS }
  const owed = facts.sessions.filter(isOwed).map((session) => ({
    name: session.programme.name,
    startAt: session.broadcast.startAt,
    explained: () => explainSession(session, facts),
  }))
  const known = new Set(
    facts.sessions.map(({ broadcast }) => sessionKey(broadcast.programmeId, broadcast.originalDate)),
  )
  const unplanned = facts.programmes.flatMap((programme) =>
    occurrencesOf(programme, window, timeZone, { holidays }).flatMap((one) => {
      const key = sessionKey(programme.id, one.originalDate)
      // What nothing was put into yet may stay empty.
      if (known.has(key) || (facts.asked.get(key)?.bar ?? null) !== null) return []
      const explained = () => explainOccurrence(programme, one, facts)
      return [{ name: programme.name, startAt: one.startAt, explained }]
    }),
  )
  const next = [...owed.filter(({ startAt }) => at < startAt && startAt < window.until), ...unplanned]
    .sort((a, b) => a.startAt - b.startAt)
    .find(({ explained }) => takesPlace(explained()))
  return next ? { name: next.name, startAt: next.startAt } : null
}

function takesPlace(finding: Finding | null): boolean {
  if (finding === null) return false
  return TAKES_PLACE.has(finding.kind) || (finding.kind === 'not-planned' && !finding.isPast)
}
