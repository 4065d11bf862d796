import type { ProgrammeId } from '#protocol/ids.ts'
import { civilTime, localTimes } from '#protocol/rules/civil-time.ts'
import { clockOf } from '#protocol/rules/said-rules.ts'
import { limitText, ruleAuthorName } from '../areas/rule-words.ts'
import * as stationStore from '../areas/stations.store.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Db } from '../db/open.ts'
import { dayMonthYear } from '../iso.ts'
import { messageOf } from '../messages.ts'
import { LOOK_AHEAD_MS } from './check.ts'
import { hearersOf, type Prepared, prepare } from './place-problems.ts'
import * as programmeStore from './programmes.store.ts'
import { slotCollisions } from './slot-collisions.ts'
import { stationTimes } from './station-times.ts'
import { strayDays } from './stray-days.ts'

/** What to know of a programme, each thing once, with the sentence about the first day on which it is so. */
type Warnings = Map<string, string>

/**
 * Of each programme of a station: which limits it breaks now that they were tightened, what it waits for or loses to, and
 * which of its days are different for nothing.
 * What nobody could have saved comes about when rules change, or clusters are added.
 */
export async function stationWarnings(db: Db, areaCode: string, now: number): Promise<Map<ProgrammeId, string[]>> {
  const station = await stationStore.findStation(db, areaCode)
  if (!station) return new Map()
  const window = { from: now + 1, until: now + LOOK_AHEAD_MS }
  const others = await programmeStore.activeProgrammesOf(db, areaCode)
  const given = prepare({
    others,
    clusters: (await clusterStore.clustersOfArea(db, areaCode)).map(({ id }) => id),
    times: await stationTimes(db, station, window, now),
    window,
  })
  const warnings = new Map<string, Warnings>(others.map(({ id }) => [id, new Map()]))
  const programmeOf = new Map(given.slots.map(({ id, programmeId }) => [id, programmeId]))
  const warn = (slotId: string, what: string, sentence: () => string): void => {
    const known = warnings.get(programmeOf.get(slotId) ?? '')
    if (known && !known.has(what)) known.set(what, sentence())
  }
  warnOfLimits(given, warn)
  warnOfCollisions(given, warn)
  warnOfStrayDays(given, now, warnings)
  return new Map(others.map(({ id }) => [id, [...(warnings.get(id)?.values() ?? [])]]))
}

/** Of those to come: what was meant for a day that is over can no longer be set right. */
function warnOfStrayDays({ others, times }: Prepared, now: number, warnings: ReadonlyMap<string, Warnings>): void {
  const today = civilTime(now, times.timeZone).date
  for (const programme of others)
    for (const { date, key, values } of strayDays(programme, times.timeZone, times.holidays))
      if (date >= today) warnings.get(programme.id)?.set(`stray ${date}`, messageOf(key, values))
}

type Warn = (slotId: string, what: string, sentence: () => string) => void

function warnOfLimits({ breaches, limits, times }: Prepared, warn: Warn): void {
  const said = times.limits ?? {}
  for (const { id, kind, date } of breaches)
    warn(id, kind, () => {
      const by = ruleAuthorName(said[kind]?.by ?? 'default', times.authors ?? [])
      const values = { date: dayMonthYear(date), by, limit: limitText(limits[kind]) }
      return messageOf('programme.overLimit', { problem: messageOf(`limit.${kind}`, values) })
    })
}

function warnOfCollisions({ slots, times, others, clusters }: Prepared, warn: Warn): void {
  const names = new Map<string, string>(others.map(({ id, name }) => [id, name]))
  const localOf = localTimes(times.timeZone)
  for (const { own, other, effect } of slotCollisions(slots, hearersOf(others, clusters), times)) {
    const isWait = effect.kind === 'waits'
    warn(own.id, `${isWait ? 'waits' : 'loses'} ${other.programmeId}`, () => {
      const values = { date: dayMonthYear(own.date), name: names.get(other.programmeId) ?? '' }
      if (isWait) return messageOf('programme.waitsFor', { ...values, seconds: Math.ceil(effect.ms / 1_000) })
      const [from = '', to = ''] = [other.startAt, other.endAt].map((at) => clockOf(localOf(at).minutes))
      return messageOf('programme.losesTo', { ...values, from, to })
    })
  }
}
