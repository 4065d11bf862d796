import { occurrencesIn } from '#protocol/rules/recurrence.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'
import type { Approved } from '../broadcasts/validity.ts'
import { dayMonthYear } from '../iso.ts'
import { messageOf } from '../messages.ts'
import { LOOK_AHEAD_MS } from './check.ts'
import type { StoredProgramme } from './programmes.store.ts'

/**
 * What whoever answers for a programme should know of its sessions to come, in sentences: bulletins that were withdrawn,
 * and bulletins that expire before the series ends.
 */
export function programmeWarnings(
  programme: StoredProgramme,
  approved: Approved,
  { now, timeZone }: { now: number; timeZone: string },
): string[] {
  if (programme.status !== 'active') return []
  const bulletinIds = [...new Set(programme.rundown.map((item) => item.bulletinId))]
  const parts = bulletinIds.map((id) => approved.get(id) ?? null)
  if (parts.every((part) => part?.expiresOn === null)) return []
  const starts = occurrencesIn(programme, { from: now + 1, until: now + LOOK_AHEAD_MS }, timeZone)
  const withdrawn = parts.filter((part) => part === null).length
  return [
    ...(withdrawn > 0 && starts.length > 0 ? [messageOf('programme.hasWithdrawn', { n: withdrawn })] : []),
    ...parts.flatMap((part) => {
      if (!part?.expiresOn || starts.every((at) => mayAirAt(part.expiresOn, at, timeZone))) return []
      return [messageOf('programme.untilExpiry', { title: part.title, date: dayMonthYear(part.expiresOn) })]
    }),
  ]
}
