import type { CancelledBy } from '#protocol/http/broadcasts.ts'
import type { RundownItem } from '#protocol/http/programmes.ts'
import type { BulletinId } from '#protocol/ids.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'

/** Bulletins that somebody has let on air and nobody has withdrawn, with the last local day on which each may air. */
export type Approved = ReadonlyMap<BulletinId, { readonly title: string; readonly expiresOn: string | null }>

/** Why a session has nothing that it might ever say. */
export type Bar = Extract<CancelledBy, 'withdrawal' | 'expiry'>

/** The part of a rundown that may air in a session: its day is the one on which it starts. */
export const airableAt = (
  rundown: readonly RundownItem[],
  approved: Approved,
  startAt: number,
  timeZone: string,
): RundownItem[] =>
  rundown.filter(({ bulletinId }) => {
    const bulletin = approved.get(bulletinId)
    return bulletin !== undefined && mayAirAt(bulletin.expiresOn, startAt, timeZone)
  })

/** What bars a rundown of which nothing may air. */
export const barOf = (rundown: readonly RundownItem[], approved: Approved): Bar =>
  rundown.some(({ bulletinId }) => !approved.has(bulletinId)) ? 'withdrawal' : 'expiry'
