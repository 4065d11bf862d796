import type { HolidayDecision } from '#protocol/calendar.ts'
import type { Station } from '#protocol/http/areas.ts'
import { ClusterId } from '#protocol/ids.ts'
import { civilTime, type Window } from '#protocol/rules/civil-time.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import { limitsOf, quietHoursOf, type RuleLevel, type SaidLimits } from '#protocol/rules/said-rules.ts'
import { type SilentSpan, silentSpans } from '#protocol/rules/silences.ts'
import { airingRulesOfStation } from '../areas/airing-rules.store.ts'
import * as areaStore from '../areas/areas.store.ts'
import { nightOf } from '../areas/night.store.ts'
import { NOTHING_SAID } from '../areas/rule-place.ts'
import type { Db } from '../db/open.ts'
import { DAY } from '../units.ts'
import { type DayUnderWay, dayUnderWay } from './day-under-way.ts'
import * as exemptionStore from './exemptions.store.ts'

/** What a station's sessions depend on besides their programmes. */
export interface StationTimes {
  readonly timeZone: string
  /** Of the station as a whole. */
  readonly quietHours: QuietHours
  /** Of the clusters that have longer ones of their own. */
  readonly quietClusters?: ReadonlyMap<ClusterId, QuietHours>
  readonly limits?: SaidLimits
  /** Whose word these are. */
  readonly authors?: readonly { readonly by: RuleLevel; readonly name: string }[]
  /** Granted ones. */
  readonly exemptions?: readonly exemptionStore.StoredExemption[]
  readonly holidays?: readonly HolidayDecision[]
  readonly silences?: readonly SilentSpan[]
  /** Left out: the calendars alone say what takes place. */
  readonly today?: DayUnderWay
}

/** What begins in the window may end after it; and plans, which name silences, are valid for longer than they reach. */
const BEYOND_MS = 2 * DAY

/**
 * What a station's sessions in a window depend on besides their programmes. A silence or a day off that the province has
 * decided holds in all its communes; what a commune has decided for the same year stands in the province's place.
 */
export async function stationTimes(db: Db, station: Station, window: Window, now: number): Promise<StationTimes> {
  const { areaCode, timeZone } = station
  const area = await areaStore.findArea(db, areaCode)
  const parent = area?.parentCode ? await areaStore.findArea(db, area.parentCode) : null
  const said = await airingRulesOfStation(db, areaCode)
  const night = await nightOf(db)
  const levels = [
    { by: 'province', ...(said.get(parent?.code ?? '') ?? NOTHING_SAID) },
    { by: 'commune', ...(said.get(areaCode) ?? NOTHING_SAID) },
  ] as const
  const quietClusters = [...said.values()].flatMap((own): [ClusterId, QuietHours][] => {
    const id = ClusterId.safeParse(own.scope)
    return id.success ? [[id.data, quietHoursOf([...levels, { by: 'cluster', ...own }], night).value]] : []
  })
  const within = { from: window.from, until: window.until + BEYOND_MS }
  return {
    timeZone,
    quietHours: quietHoursOf(levels, night).value,
    quietClusters: new Map(quietClusters),
    limits: limitsOf(levels),
    authors: [
      { by: 'province', name: parent?.name ?? '' },
      { by: 'commune', name: station.areaName },
    ],
    exemptions: await exemptionStore.grantedFrom(db, areaCode, civilTime(window.from, timeZone).date),
    holidays: levels.toReversed().flatMap(({ holidays }) => holidays),
    silences: silentSpans(
      levels.toReversed().flatMap(({ silences }) => silences),
      within,
      timeZone,
    ),
    today: await dayUnderWay(db, station, now),
  }
}
