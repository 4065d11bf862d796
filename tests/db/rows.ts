import type { Kysely } from 'kysely'
import type { BulletinClass } from '#protocol/http/bulletins.ts'
import { BroadcastId, BulletinId, BulletinVersionId, ClusterId, ProgrammeId, UploadId } from '#protocol/ids.ts'
import * as areaStore from '../../controller/areas/areas.store.ts'
import * as stationStore from '../../controller/areas/stations.store.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import * as assetStore from '../../controller/audio/assets.store.ts'
import type { ProducedAudio } from '../../controller/audio/produce.ts'
import * as broadcastStore from '../../controller/broadcasts/broadcasts.store.ts'
import * as bulletinStore from '../../controller/bulletins/bulletins.store.ts'
import * as renditionStore from '../../controller/bulletins/renditions.store.ts'
import * as clusterStore from '../../controller/clusters/clusters.store.ts'
import type { Tables } from '../../controller/db/schema.ts'
import * as programmeStore from '../../controller/programmes/programmes.store.ts'
import * as uploadStore from '../../controller/uploads/uploads.store.ts'

type Db = Kysely<Tables>

let made = 0
const next = (prefix: string): string => `${prefix}_${(++made).toString().padStart(6, '0')}`
export const newIds = {
  bulletin: () => BulletinId.parse(next('bul')),
  version: () => BulletinVersionId.parse(next('ver')),
  programme: () => ProgrammeId.parse(next('prg')),
  broadcast: () => BroadcastId.parse(next('brd')),
  cluster: () => ClusterId.parse(next('clu')),
  upload: () => UploadId.parse(next('upl')),
}

/** A province, two of its communes with a station each, and a commune elsewhere. */
export const PLACES = { province: '96', commune: '31813', sister: '31825', elsewhere: '00004', otherProvince: '01' }

export async function insertPlaces(db: Db): Promise<void> {
  const area = (code: string, name: string, parentCode: string | null) => ({
    code,
    name,
    kind: parentCode ? ('commune' as const) : ('province' as const),
    parentCode,
    searchName: name.toLowerCase(),
    validFrom: '2025-07-01',
  })
  await areaStore.insertAreas(db, [
    area(PLACES.province, 'Tinh mot', null),
    area(PLACES.otherProvince, 'Tinh hai', null),
  ])
  await areaStore.insertAreas(db, [
    area(PLACES.commune, 'Xa mot', PLACES.province),
    area(PLACES.sister, 'Xa hai', PLACES.province),
    area(PLACES.elsewhere, 'Phuong ba', PLACES.otherProvince),
  ])
  for (const areaCode of [PLACES.commune, PLACES.sister, PLACES.elsewhere]) {
    await stationStore.saveStation(db, { areaCode, name: `Đài ${areaCode}`, ...DEFAULT_STATION }, 1)
  }
}

export async function insertCluster(db: Db, areaCode = PLACES.commune, enrolledAt = 1): Promise<ClusterId> {
  const id = newIds.cluster()
  await clusterStore.insertCluster(db, {
    id,
    name: `Cụm ${id}`,
    areaCode,
    technology: 'ip',
    latitude: 10.25,
    longitude: null,
    credentialGeneration: 1,
    enrolledAt,
    presence: 'never',
    boot: 0,
    lastSeenAt: null,
    planHeld: 0,
    statusJson: null,
  })
  return id
}

export const audioOf = (name: string, ms = 60_000): ProducedAudio => ({
  sha256: Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64),
  bytes: 1_000,
  ms,
  codec: 'mp3',
  loudnessLufs: -16.5,
  truePeakDbtp: -1.25,
  marks: [],
  peaks: Uint8Array.of(0, 128, 255),
})

/** A bulletin in draft with its first version, whose production has not begun. */
export async function insertBulletin(
  db: Db,
  set: { targets?: readonly string[]; createdAt?: number; class?: BulletinClass } = {},
): Promise<{ id: BulletinId; versionId: BulletinVersionId }> {
  const id = newIds.bulletin()
  const versionId = newIds.version()
  const createdAt = set.createdAt ?? 1
  await bulletinStore.insertBulletin(db, {
    id,
    status: 'draft',
    currentVersionId: versionId,
    approvedVersionId: null,
    returnReason: null,
    approvedBy: null,
    approvedByName: null,
    approvedAt: null,
    createdBy: 'u',
    createdByName: 'Người viết',
    createdAt,
    updatedAt: createdAt,
    deletedAt: null,
  })
  await insertVersion(db, { id: versionId, bulletinId: id, number: 1, ...set })
  return { id, versionId }
}

export async function insertVersion(
  db: Db,
  version: {
    id: BulletinVersionId
    bulletinId: BulletinId
    number: number
    targets?: readonly string[]
    class?: BulletinClass
  },
): Promise<void> {
  await bulletinStore.insertVersion(db, {
    title: `Bản tin ${version.bulletinId}`,
    class: 'ordinary',
    script: 'Xin chào.',
    omit: [],
    effectiveOn: null,
    expiresOn: null,
    cites: [],
    createdBy: 'u',
    createdByName: 'Người viết',
    createdAt: 1,
    ...version,
    targets: version.targets ?? [PLACES.commune],
  })
  await renditionStore.insertRendition(db, {
    versionId: version.id,
    bulletinId: version.bulletinId,
    voice: 'vi-north',
    soundProfile: 'flat',
    at: 1,
  })
}

/** A recording of a bulletin that is being checked, or is ready once there is audio. */
export async function insertUpload(
  db: Db,
  bulletinId: BulletinId,
  audio: ProducedAudio | null = null,
): Promise<UploadId> {
  const id = newIds.upload()
  if (audio) await assetStore.keepAsset(db, audio, { origin: 'recording', at: 1 })
  await uploadStore.insertUpload(db, {
    id,
    purpose: 'recording',
    areaCode: null,
    bulletinId,
    language: 'km',
    fileName: 'ban-thu.mp3',
    licenceNote: null,
    announcedBytes: 1_000,
    state: audio ? 'ready' : 'checking',
    progress: 0,
    findingsJson: '[]',
    sha256: audio?.sha256 ?? null,
    broughtBy: 'u',
    broughtByName: 'Người thu',
    createdAt: 1,
    updatedAt: 1,
  })
  return id
}

export async function insertProgramme(
  db: Db,
  set: Partial<programmeStore.StoredProgramme> = {},
): Promise<programmeStore.StoredProgramme> {
  const rundown = set.rundown ?? [{ kind: 'bulletin', bulletinId: (await insertBulletin(db)).id }]
  const programme: programmeStore.StoredProgramme = {
    id: newIds.programme(),
    areaCode: PLACES.commune,
    name: 'Bản tin sáng',
    startsOn: '2026-11-23',
    startTime: '05:30',
    repeat: { kind: 'once' },
    holidays: 'as-usual',
    exceptions: [{ date: '2026-12-25', kind: 'skip' }],
    key: null,
    revision: 1,
    maxMinutes: 60,
    targets: { areas: [PLACES.commune], clusters: [], exclude: [] },
    rundown,
    status: 'active',
    createdBy: 'u',
    createdByName: 'Người viết',
    createdAt: 1,
    updatedAt: 1,
    ...set,
  }
  await programmeStore.insertProgramme(db, programme, DEFAULT_STATION.timeZone)
  return programme
}

export const broadcastOf = (
  programme: Pick<programmeStore.StoredProgramme, 'id' | 'areaCode'>,
  set: Partial<broadcastStore.StoredBroadcast> = {},
): broadcastStore.StoredBroadcast => ({
  id: newIds.broadcast(),
  programmeId: programme.id,
  originalDate: '2026-11-23',
  areaCode: programme.areaCode,
  startAt: 10_000,
  endAt: 70_000,
  level: 'programme',
  status: 'planned',
  items: [],
  fill: 'short',
  dropped: [],
  cancelledBy: null,
  cancelledByName: null,
  cancelledAt: null,
  createdAt: 1,
  revision: 1,
  changedAt: 1,
  closedAt: null,
  reportRevision: 0,
  ...set,
})

export async function insertBroadcast(
  db: Db,
  set: Partial<broadcastStore.StoredBroadcast> = {},
): Promise<broadcastStore.StoredBroadcast> {
  const broadcast = broadcastOf(await insertProgramme(db), set)
  await broadcastStore.insertBroadcast(db, broadcast)
  return broadcast
}
