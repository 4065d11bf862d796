import { type ChimeChoice, type SoundProfile, type Station, StationEngines } from '#protocol/http/areas.ts'
import type { UploadId } from '#protocol/ids.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import { quietHoursOf } from '#protocol/rules/said-rules.ts'
import type { Db } from '../db/open.ts'

const COLUMNS = [
  'station.areaCode',
  'area.name as areaName',
  'station.name',
  'station.timeZone',
  'station.volumeDay',
  'station.volumeNight',
  'station.voice',
  'station.soundProfile',
  'station.opening',
  'station.openingUploadId',
  'station.closing',
  'station.closingUploadId',
  'station.bedUploadId',
  'station.enginesJson',
  'own.quietFrom',
  'own.quietTo',
  'above.quietFrom as provinceQuietFrom',
  'above.quietTo as provinceQuietTo',
  'installation.nightFrom',
  'installation.nightTo',
] as const

/** With the quiet hours that the commune and its province have said, and the night. */
const selectStations = (db: Db) =>
  db
    .selectFrom('station')
    .innerJoin('area', 'area.code', 'station.areaCode')
    .innerJoin('installation', (join) => join.onTrue())
    .leftJoin('airingRules as own', 'own.scope', 'station.areaCode')
    .leftJoin('airingRules as above', 'above.scope', 'area.parentCode')
    .select(COLUMNS)

export async function findStation(db: Db, areaCode: string): Promise<Station | null> {
  const row = await selectStations(db).where('station.areaCode', '=', areaCode).executeTakeFirst()
  return row ? toStation(row) : null
}

export async function listStations(db: Db, within: readonly string[] | null): Promise<Station[]> {
  let select = selectStations(db)
  if (within) {
    select = select.where((eb) =>
      eb.or([eb('station.areaCode', 'in', [...within]), eb('area.parentCode', 'in', [...within])]),
    )
  }
  const rows = await select.orderBy('station.areaCode').limit(4_000).execute()
  return rows.map(toStation)
}

export async function saveStation(
  db: Db,
  station: Omit<Station, 'areaName' | 'quietHours'>,
  at: number,
): Promise<void> {
  const values = {
    name: station.name,
    timeZone: station.timeZone,
    volumeDay: station.volume.day,
    volumeNight: station.volume.night,
    voice: station.voice,
    soundProfile: station.soundProfile,
    opening: chimeKind(station.music.opening),
    openingUploadId: ownChime(station.music.opening),
    closing: chimeKind(station.music.closing),
    closingUploadId: ownChime(station.music.closing),
    bedUploadId: station.music.bed,
    enginesJson: JSON.stringify(station.engines),
    updatedAt: at,
  }
  await db
    .insertInto('station')
    .values({ areaCode: station.areaCode, ...values })
    .onConflict((oc) => oc.column('areaCode').doUpdateSet(values))
    .execute()
}

/** How often its sessions, or what is placed in them, have changed; null: no station. */
export async function planRevisionOf(db: Db, areaCode: string): Promise<number | null> {
  const row = await db.selectFrom('station').select('planRevision').where('areaCode', '=', areaCode).executeTakeFirst()
  return row?.planRevision ?? null
}

/** Has whoever is planning the station at this moment start over. */
export async function outdatePlanning(db: Db, areaCode: string): Promise<void> {
  await db
    .updateTable('station')
    .set((eb) => ({ planRevision: eb('planRevision', '+', 1) }))
    .where('areaCode', '=', areaCode)
    .execute()
}

/** False when its sessions have changed since `revision` was read. */
export const advancePlanRevision = (db: Db, areaCode: string, revision: number): Promise<boolean> =>
  advance(db, 'planRevision', areaCode, revision)

export interface PlannedStation {
  readonly areaCode: string
  readonly timeZone: string
  /** When it was last asked to be planned; null when that is not known, or has failed. */
  readonly askedAt: number | null
}

/** Stations that have something to plan: an active programme, or a cluster whose plan must not run out. */
export async function stationsToPlan(db: Db): Promise<PlannedStation[]> {
  return db
    .selectFrom('station')
    .leftJoin('job', (join) =>
      join
        .onRef('job.dedupeKey', '=', 'station.areaCode')
        .on('job.kind', '=', 'plan-station')
        .on('job.state', '!=', 'failed'),
    )
    .select(['station.areaCode', 'station.timeZone', 'job.runAt as askedAt'])
    .where((eb) =>
      eb.or([
        eb('station.areaCode', 'in', eb.selectFrom('programme').select('areaCode').where('status', '=', 'active')),
        eb('station.areaCode', 'in', eb.selectFrom('cluster').select('areaCode')),
      ]),
    )
    .execute()
}

/** How often its programmes have changed; 0 where there is no station. */
export async function scheduleRevisionOf(db: Db, areaCode: string): Promise<number> {
  const row = await db
    .selectFrom('station')
    .select('scheduleRevision')
    .where('areaCode', '=', areaCode)
    .executeTakeFirst()
  return row?.scheduleRevision ?? 0
}

/** False when one of its programmes has changed since `revision` was read. */
export const advanceScheduleRevision = (db: Db, areaCode: string, revision: number): Promise<boolean> =>
  advance(db, 'scheduleRevision', areaCode, revision)

async function advance(
  db: Db,
  counter: 'planRevision' | 'scheduleRevision',
  areaCode: string,
  revision: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('station')
    .set({ [counter]: revision + 1 })
    .where('areaCode', '=', areaCode)
    .where(counter, '=', revision)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

interface StationRow {
  areaCode: string
  areaName: string
  name: string
  timeZone: string
  quietFrom: string | null
  quietTo: string | null
  provinceQuietFrom: string | null
  provinceQuietTo: string | null
  nightFrom: string
  nightTo: string
  volumeDay: number
  volumeNight: number
  voice: string
  soundProfile: SoundProfile
  opening: ChimeKind
  openingUploadId: UploadId | null
  closing: ChimeKind
  closingUploadId: UploadId | null
  bedUploadId: UploadId | null
  enginesJson: string
}

type ChimeKind = 'built-in' | 'none' | 'own'

const chimeKind = (choice: ChimeChoice): ChimeKind => (choice === 'built-in' || choice === 'none' ? choice : 'own')

const ownChime = (choice: ChimeChoice): UploadId | null => (choice === 'built-in' || choice === 'none' ? null : choice)

/** The foreign key keeps what a station has chosen. */
const chimeOf = (kind: ChimeKind, uploadId: UploadId | null): ChimeChoice =>
  kind === 'own' ? (uploadId ?? 'built-in') : kind

const quietHours = (from: string | null, to: string | null): QuietHours | null =>
  from !== null && to !== null ? { from, to } : null

const toStation = (row: StationRow): Station => ({
  areaCode: row.areaCode,
  areaName: row.areaName,
  name: row.name,
  timeZone: row.timeZone,
  quietHours: quietHoursOf(
    [
      { by: 'province', quietHours: quietHours(row.provinceQuietFrom, row.provinceQuietTo) },
      { by: 'commune', quietHours: quietHours(row.quietFrom, row.quietTo) },
    ],
    { from: row.nightFrom, to: row.nightTo },
  ).value,
  volume: { day: row.volumeDay, night: row.volumeNight },
  voice: row.voice,
  soundProfile: row.soundProfile,
  music: {
    opening: chimeOf(row.opening, row.openingUploadId),
    closing: chimeOf(row.closing, row.closingUploadId),
    bed: row.bedUploadId,
  },
  engines: StationEngines.parse(JSON.parse(row.enginesJson)),
})
