import type { PutStation, Station, StationMusic } from '#protocol/http/areas.ts'
import { civilTime, isTimeZone } from '#protocol/rules/civil-time.ts'
import { DEFAULT_QUIET_HOURS } from '#protocol/rules/quiet-hours.ts'
import { type Actor, requirePermission, scopeOf } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/open.ts'
import { transact } from '../db/transact.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import { engineNames, engineTitle } from '../speech/engine-name.ts'
import { VOICES } from '../speech/speech.ts'
import { isFitFor } from '../uploads/fit-for.ts'
import * as uploadStore from '../uploads/uploads.store.ts'
import * as areaStore from './areas.store.ts'
import { requirePlace } from './get-airing-rules.ts'
import { quietProblems, sayRules } from './put-airing-rules.ts'
import * as stationStore from './stations.store.ts'

/** What a commune has until somebody sets something else. */
export const DEFAULT_STATION = {
  timeZone: 'Asia/Ho_Chi_Minh',
  quietHours: DEFAULT_QUIET_HOURS,
  volume: { day: 80, night: 50 },
  voice: 'vi-north',
  soundProfile: 'horn',
  music: { opening: 'built-in', closing: 'built-in', bed: null },
  engines: [],
} as const

export async function listStations(ctx: Pick<Context, 'db'>, input: { actor: Actor }): Promise<Station[]> {
  return stationStore.listStations(ctx.db, scopeOf(input.actor))
}

export async function getStation(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; areaCode: string },
): Promise<Station> {
  await requireCoverage(ctx.db, input.actor, [input.areaCode], 'areaCode')
  const station = await stationStore.findStation(ctx.db, input.areaCode)
  if (!station) throw notFound('station', input.areaCode)
  return station
}

/** Creates or replaces the settings of a commune's station; every plan of its clusters follows. */
export async function putStation(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'speech'>,
  input: { actor: Actor; areaCode: string; settings: PutStation },
): Promise<Station> {
  requirePermission(input.actor, 'stations.write')
  await requireCoverage(ctx.db, input.actor, [input.areaCode], 'areaCode')
  if (!isTimeZone(input.settings.timeZone)) throw invalid('timeZone', 'station.timeZone')
  if (!isSameClock(ctx.clock.now(), input.settings.timeZone)) throw invalid('timeZone', 'station.otherClock')
  if (!VOICES.some((voice) => voice === input.settings.voice)) throw invalid('voice', 'station.voice')
  await requireOwnMusic(ctx.db, input.areaCode, input.settings.music)
  await requireEngines(ctx, input.areaCode, input.settings.engines)
  const area = await areaStore.findArea(ctx.db, input.areaCode)
  if (area?.kind !== 'commune') throw invalid('areaCode', 'area.notCommune', { code: input.areaCode })
  const { quietHours, ...settings } = input.settings
  const place = await requirePlace(ctx, { actor: input.actor, scope: input.areaCode })
  if (quietHours) {
    const [problem] = quietProblems(place, quietHours, input.actor)
    if (problem) throw new DomainError('invalid', problem)
  }
  await transact(ctx, async (tx) => {
    await stationStore.saveStation(tx.db, { areaCode: input.areaCode, ...settings }, ctx.clock.now())
    if (quietHours !== undefined) {
      const revision = place.authors.at(-1)?.stored?.revision ?? 0
      await sayRules(ctx, tx, { place, actor: input.actor, said: { quietHours }, revision })
    }
    await tx.event('station.changed', input.areaCode)
    await enqueuePlan(ctx, tx, input.areaCode)
  })
  return getStation(ctx, input)
}

/** With the clock of another country a station would have its night by day, and sound in ours. */
function isSameClock(now: number, timeZone: string): boolean {
  const [own, usual] = [timeZone, DEFAULT_STATION.timeZone].map((zone) => civilTime(now, zone))
  return own?.date === usual?.date && own?.time === usual?.time
}

async function requireOwnMusic(db: Db, areaCode: string, music: StationMusic): Promise<void> {
  const chosen = [
    { field: 'music.opening', choice: music.opening, purpose: 'chime' },
    { field: 'music.closing', choice: music.closing, purpose: 'chime' },
    { field: 'music.bed', choice: music.bed, purpose: 'bed' },
  ] as const
  for (const { field, choice, purpose } of chosen) {
    if (choice === null || choice === 'built-in' || choice === 'none') continue
    const upload = await uploadStore.findUpload(db, choice)
    if (!isFitFor(upload, areaCode, purpose)) throw invalid(field, `station.${purpose}`)
  }
}

/** Whoever changes the volume need not give up an engine that is only away, such as one whose files were moved. */
async function requireEngines(
  ctx: Pick<Context, 'db' | 'speech'>,
  areaCode: string,
  names: readonly string[],
): Promise<void> {
  const here = engineNames(ctx.speech)
  const away = names.filter((name) => !here.includes(name))
  if (away.length === 0) return
  const before = (await stationStore.findStation(ctx.db, areaCode))?.engines ?? []
  const unknown = away.find((name) => !before.includes(name))
  if (unknown === undefined) return
  const values = { engine: engineTitle(unknown), engines: here.map(engineTitle).join(', ') }
  throw invalid('engines', 'station.engine', values)
}

/** Makes sure that a commune has a station; one that exists stays as it is. */
export async function ensureStation(db: Db, areaCode: string, at: number): Promise<void> {
  if (await stationStore.findStation(db, areaCode)) return
  const area = await areaStore.findArea(db, areaCode)
  if (area?.kind !== 'commune') throw invalid('areaCode', 'area.notCommune', { code: areaCode })
  await stationStore.saveStation(
    db,
    { areaCode, name: `Đài truyền thanh ${lowerFirst(area.name)}`, ...DEFAULT_STATION },
    at,
  )
}

const lowerFirst = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)
