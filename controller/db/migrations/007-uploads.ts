import { type Kysely, sql } from 'kysely'
import { type Dialect, tableMaker } from '../table-maker.ts'

export const up =
  (dialect: Dialect) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const { table, int, real } = tableMaker(db, dialect)

    await table('upload')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('purpose', 'text', (c) => c.notNull())
      .addColumn('areaCode', 'text', (c) => c.references('area.code'))
      .addColumn('bulletinId', 'text', (c) => c.references('bulletin.id'))
      .addColumn('language', 'text')
      .addColumn('fileName', 'text', (c) => c.notNull())
      .addColumn('licenceNote', 'text')
      .addColumn('announcedBytes', int, (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('progress', real, (c) => c.notNull())
      .addColumn('findingsJson', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.references('audioAsset.sha256'))
      .addColumn('broughtBy', 'text', (c) => c.notNull())
      .addColumn('broughtByName', 'text', (c) => c.notNull())
      .addColumn('createdAt', int, (c) => c.notNull())
      .addColumn('updatedAt', int, (c) => c.notNull())
      .execute()
    await db.schema.createIndex('uploadByState').on('upload').columns(['state', 'createdAt']).execute()
    await db.schema.createIndex('uploadByArea').on('upload').columns(['areaCode', 'createdAt']).execute()
    await db.schema.createIndex('uploadByAudio').on('upload').columns(['sha256']).execute()

    await table('recording')
      .addColumn('versionId', 'text', (c) => c.notNull().references('bulletinVersion.id'))
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('uploadId', 'text', (c) => c.notNull().references('upload.id'))
      .addColumn('recordedFor', int, (c) => c.notNull())
      .addPrimaryKeyConstraint('recordingPk', ['versionId', 'language'])
      .execute()
    await db.schema.createIndex('recordingByUpload').on('recording').columns(['uploadId']).execute()

    await db.schema
      .alterTable('audioAsset')
      .addColumn('origin', 'text', (c) => c.notNull().defaultTo('production'))
      .execute()
    await db.schema.alterTable('audioAsset').addColumn('unusedSince', int).execute()
    await db.schema.createIndex('audioAssetByDisuse').on('audioAsset').columns(['unusedSince']).execute()
    await db.schema.createIndex('encodingByAudio').on('audioEncoding').columns(['sha256']).execute()
    await db.schema.createIndex('renditionByAudio').on('rendition').columns(['sha256']).execute()

    for (const chime of ['opening', 'closing']) {
      await db.schema
        .alterTable('station')
        .addColumn(chime, 'text', (c) => c.notNull().defaultTo('built-in'))
        .execute()
    }
    for (const choice of ['openingUploadId', 'closingUploadId', 'bedUploadId']) {
      await db.schema
        .alterTable('station')
        .addColumn(choice, 'text', (c) => c.references('upload.id'))
        .execute()
    }

    await table('broadcastAudio')
      .addColumn('broadcastId', 'text', (c) => c.notNull().references('broadcast.id'))
      .addColumn('sha256', 'text', (c) => c.notNull().references('audioAsset.sha256'))
      .addPrimaryKeyConstraint('broadcastAudioPk', ['broadcastId', 'sha256'])
      .execute()
    await db.schema.createIndex('broadcastAudioByHash').on('broadcastAudio').columns(['sha256']).execute()
    await nameAudioOfBroadcasts(db)
  }

/** What sessions already say is written where it can be asked for by its hash. */
async function nameAudioOfBroadcasts(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ id: string; itemsJson: string }>`
    select ${sql.ref('id')}, ${sql.ref('itemsJson')} from ${sql.table('broadcast')}`.execute(db)
  for (const { id, itemsJson } of rows) {
    const items: { sha256: string }[] = JSON.parse(itemsJson)
    for (const sha256 of new Set(items.map((item) => item.sha256))) {
      await sql`
        insert into ${sql.table('broadcastAudio')} (${sql.ref('broadcastId')}, ${sql.ref('sha256')})
        select ${id}, ${sql.ref('sha256')} from ${sql.table('audioAsset')}
        where ${sql.ref('sha256')} = ${sha256}`.execute(db)
    }
  }
}
