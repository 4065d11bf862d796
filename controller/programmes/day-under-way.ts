import * as listStore from '../broadcasts/broadcast-lists.store.ts'
import { hasBegun } from '../broadcasts/decide-sessions.ts'
import { dayBegan } from '../broadcasts/planned-days.ts'
import type { Db } from '../db/open.ts'
import { keyOf } from './session-key.ts'

/** What has become of a station's sessions by now, by their keys. */
export interface DayUnderWay {
  /** The midnight with which it began. */
  readonly from: number
  readonly now: number
  /** Those of today that have begun, over or not. */
  readonly begun: ReadonlyMap<string, listStore.SessionFate>
  /** When those are to start that are planned. */
  readonly planned: ReadonlyMap<string, number>
  /** Those that a person has called off: they stay so. */
  readonly calledOff: ReadonlySet<string>
}

export async function dayUnderWay(
  db: Db,
  { areaCode, timeZone }: { readonly areaCode: string; readonly timeZone: string },
  now: number,
): Promise<DayUnderWay> {
  const from = dayBegan(now, timeZone)
  const fates = await listStore.fatesFrom(db, areaCode, from)
  const toCome = fates.filter((fate) => fate.startAt > now && fate.status === 'planned')
  return {
    from,
    now,
    begun: new Map(fates.filter((fate) => hasBegun(fate, now)).map((fate) => [keyOf(fate), fate])),
    planned: new Map(toCome.map((fate) => [keyOf(fate), fate.startAt])),
    calledOff: new Set(fates.filter(({ cancelledBy }) => cancelledBy === 'person').map(keyOf)),
  }
}
