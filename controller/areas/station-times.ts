import type { Station } from '#protocol/http/areas.ts'
import type { Window } from '#protocol/rules/civil-time.ts'
import { silentSpans } from '#protocol/rules/silences.ts'
import type { StationTimes } from '../broadcasts/session.ts'
import type { Db } from '../db/open.ts'
import { DAY } from '../units.ts'
import { airingRulesOf } from './airing-rules.store.ts'
import * as areaStore from './areas.store.ts'

/** What begins in the window may end after it; and plans, which name silences, are valid for longer than they reach. */
const BEYOND_MS = 2 * DAY

/**
 * What a station's sessions in a window depend on besides their programmes. A silence or a day off that the province has
 * decided holds in all its communes; what a commune has decided for the same year stands in the province's place.
 */
export async function stationTimes(db: Db, station: Station, window: Window): Promise<StationTimes> {
  const { areaCode, timeZone, quietHours } = station
  const area = await areaStore.findArea(db, areaCode)
  const said = await airingRulesOf(db, [areaCode, ...(area?.parentCode ? [area.parentCode] : [])])
  const nearToFar = [said.get(areaCode), said.get(area?.parentCode ?? '')].flatMap((rules) => rules ?? [])
  const within = { from: window.from, until: window.until + BEYOND_MS }
  return {
    timeZone,
    quietHours,
    holidays: nearToFar.flatMap(({ holidays }) => holidays),
    silences: silentSpans(
      nearToFar.flatMap(({ silences }) => silences),
      within,
      timeZone,
    ),
  }
}
