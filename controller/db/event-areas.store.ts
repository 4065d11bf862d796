import { type ExpressionOrFactory, sql } from 'kysely'
import type { BroadcastId, BulletinId, ClusterId, ExemptionId, ProgrammeId } from '#protocol/ids.ts'
import type { EventKind } from '#protocol/stream.ts'
import type { Db } from './open.ts'
import type { Tables } from './schema.ts'

type AreaOf = (db: Db, ref: string) => ExpressionOrFactory<Tables, 'event', string | null>

const ofBulletin: AreaOf = (db, ref) => {
  const id = sql<BulletinId>`${ref}`
  // All versions: whoever it is not for any more has to hear that it is gone.
  const targets = db
    .selectFrom('bulletinVersion as version')
    .innerJoin('bulletinVersionTarget as target', 'target.versionId', 'version.id')
    .innerJoin('area', 'area.code', 'target.areaCode')
    .select((eb) => ['area.code', eb.fn.coalesce('area.parentCode', 'area.code').as('province')])
    .where('version.bulletinId', '=', id)
  // And whoever airs it: one who works for several communes may have put it where it is not for.
  const airings = db
    .selectFrom('programmeBulletin as airing')
    .innerJoin('programme', 'programme.id', 'airing.programmeId')
    .innerJoin('area', 'area.code', 'programme.areaCode')
    .select((eb) => ['area.code', eb.fn.coalesce('area.parentCode', 'area.code').as('province')])
    .where('airing.bulletinId', '=', id)
  return db
    .selectFrom(targets.unionAll(airings).as('concerned'))
    .select(({ case: when, fn }) =>
      when()
        .when(fn.min('code'), '=', fn.max('code'))
        .then(fn.min('code'))
        .when(fn.min('province'), '=', fn.max('province'))
        .then(fn.min('province'))
        .end()
        .as('areaCode'),
    )
}

const ofProgramme: AreaOf = (db, ref) =>
  db.selectFrom('programme').select('programme.areaCode').where('programme.id', '=', sql<ProgrammeId>`${ref}`)
const ofBroadcast: AreaOf = (db, ref) =>
  db.selectFrom('broadcast').select('broadcast.areaCode').where('broadcast.id', '=', sql<BroadcastId>`${ref}`)
const ofCluster: AreaOf = (db, ref) =>
  db.selectFrom('cluster').select('cluster.areaCode').where('cluster.id', '=', sql<ClusterId>`${ref}`)
const ofExemption: AreaOf = (db, ref) =>
  db.selectFrom('exemption').select('exemption.areaCode').where('exemption.id', '=', sql<ExemptionId>`${ref}`)
const itself: AreaOf = (_db, ref) => sql<string>`${ref}`
/** Rules are a cluster's or an area's own. */
const ofRules: AreaOf = (db, ref) => sql<string>`coalesce((${ofCluster(db, ref)}), ${ref})`

/**
 * The smallest area that holds all that an event concerns, as an expression inside the statement that writes it. Null,
 * for everybody: what lies in several provinces, and what is not found.
 */
export const AREA_OF = {
  'bulletin.changed': ofBulletin,
  'bulletin.progress': ofBulletin,
  'programme.changed': ofProgramme,
  'broadcast.changed': ofBroadcast,
  'cluster.changed': ofCluster,
  'station.changed': itself,
  'rules.changed': ofRules,
  'exemption.changed': ofExemption,
  'asset.changed': itself,
  'inbox.changed': ofBulletin,
  'source-report.changed': ofBroadcast,
} as const satisfies Record<EventKind, AreaOf>
