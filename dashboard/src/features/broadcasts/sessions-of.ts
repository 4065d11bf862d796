import type { BroadcastSummary } from '#protocol/http/broadcasts.ts'

/** What the overview shows of the sessions around now: the one on air or next, and the last that ended. */
export function aroundNow(
  sessions: readonly BroadcastSummary[],
  now: number,
  lastCount: number,
): { current: BroadcastSummary | null; last: BroadcastSummary[] } {
  const live = sessions.filter((session) => session.status === 'planned' || session.status === 'airing')
  const onAir = live.find((session) => session.status === 'airing' || isWithin(session, now))
  const next = live.find((session) => Date.parse(session.startAt) > now)
  const last = sessions
    .filter((session) => session.status === 'closed')
    .slice(-lastCount)
    .reverse()
  return { current: onAir ?? next ?? null, last }
}

const isWithin = (session: BroadcastSummary, now: number): boolean =>
  Date.parse(session.startAt) <= now && now < Date.parse(session.endAt)
