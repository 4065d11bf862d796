import { occurrencesOf } from '#protocol/rules/occurrences.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'
import { dayMonthYear } from '../iso.ts'
import { messageOf } from '../messages.ts'
import { LOOK_AHEAD_MS } from './check.ts'
import type { StoredProgramme } from './programmes.store.ts'
import type { Approved } from './session/validity.ts'

/**
 * What whoever answers for a programme should know of its sessions to come, in sentences: bulletins that were withdrawn,
 * given by title, and bulletins that expire before the series ends.
 */
export function programmeWarnings(
  programme: StoredProgramme,
  { approved, withdrawn }: { approved: Approved; withdrawn: readonly string[] },
  { now, timeZone }: { now: number; timeZone: string },
): string[] {
  const expiring = [...approved.values()].filter(({ expiresOn }) => expiresOn !== null)
  if (programme.status !== 'active' || (expiring.length === 0 && withdrawn.length === 0)) return []
  const window = { from: now + 1, until: now + LOOK_AHEAD_MS }
  const starts = occurrencesOf(programme, window, timeZone).map(({ startAt }) => startAt)
  if (starts.length === 0) return []
  return [
    ...withdrawn.map((title) => messageOf('programme.hasWithdrawn', { title })),
    ...expiring.flatMap(({ title, expiresOn }) =>
      expiresOn === null || starts.every((at) => mayAirAt(expiresOn, at, timeZone))
        ? []
        : [messageOf('programme.untilExpiry', { title, date: dayMonthYear(expiresOn) })],
    ),
  ]
}
