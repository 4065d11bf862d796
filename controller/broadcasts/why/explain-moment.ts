import { rankOf } from '#protocol/rules/ladder.ts'
import { isQuiet } from '#protocol/rules/quiet-hours.ts'
import { MINUTE } from '../../units.ts'
import { isOwed, minuteOf } from './about.ts'
import { explainSession } from './explain-session.ts'
import { explainSlots } from './explain-slots.ts'
import type { SessionFacts, WhyFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import { nextAfter } from './next-after.ts'
import { soundedAt } from './sounding.ts'

/** The one thing that explains what is heard on a cluster at a moment, or that nothing is. */
export function explainMoment(facts: WhyFacts): Finding {
  const sessions = facts.sessions.filter((one) => isAt(one, facts))
  const [owed] = sessions.filter(isOwed).sort(byWeight(facts))
  if (owed) return explainSession(owed, facts)
  const known = sessions.map((session) => explainSession(session, facts))
  return explainSlots(facts, known) ?? explainNothing(facts)
}

const explainNothing = (facts: WhyFacts): Finding => ({
  kind: 'no-programme',
  isQuiet: isQuiet(facts.at, facts.quietHours, facts.timeZone),
  next: nextAfter(facts),
})

/** One without sound yet stands for its first minute; and people ask by the minute, though sessions have seconds. */
function isAt(session: SessionFacts, { at, now }: WhyFacts): boolean {
  const { startAt, endAt } = session.broadcast
  return (minuteOf(startAt) <= at && at < Math.max(endAt, startAt + MINUTE)) || soundedAt(session, at, now)
}

/** What was heard just then before what was to be heard, then what is higher, what came first. */
const byWeight =
  ({ at, now }: WhyFacts) =>
  (a: SessionFacts, b: SessionFacts): number =>
    Number(soundedAt(b, at, now)) - Number(soundedAt(a, at, now)) ||
    rankOf(b.broadcast.level) - rankOf(a.broadcast.level) ||
    a.broadcast.startAt - b.broadcast.startAt ||
    (a.broadcast.id < b.broadcast.id ? -1 : 1)
