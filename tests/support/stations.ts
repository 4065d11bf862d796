import type { Kysely } from 'kysely'
import type { BulletinId, ClusterId } from '#protocol/ids.ts'
import { ensureStation } from '../../controller/areas/stations.ts'
import * as bulletinStore from '../../controller/bulletins/bulletins.store.ts'
import * as renditionStore from '../../controller/bulletins/renditions.store.ts'
import type { Tables } from '../../controller/db/schema.ts'
import type { StoredProgramme } from '../../controller/programmes/programmes.store.ts'
import { audioOf, insertBulletin, insertCluster, insertProgramme } from '../db/rows.ts'

/** What one commune has. */
export interface FilledStation {
  readonly areaCode: string
  readonly clusters: readonly ClusterId[]
  readonly bulletins: readonly BulletinId[]
  readonly programmes: readonly StoredProgramme[]
}

const BULLETINS = 9
const IN_A_SESSION = 3
const START_TIMES = ['05:30', '17:00', '11:15', '06:40']
const RULES = ['FREQ=DAILY', 'FREQ=DAILY', 'FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA']

/** Stations with clusters, bulletins that may air and two to four programmes each, straight into the tables. */
export async function fillStations(
  db: Kysely<Tables>,
  options: { stations: number; clustersEach: number; startsOn: string; at: number; programmes?: number },
): Promise<FilledStation[]> {
  const areas = await db
    .selectFrom('area')
    .select('code')
    .where('kind', '=', 'commune')
    .orderBy('code')
    .limit(options.stations)
    .execute()
  const filled: FilledStation[] = []
  for (const [nth, { code }] of areas.entries())
    filled.push(await db.transaction().execute((tx) => fillStation(tx, code, nth, options)))
  return filled
}

async function fillStation(
  db: Kysely<Tables>,
  areaCode: string,
  nth: number,
  options: { clustersEach: number; startsOn: string; at: number; programmes?: number },
): Promise<FilledStation> {
  const { clustersEach, startsOn, at, programmes: wanted = 2 + (nth % 3) } = options
  await ensureStation(db, areaCode, at)
  const clusters: ClusterId[] = []
  for (let i = 0; i < clustersEach; i++) clusters.push(await insertCluster(db, areaCode, at))
  const bulletins: BulletinId[] = []
  for (let i = 0; i < BULLETINS; i++) bulletins.push(await airableBulletin(db, areaCode, `${areaCode} ${i}`, at))
  const programmes: StoredProgramme[] = []
  for (let i = 0; i < wanted; i++)
    programmes.push(
      await insertProgramme(db, {
        areaCode,
        startsOn,
        startTime: START_TIMES[i] ?? '18:00',
        repeat: { kind: 'rrule', rrule: RULES[i] ?? 'FREQ=DAILY' },
        exceptions: [],
        targets: { areas: [areaCode], clusters: [], exclude: [] },
        rundown: bulletins
          .slice(i * 2, i * 2 + IN_A_SESSION)
          .map((bulletinId) => ({ kind: 'bulletin' as const, bulletinId })),
        createdAt: at,
        updatedAt: at,
      }),
    )
  return { areaCode, clusters, bulletins, programmes }
}

/** A bulletin of a minute or two, approved and with its sound ready. */
export async function airableBulletin(
  db: Kysely<Tables>,
  areaCode: string,
  name: string,
  at: number,
): Promise<BulletinId> {
  const { id, versionId } = await insertBulletin(db, { targets: [areaCode], createdAt: at })
  const ms = 60_000 + (name.charCodeAt(name.length - 1) % 7) * 10_000
  await renditionStore.setReady(db, versionId, audioOf(name, ms), at)
  const seen = { status: ['draft' as const], versionId, approvedVersionId: null }
  await bulletinStore.transitionBulletin(db, id, seen, { status: 'approved', approvedVersionId: versionId })
  return id
}
