import { dateOf, dayOf } from '#protocol/rules/civil-date.ts'
import { civilTime, instantOf } from '#protocol/rules/civil-time.ts'
import { occurrencesOf, type ProgrammeOccurrence } from '#protocol/rules/occurrences.ts'
import type { StoredProgramme } from '../../programmes/programmes.store.ts'
import { sessionKey } from '../../programmes/session-key.ts'
import { MINUTE } from '../../units.ts'
import { plannedDays, plannedFrom } from '../planned-days.ts'
import { aboutDate, aboutSession, isFor, minuteOf } from './about.ts'
import { explainNotHere, explainProgramme, withdrawn } from './explain-absence.ts'
import { explainSession } from './explain-session.ts'
import type { SessionFacts, WhyFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import { soundedUntil } from './sounding.ts'

/** Of several programmes whose time it might be, what says most comes first. */
const TELLING: readonly Finding['kind'][] = [
  'quiet-hours',
  'silence',
  'skipped',
  'moved-away',
  'called-off',
  'withdrawn',
  'expired',
  'nothing-accepted',
  'limits',
  'programme-ended',
  'holiday',
  'within-lead',
  'beyond-plan',
  'not-planned',
  'changed-since',
  'over',
  'missed',
  'refused',
  'unknown',
  'unreported',
  'replanned',
  'excluded',
  'not-enrolled',
  'out-of-season',
  'not-a-holiday',
  'after-end',
  'before-start',
  'no-such-date',
  'not-in-rule',
  'not-targeted',
]

/** What is said of a session that is, was or will be heard, so that it has an end. */
const SOUNDING: ReadonlySet<Finding['kind']> = new Set([
  'played',
  'late',
  'partial',
  'interrupted',
  'playing',
  'paused',
  'will-play',
  'will-wait',
  'will-pause',
  'will-be-cut',
])

/**
 * Why the cluster owes nothing at a moment: what the calendars of the station say of it, and what is known already of the
 * sessions that it does not owe; null: it is no programme's time.
 */
export function explainSlots(facts: WhyFacts, known: readonly Finding[]): Finding | null {
  const slots = facts.programmes.flatMap((programme) => [
    ...occurringAt(programme, facts).flatMap((one) => explainOccurrence(programme, one, facts) ?? []),
    ...daysWithout(programme, facts),
  ])
  const [best] = [...known, ...slots].sort((a, b) => placeOf(a) - placeOf(b))
  return best ?? null
}

/** What is not in the list is about a session that goes on, and says more than any of it. */
const placeOf = ({ kind }: Finding): number => TELLING.indexOf(kind)

/** How long a session of it may take from its start. */
const slotMs = ({ maxMinutes }: StoredProgramme): number => maxMinutes * MINUTE

function occurringAt(programme: StoredProgramme, { at, timeZone, holidays }: WhyFacts): ProgrammeOccurrence[] {
  return occurrencesOf(programme, { from: at - slotMs(programme) + 1, until: minuteOf(at) + MINUTE }, timeZone, {
    holidays,
  })
}

/** Days whose usual time it is, but on which the series puts no session there. */
function daysWithout(programme: StoredProgramme, facts: WhyFacts): Finding[] {
  if (programme.status === 'ended' || !isFor(programme, facts)) return []
  const today = dayOf(civilTime(facts.at, facts.timeZone).date)
  const occurring = occurringAt(programme, facts)
  // A session may begin before midnight.
  return [today, today - 1].map(dateOf).flatMap((date) => {
    const startAt = instantOf(date, programme.startTime, facts.timeZone)
    const isItsTime = minuteOf(startAt) <= facts.at && facts.at < startAt + slotMs(programme)
    if (!isItsTime || occurring.some((one) => one.originalDate === date && one.startAt === startAt)) return []
    return explainProgramme(programme, date, startAt, facts) ?? []
  })
}

/** Why one session of a series is, was, or will or will not be heard on the cluster; null: it is none of its matters. */
export function explainOccurrence(
  programme: StoredProgramme,
  one: ProgrammeOccurrence,
  facts: WhyFacts,
): Finding | null {
  const { originalDate, startAt } = one
  const stored = facts.sessions.find(
    ({ broadcast }) => broadcast.programmeId === programme.id && broadcast.originalDate === originalDate,
  )
  if (stored) return explainStored(stored, facts)
  const about = aboutDate(programme, originalDate, startAt)
  if (programme.status === 'ended')
    return isFor(programme, facts) ? explainProgramme(programme, originalDate, startAt, facts) : null
  return explainNotHere(programme, about, facts) ?? explainUnplanned(programme, about, facts)
}

/** What of a session explains that it is not heard any more, though its slot goes on. */
function explainStored(session: SessionFacts, facts: WhyFacts): Finding {
  const finding = explainSession(session, facts)
  if (session.broadcast.endAt > facts.at || !SOUNDING.has(finding.kind)) return finding
  const endedAt = soundedUntil(session, facts.now) ?? session.broadcast.endAt
  return { ...aboutSession(session), session, kind: 'over', endedAt }
}

/** A session that the series asks for and nobody has planned. */
function explainUnplanned(
  programme: StoredProgramme,
  about: ReturnType<typeof aboutDate>,
  { now, leadMs, timeZone, quietHours, asked }: WhyFacts,
): Finding {
  const { startAt, originalDate } = about
  const bar = asked.get(sessionKey(programme.id, originalDate))?.bar ?? null
  const isBeyond = startAt >= plannedDays(now, timeZone).until
  // The end of what is planned moves on by a day each midnight; until then something may yet be put into it.
  if (isBeyond && (bar === null || bar === 'emptiness'))
    return { ...about, kind: 'beyond-plan', plannedFrom: plannedFrom(startAt, timeZone) }
  switch (bar) {
    case 'emptiness':
      return { ...about, kind: 'nothing-accepted' }
    case 'withdrawal':
      return withdrawn(about, [])
    case 'expiry':
      return { ...about, kind: 'expired', fallen: [] }
    case 'quiet-hours':
      return { ...about, kind: 'quiet-hours', quietHours }
    case 'limits':
      return { ...about, kind: 'limits' }
    case 'silence':
      return { ...about, kind: 'silence', reason: null }
    case null:
      return (
        explainLate(about, programme.updatedAt, leadMs) ?? { ...about, kind: 'not-planned', isPast: startAt <= now }
      )
  }
}

/** What was made, or changed, when clusters could not be told of it in time, or when its time was over; null: neither. */
function explainLate(about: ReturnType<typeof aboutDate>, changedAt: number, leadMs: number): Finding | null {
  if (changedAt > about.startAt) return { ...about, kind: 'changed-since', changedAt }
  return changedAt > about.startAt - leadMs ? { ...about, kind: 'within-lead', leadMs, changedAt } : null
}
