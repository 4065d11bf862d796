import type { CancelledBy } from '#protocol/http/broadcasts.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'

/** Bulletins that somebody has let on air and nobody has withdrawn, with the last local day on which each may air. */
export type Approved = ReadonlyMap<BulletinId, { readonly title: string; readonly expiresOn: string | null }>

/** Why a session does not take place: it has nothing that it might say, must not be heard then, or is too much. */
export type Bar = Exclude<CancelledBy, 'person' | 'planner'>

interface Named {
  readonly bulletinId: BulletinId
}

/** The part of a rundown that may air in a session: its day is the one on which it starts. */
export const airableAt = <T extends Named>(
  rundown: readonly T[],
  approved: Approved,
  startAt: number,
  timeZone: string,
): T[] =>
  rundown.filter(({ bulletinId }) => {
    const bulletin = approved.get(bulletinId)
    return bulletin !== undefined && mayAirAt(bulletin.expiresOn, startAt, timeZone)
  })

/** What bars a rundown of which nothing may air: that nothing is in it, or what became of all of it. */
export function barOf(rundown: readonly Named[], approved: Approved): Bar {
  if (rundown.length === 0) return 'emptiness'
  return rundown.some(({ bulletinId }) => !approved.has(bulletinId)) ? 'withdrawal' : 'expiry'
}
