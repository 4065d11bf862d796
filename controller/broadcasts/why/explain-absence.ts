import { explainDate } from '#protocol/rules/explain-date.ts'
import { airMsOf } from '#protocol/rules/lead-in.ts'
import { touchesQuiet } from '#protocol/rules/quiet-hours.ts'
import type { StoredProgramme } from '../../programmes/programmes.store.ts'
import { sessionKey } from '../../programmes/session-key.ts'
import { aboutDate, aboutSession, endSetBy, exceptionSetBy, isFor, seriesSetBy, silenceAt } from './about.ts'
import type { Fallen, SessionFacts, WhyFacts } from './facts.ts'
import type { Finding } from './finding.ts'

type Somewhere = ReturnType<typeof aboutDate> | (ReturnType<typeof aboutSession> & { readonly session: SessionFacts })

/** Why a programme is none of this cluster; null: it is. */
export function explainNotFor(programme: StoredProgramme, about: Somewhere, facts: WhyFacts): Finding | null {
  if (isFor(programme, facts)) return null
  const kind = programme.targets.exclude.includes(facts.cluster.id) ? 'excluded' : 'not-targeted'
  return { ...about, setBy: seriesSetBy(facts, programme), kind }
}

/** Why a session of the station is none of this cluster; null: it is. */
export function explainNotHere(programme: StoredProgramme, about: Somewhere, facts: WhyFacts): Finding | null {
  const { cluster } = facts
  const notFor = explainNotFor(programme, about, facts)
  if (notFor) return notFor
  if (cluster.enrolledAt > about.startAt) return { ...about, kind: 'not-enrolled', enrolledAt: cluster.enrolledAt }
  const asked = facts.asked.get(sessionKey(programme.id, about.originalDate))
  const ms = (about.session?.broadcast ?? asked ?? { endAt: about.startAt }).endAt - about.startAt
  const silence = silenceAt(facts, cluster.id, about.startAt, airMsOf(ms))
  if (silence) return { ...about, setBy: silence.setBy, kind: 'silence', reason: silence.reason }
  // Of its own: what the whole station keeps is no matter of this cluster.
  const { quietHours, timeZone } = facts
  return touchesQuiet(about.startAt, airMsOf(ms), quietHours, timeZone)
    ? { ...about, kind: 'quiet-hours', quietHours }
    : null
}

/** Why a session that was planned was called off. */
export function explainCancelled(session: SessionFacts, facts: WhyFacts): Finding {
  const { broadcast, programme, fallen } = session
  const about = { ...aboutSession(session), session }
  const { cancelledBy, cancelledByName, cancelledAt } = broadcast
  switch (cancelledBy) {
    case 'person':
    case null: {
      const isKnown = cancelledByName !== null && cancelledAt !== null
      return { ...about, setBy: isKnown ? { name: cancelledByName, at: cancelledAt } : null, kind: 'called-off' }
    }
    case 'withdrawal':
      return withdrawn(about, fallen)
    case 'expiry':
      return { ...about, kind: 'expired', fallen: fallen.filter(({ withdrawnBy }) => withdrawnBy === null) }
    case 'emptiness':
      return { ...about, kind: 'nothing-accepted' }
    case 'quiet-hours':
      return { ...about, kind: 'quiet-hours', quietHours: facts.quietHours }
    case 'limits':
      return { ...about, kind: 'limits' }
    case 'silence': {
      const silence = silenceAt(facts, facts.cluster.id, broadcast.startAt, broadcast.endAt - broadcast.startAt)
      return { ...about, setBy: silence?.setBy ?? null, kind: 'silence', reason: silence?.reason ?? null }
    }
    case 'planner':
      return (
        explainProgramme(programme, broadcast.originalDate, broadcast.startAt, facts) ??
        explainNotHere(programme, about, facts) ?? { ...about, kind: 'replanned' }
      )
  }
}

export function withdrawn(about: Somewhere, fallen: readonly Fallen[]): Finding {
  const taken = fallen.filter(({ withdrawnBy }) => withdrawnBy !== null)
  return { ...about, setBy: taken[0]?.withdrawnBy ?? null, kind: 'withdrawn', fallen: taken }
}

/** Why a programme has no session of a date at the time of its series; null: it has. */
export function explainProgramme(
  programme: StoredProgramme,
  date: string,
  startAt: number,
  facts: WhyFacts,
): Finding | null {
  const about = aboutDate(programme, date, startAt)
  if (programme.status === 'ended') return { ...about, setBy: endSetBy(facts, programme), kind: 'programme-ended' }
  // What was moved here from other days is another session.
  const own = { ...programme, exceptions: programme.exceptions.filter((exception) => exception.date === date) }
  const { timeZone, holidays, silences } = facts
  const found = explainDate(own, date, timeZone, { holidays, silences })
  switch (found.kind) {
    case 'plays':
    case 'moved-here': {
      const moved = found.occurrences.find(({ movedFrom }) => movedFrom === startAt)
      if (!moved) return null
      return { ...about, setBy: exceptionSetBy(facts, programme, date), kind: 'moved-away', to: moved }
    }
    case 'silence': {
      const declared = silences.find((silence) => silence === found.silence)
      return { ...about, setBy: declared?.setBy ?? null, kind: 'silence', reason: found.silence.reason }
    }
    case 'skipped':
    case 'moved-away':
      return { ...about, ...found, setBy: exceptionSetBy(facts, programme, date) }
    case 'before-start':
    case 'after-end':
    case 'not-in-rule':
    case 'out-of-season':
    case 'not-a-holiday':
      return { ...about, ...found, setBy: seriesSetBy(facts, programme) }
    case 'holiday':
    case 'no-such-date':
      return { ...about, ...found }
  }
}
