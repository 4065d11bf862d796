import type { StoredProgramme } from '../../controller/programmes/programmes.store.ts'
import type { ReadyBulletin } from '../../controller/programmes/session/session.ts'
import type { Approved } from '../../controller/programmes/session/validity.ts'
import { audioOf, newIds } from '../db/rows.ts'

/** Monday 23 November 2026, 08:00 in Việt Nam. */
export const NOW = Date.UTC(2026, 10, 23, 1)

export const fileOf = (name: string, ms: number) => ({
  ms,
  codec: 'mp3' as const,
  bytes: 1_000,
  sha256: audioOf(name).sha256,
})

export const bulletin = (name: string, ms: number, kind: ReadyBulletin['class'] = 'ordinary'): ReadyBulletin => ({
  kind: 'bulletin',
  bulletinId: newIds.bulletin(),
  versionId: newIds.version(),
  versionNumber: 1,
  title: name,
  language: 'vi',
  ...fileOf(name, ms),
  class: kind,
  others: [],
})

export const readyOf = (...bulletins: ReadyBulletin[]) => new Map(bulletins.map((one) => [one.bulletinId, one]))

export const approvedOf = (bulletins: readonly ReadyBulletin[], expiresOn: string | null = null): Approved =>
  new Map(bulletins.map(({ bulletinId, title }) => [bulletinId, { title, expiresOn }]))

/** Every morning from tomorrow on. */
export const programmeOf = (
  bulletins: readonly ReadyBulletin[],
  set: Partial<StoredProgramme> = {},
): StoredProgramme => ({
  id: newIds.programme(),
  areaCode: '31813',
  name: 'Bản tin sáng',
  startsOn: '2026-11-24',
  startTime: '05:30',
  repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
  holidays: 'as-usual',
  exceptions: [],
  key: null,
  revision: 1,
  maxMinutes: 60,
  targets: { areas: ['31813'], clusters: [], exclude: [] },
  rundown: bulletins.map(({ bulletinId }) => ({ kind: 'bulletin', bulletinId })),
  status: 'active',
  createdBy: 'u',
  createdByName: 'u',
  createdAt: 1,
  updatedAt: 1,
  ...set,
})
