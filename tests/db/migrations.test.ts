import { type Kysely, Migrator } from 'kysely'
import { expect, test } from 'vitest'
import { BulletinId } from '#protocol/ids.ts'
import { OPERATOR } from '../../controller/accounts/actor.ts'
import { findStation } from '../../controller/areas/stations.store.ts'
import { getBulletin, listBulletins } from '../../controller/bulletins/get.ts'
import { migrationsFor } from '../../controller/db/migrations/index.ts'
import { type Database, migrate } from '../../controller/db/open.ts'
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
  for (const [versionId, number] of [
    ['ver_one', 1],
    ['ver_two', 2],
  ]) {
    const content = { title: 'Bản tin', class: 'ordinary', script: 'Xin chào.', targetsJson: '["01"]' }
    const version = { id: versionId, bulletinId: id, number, ...content, ...writing }
    await old.insertInto('bulletinVersion').values(version).execute()
    const rendition = { versionId, bulletinId: id, step: 'queued', progress: 0, voice: 'vi-north', updatedAt: 1 }
    await old.insertInto('rendition').values(rendition).execute()
  }
  await old.insertInto('bulletinTarget').values({ bulletinId: id, areaCode: '01' }).execute()
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
    expect((await listBulletins({ db }, { actor: OPERATOR, limit: 5 })).items).toHaveLength(1)
    expect(await findStation(db, '00004')).toMatchObject({ voice: 'vi-north', engines: [] })
    await db.destroy()
  })
}
