import { type Kysely, Migrator } from 'kysely'
import { expect, test } from 'vitest'
import { BroadcastId, BulletinId, ProgrammeId } from '#protocol/ids.ts'
import { breachesOf } from '#protocol/rules/limits.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { airingRulesOf } from '../../controller/areas/airing-rules.store.ts'
import { nightOf } from '../../controller/areas/night.store.ts'
import { findStation, listStations } from '../../controller/areas/stations.store.ts'
import * as broadcastStore from '../../controller/broadcasts/broadcasts.store.ts'
import * as deliveryStore from '../../controller/broadcasts/deliveries.store.ts'
import { getBulletin, listBulletins } from '../../controller/bulletins/get.ts'
import { migrationsFor } from '../../controller/db/migrations/index.ts'
import { type Database, migrate } from '../../controller/db/open.ts'
import { grantedFrom } from '../../controller/programmes/exemptions.store.ts'
import * as programmeStore from '../../controller/programmes/programmes.store.ts'
import { playedInAll } from '../../controller/reports/played.store.ts'
import { dialects } from '../support/dialects.ts'

const id = BulletinId.parse('bul_old')

/** Rows as the first releases have left them. */
async function oldDatabase({ db, dialect }: Database): Promise<void> {
  const provider = { getMigrations: async () => migrationsFor(dialect) }
  const { error } = await new Migrator({ db, provider }).migrateTo('004-omitted-parts')
  if (error) throw error
  // biome-ignore lint/suspicious/noExplicitAny: tables as they were, not as they are
  const old = db as unknown as Kysely<any>
  await old.insertInto('area').values({ code: '01', name: 'Tỉnh', kind: 'province', searchName: 'tinh' }).execute()
  await old.insertInto('area').values({ code: '00004', name: 'Xã', kind: 'commune', searchName: 'xa' }).execute()
  const quiet = { quietFrom: '22:00', quietTo: '05:00', volumeDay: 80, volumeNight: 50 }
  const station = { areaCode: '00004', name: 'Đài', timeZone: 'Asia/Ho_Chi_Minh', ...quiet, voice: 'vi-north' }
  await old
    .insertInto('station')
    .values({ ...station, updatedAt: 1 })
    .execute()
  const writing = { createdBy: 'u', createdByName: 'Người viết', createdAt: 1 }
  const approval = { approvedVersionId: 'ver_one', approvedBy: 'u2', approvedByName: 'Lãnh đạo', approvedAt: 7 }
  await old
    .insertInto('bulletin')
    .values({ id, status: 'draft', currentVersionId: 'ver_two', ...approval, ...writing, updatedAt: 9 })
    .execute()
  for (const [versionId, number, targetsJson] of [
    ['ver_one', 1, '["01"]'],
    ['ver_two', 2, '["00004","00001"]'],
  ]) {
    const content = { title: 'Bản tin', class: 'ordinary', script: 'Xin chào.', targetsJson }
    const version = { id: versionId, bulletinId: id, number, ...content, ...writing }
    await old.insertInto('bulletinVersion').values(version).execute()
    const rendition = { versionId, bulletinId: id, step: 'queued', progress: 0, voice: 'vi-north', updatedAt: 1 }
    await old.insertInto('rendition').values(rendition).execute()
  }
  await old.insertInto('bulletinTarget').values({ bulletinId: id, areaCode: '00004' }).execute()
  await oldSchedule(old)
}

/** A daily programme with a skipped day, one that is over, and a session that a cluster has played. */
// biome-ignore lint/suspicious/noExplicitAny: tables as they were, not as they are
async function oldSchedule(old: Kysely<any>): Promise<void> {
  const cluster = { id: 'clu_old', name: 'Cụm', areaCode: '00004', technology: 'ip', credentialGeneration: 1 }
  await old
    .insertInto('cluster')
    .values({ ...cluster, enrolledAt: 1, presence: 'never', boot: 0, planHeld: 0 })
    .execute()
  const made = { createdBy: 'u', createdByName: 'Cán bộ', createdAt: 1, updatedAt: 1, maxMinutes: 15 }
  const content = { areaCode: '00004', startTime: '05:30', targetsJson: '{"areas":["00004"]}', status: 'active' }
  const rundownJson = JSON.stringify([{ kind: 'bulletin', bulletinId: id }])
  const daily = { startsOn: '2026-11-01', rrule: 'FREQ=DAILY', skipJson: '["2026-11-20","2026-11-20"]' }
  const once = { startsOn: '2026-11-02', rrule: null, skipJson: '[]' }
  for (const [name, dates] of Object.entries({ daily, once })) {
    const programme = { id: `prg_${name}`, name, ...content, ...made, ...dates, rundownJson }
    await old.insertInto('programme').values(programme).execute()
    await old.insertInto('programmeBulletin').values({ programmeId: programme.id, bulletinId: id }).execute()
  }
  // 05:30 of the 23rd in Việt Nam is still the 22nd in UTC.
  const session = { startAt: Date.UTC(2026, 10, 22, 22, 30), endAt: Date.UTC(2026, 10, 22, 22, 31), level: 'programme' }
  const aired = { programmeId: 'prg_daily', areaCode: '00004', status: 'closed', itemsJson: '[]', createdAt: 1 }
  await old
    .insertInto('broadcast')
    .values({ id: 'brd_old', ...session, ...aired, reportRevision: 1 })
    .execute()
  await old
    .insertInto('delivery')
    .values({ broadcastId: 'brd_old', clusterId: 'clu_old', state: 'played', updatedAt: 2 })
    .execute()
}

for (const dialect of dialects) {
  test(`bulletins of an older release stay on air, without dates, and show who has approved them, and stations keep the order of the installation ${dialect.name}`, async () => {
    const database = dialect.bare()
    await oldDatabase(database)
    await migrate(database)
    const { db } = database
    const bulletin = await getBulletin({ db }, { actor: OPERATOR, id })
    expect(bulletin).toMatchObject({
      status: 'draft',
      approvedVersionId: 'ver_one',
      effectiveOn: null,
      expiresOn: null,
      cites: [],
      withdrawal: null,
      may: { withdraw: true, delete: false },
    })
    expect(bulletin.versions.map(({ decisions }) => decisions)).toEqual([
      [],
      [{ kind: 'approve', byName: 'Lãnh đạo', at: '1970-01-01T00:00:00.007Z', reason: null }],
    ])
    const viewer = { ...OPERATOR, role: 'viewer' as const }
    for (const [areaCode, found] of [
      ['01', 1],
      ['00004', 1],
      ['00001', 0],
    ] as const) {
      const { items } = await listBulletins({ db }, { actor: { ...viewer, areaCodes: [areaCode] }, limit: 5 })
      expect(items).toHaveLength(found)
    }
    expect(await findStation(db, '00004')).toMatchObject({ voice: 'vi-north', engines: [] })
    await db.destroy()
  })

  test(`programmes of an older release keep their rule and skipped days, and sessions what was heard ${dialect.name}`, async () => {
    const database = dialect.bare()
    await oldDatabase(database)
    await migrate(database)
    const { db } = database
    expect(await programmeStore.findProgramme(db, ProgrammeId.parse('prg_daily'))).toMatchObject({
      startsOn: '2026-11-01',
      startTime: '05:30',
      repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
      holidays: 'as-usual',
      exceptions: [{ date: '2026-11-20', kind: 'skip' }],
      revision: 1,
      key: null,
    })
    const rows = await db.selectFrom('programme').select(['id', 'endsOn']).orderBy('id').execute()
    expect(rows).toEqual([
      { id: 'prg_daily', endsOn: null },
      { id: 'prg_once', endsOn: '2026-11-02' },
    ])
    const brd = BroadcastId.parse('brd_old')
    const session = await broadcastStore.findBroadcast(db, brd)
    expect(session).toMatchObject({ originalDate: '2026-11-23', status: 'closed', fill: 'short', dropped: [] })
    expect(await deliveryStore.tallyOf(db, brd)).toEqual({ played: 1 })
    // Rows still hang together, and a name is still taken.
    await expect(db.deleteFrom('broadcast').where('id', '=', brd).execute()).rejects.toThrow(/foreign key/i)
    const twin = session && { ...session, id: BroadcastId.parse('brd_new') }
    if (twin) expect(await broadcastStore.insertBroadcast(db, twin)).toBe(false)
    await db.destroy()
  })

  test(`stations keep the quiet hours that they have set, and leave those that nobody changed to their province ${dialect.name}`, async () => {
    const database = dialect.bare()
    const { db } = database
    const provider = { getMigrations: async () => migrationsFor(database.dialect) }
    await new Migrator({ db, provider }).migrateTo('011-calendars')
    // biome-ignore lint/suspicious/noExplicitAny: tables as they were, not as they are
    const old = db as unknown as Kysely<any>
    await old
      .insertInto('area')
      .values([
        { code: '01', name: 'Tỉnh', kind: 'province', searchName: 'tinh' },
        { code: '00004', name: 'Xã', kind: 'commune', parentCode: '01', searchName: 'xa' },
        { code: '00008', name: 'Phường', kind: 'commune', parentCode: '01', searchName: 'phuong' },
      ])
      .execute()
    const station = { timeZone: 'Asia/Ho_Chi_Minh', volumeDay: 80, volumeNight: 50, voice: 'vi-north', updatedAt: 1 }
    await old
      .insertInto('station')
      .values([
        { areaCode: '00004', name: 'Một', quietFrom: '21:00', quietTo: '05:30', ...station },
        { areaCode: '00008', name: 'Hai', quietFrom: '22:00', quietTo: '05:00', ...station },
      ])
      .execute()
    await migrate(database)
    const said = await airingRulesOf(db, ['00004', '00008'])
    expect([...said.values()]).toMatchObject([
      { scope: '00004', quietHours: { from: '21:00', to: '05:30' }, limits: {}, revision: 1 },
    ])
    expect((await listStations(db, null)).map(({ quietHours }) => quietHours.from)).toEqual(['21:00', '22:00'])
    await db.destroy()
  })
}

for (const dialect of dialects) {
  test(`sessions that ended before they were counted are counted ${dialect.name}`, async () => {
    const database = dialect.bare()
    const { db } = database
    const provider = { getMigrations: async () => migrationsFor(database.dialect) }
    const { error } = await new Migrator({ db, provider }).migrateTo('011-calendars')
    if (error) throw error
    // biome-ignore lint/suspicious/noExplicitAny: tables as they were, not as they are
    const old = db as unknown as Kysely<any>
    const area = { name: 'Xã', searchName: 'xa' }
    await old
      .insertInto('area')
      .values([
        { ...area, code: '01', kind: 'province' },
        { ...area, code: '00004', kind: 'commune', parentCode: '01' },
      ])
      .execute()
    const times = { timeZone: 'Asia/Ho_Chi_Minh', quietFrom: '22:00', quietTo: '05:00' }
    const sound = { volumeDay: 80, volumeNight: 50, voice: 'vi-north', soundProfile: 'horn' }
    await old
      .insertInto('station')
      .values({ areaCode: '00004', name: 'Đài', ...times, ...sound, updatedAt: 1 })
      .execute()
    const made = { createdBy: 'u', createdByName: 'Người viết', createdAt: 1, updatedAt: 1 }
    const series = { name: 'Sáng', startsOn: '2026-11-23', startTime: '05:30', maxMinutes: 60, status: 'active' }
    await old
      .insertInto('programme')
      .values({ id: 'prg_1', areaCode: '00004', ...series, targetsJson: '{}', rundownJson: '[]', ...made })
      .execute()
    const content = { level: 'programme', fill: 'short', droppedJson: '[]', createdAt: 1, reportRevision: 1 }
    const item = { versionId: 'ver_one', language: 'km' }
    for (const [n, status] of ['closed', 'planned', 'cancelled'].entries()) {
      const session = { id: `brd_${n}`, programmeId: 'prg_1', originalDate: `2026-11-2${n}`, areaCode: '00004', status }
      const itemsJson = JSON.stringify([item, item])
      await old
        .insertInto('broadcast')
        .values({ ...session, startAt: 1_000 + n, endAt: 61_000 + n, itemsJson, ...content })
        .execute()
    }
    const deliveries = [
      { broadcastId: 'brd_0', state: 'played', reason: null, playedMs: 60_000 },
      { broadcastId: 'brd_0', state: 'unknown', reason: 'no-journal' },
      { broadcastId: 'brd_0', state: 'missed', reason: 'cancelled-here' },
      { broadcastId: 'brd_1', state: 'armed', reason: null },
      { broadcastId: 'brd_2', state: 'missed', reason: 'cancelled-here' },
    ]
    const device = { name: 'Cụm', areaCode: '00004', technology: 'ip', credentialGeneration: 1, enrolledAt: 1 }
    for (const [n, delivery] of deliveries.entries()) {
      await old
        .insertInto('cluster')
        .values({ id: `clu_${n}`, ...device, presence: 'never', boot: 0, planHeld: 0 })
        .execute()
      await old
        .insertInto('delivery')
        .values({ clusterId: `clu_${n}`, updatedAt: 1, ...delivery })
        .execute()
    }
    await migrate(database)
    const filter = { from: 0, until: 100_000, areaCode: undefined, scope: null }
    expect(await playedInAll(db, filter)).toMatchObject({ sessions: 2, planned: 3, heard: 1, unknown: 1, open: 1 })
    expect(await db.selectFrom('airedBulletin').selectAll().execute()).toEqual([{ broadcastId: 'brd_0', ...item }])
    await db.destroy()
  })
}

for (const dialect of dialects) {
  test(`an exemption from before it had values is lifted whole, and there is a night ${dialect.name}`, async () => {
    const database = dialect.bare()
    const { db } = database
    const provider = { getMigrations: async () => migrationsFor(database.dialect) }
    const { error } = await new Migrator({ db, provider }).migrateTo('018-targets-of-versions')
    if (error) throw error
    // biome-ignore lint/suspicious/noExplicitAny: tables as they were, not as they are
    const old = db as unknown as Kysely<any>
    const sound = { volumeDay: 80, volumeNight: 50, voice: 'vi-north', soundProfile: 'horn' }
    await old.insertInto('area').values({ code: '00004', name: 'Xã', kind: 'commune', searchName: 'xa' }).execute()
    await old
      .insertInto('station')
      .values({ areaCode: '00004', name: 'Đài', timeZone: 'Asia/Ho_Chi_Minh', ...sound, updatedAt: 1 })
      .execute()
    const asked = { state: 'granted', askedBy: 'one', askedByName: 'Cán bộ', askedAt: 1, reason: 'Ngày hội.' }
    const dates = { fromDate: '2026-11-26', untilDate: '2026-11-27', kindsJson: '["minutesPerSession"]' }
    await old
      .insertInto('exemption')
      .values({ id: 'exm_old', areaCode: '00004', ...dates, ...asked })
      .execute()
    await migrate(database)
    const [exemption] = await grantedFrom(db, '00004', '2026-11-26')
    expect(exemption).toMatchObject({ kinds: ['minutesPerSession'], upTo: {} })
    const startAt = Date.parse('2026-11-26T09:00:00+07:00')
    const session = { id: 'a', startAt, endAt: startAt + 180 * 60_000, exempt: exemption ? [exemption] : [] }
    expect(breachesOf([session], { minutesPerSession: 15 }, 'Asia/Ho_Chi_Minh')).toEqual([])
    expect(await nightOf(db)).toEqual({ from: '23:00', to: '04:00' })
    await db.destroy()
  })
}
