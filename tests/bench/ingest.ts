import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Kysely } from 'kysely'
import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import type { JournalBatch, JournalEntry } from '#protocol/messages.ts'
import { seedAreas } from '../../controller/areas/seed.ts'
import { ensureStation } from '../../controller/areas/stations.ts'
import { insertDeliveries } from '../../controller/broadcasts/deliveries.store.ts'
import { createBus } from '../../controller/bus.ts'
import { systemClock as clock } from '../../controller/clock.ts'
import { JournalRecorder } from '../../controller/clusters/journal-recorder.ts'
import { migrate, openDatabase } from '../../controller/db/open.ts'
import type { Tables } from '../../controller/db/schema.ts'
import { randomId } from '../../controller/ids.ts'
import { createLogger } from '../../controller/logger.ts'

const CLUSTERS = 2_000
const BROADCASTS = 5
const ENTRIES_PER_PLAY = 3
const AREA = '00004'

export interface IngestFigures {
  readonly entries: number
  /** Stored, entered in the ledger and acknowledged. */
  readonly entriesPerSecond: number
  readonly rawSqliteEntriesPerSecond: number
  readonly ratio: number
  /** Deliveries that the ledger says were played; must be all. */
  readonly played: number
}

interface Sent {
  readonly clusterId: ClusterId
  readonly batch: JournalBatch
}

/**
 * Journals of 2,000 clusters that have each played five broadcasts, through the recorder into the ledger; against the
 * same rows written by bare better-sqlite3 with the same durability, in transactions of the same size.
 */
export async function ingestBench(): Promise<IngestFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-bench-'))
  try {
    const sent = journals()
    const entries = sent.length * ENTRIES_PER_PLAY
    const ours = await recorderSeconds(join(folder, 'ours.db'), sent)
    const raw = rawSeconds(join(folder, 'raw.db'), sent)
    return {
      entries,
      entriesPerSecond: Math.round(entries / ours.seconds),
      rawSqliteEntriesPerSecond: Math.round(entries / raw),
      ratio: ours.seconds / raw,
      played: ours.played,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const clusterId = (n: number): ClusterId => `clu_${n}`
const broadcastId = (n: number): BroadcastId => `brd_${n}`
/** All of them are over. */
const startOf = (n: number): number => 1_700_000_000_000 + n * 3_600_000

/** Interleaved as they arrive: all clusters after the first broadcast, then all after the second. */
function journals(): Sent[] {
  const sent: Sent[] = []
  for (let b = 0; b < BROADCASTS; b++) {
    for (let c = 0; c < CLUSTERS; c++) {
      const at = startOf(b)
      const of = (seq: number, entry: Partial<JournalEntry> & Pick<JournalEntry, 'kind'>): JournalEntry => ({
        seq: b * ENTRIES_PER_PLAY + seq,
        bootId: 'boot1',
        at: at + seq,
        occurrenceId: broadcastId(b),
        ...entry,
      })
      const entries = [
        of(1, { kind: 'armed' }),
        of(2, { kind: 'started', offsetMs: 3 }),
        of(3, { kind: 'finished', ms: 60_000, audible: true }),
      ]
      sent.push({ clusterId: clusterId(c), batch: { logId: `log${String(c).padStart(8, '0')}`, entries } })
    }
  }
  return sent
}

async function recorderSeconds(file: string, sent: readonly Sent[]): Promise<{ seconds: number; played: number }> {
  const database = openDatabase({ kind: 'sqlite', file })
  await migrate(database)
  await seedAreas(database.db)
  await prepare(database.db)
  const log = createLogger('error')
  let acknowledged = 0
  const recorder = new JournalRecorder({
    db: database.db,
    bus: createBus(log),
    clock,
    newId: randomId,
    log,
    source: null,
    devices: {
      publish: async () => {
        acknowledged += 1
      },
    },
  })
  const WAVE = 4_000
  const startedAt = performance.now()
  for (let i = 0; i < sent.length; i += WAVE) {
    for (const { clusterId: id, batch } of sent.slice(i, i + WAVE)) recorder.record(id, batch)
    await recorder.settled()
  }
  const seconds = (performance.now() - startedAt) / 1_000
  if (acknowledged === 0) throw new Error('nothing was acknowledged')
  const { n } = await database.db
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'played')
    .executeTakeFirstOrThrow()
  await database.db.destroy()
  return { seconds, played: Number(n) }
}

/** Clusters, and broadcasts of one minute that they were to play. */
async function prepare(db: Kysely<Tables>): Promise<void> {
  const now = clock.now()
  await ensureStation(db, AREA, now)
  for (let c = 0; c < CLUSTERS; c++) {
    await db
      .insertInto('cluster')
      .values({
        id: clusterId(c),
        name: `${c}`,
        areaCode: AREA,
        technology: 'ip',
        latitude: null,
        longitude: null,
        credentialGeneration: 1,
        enrolledAt: now,
        presence: 'online',
        boot: 1,
        lastSeenAt: now,
        planHeld: 1,
        statusJson: null,
      })
      .execute()
  }
  await db
    .insertInto('programme')
    .values({
      id: 'prg_1',
      areaCode: AREA,
      name: 'bench',
      startsOn: '2026-01-01',
      startTime: '05:30',
      calendarJson: '{}',
      endsOn: null,
      key: null,
      revision: 1,
      maxMinutes: 60,
      targetsJson: JSON.stringify({ areas: [AREA] }),
      rundownJson: '[]',
      status: 'active',
      createdBy: '',
      createdByName: '',
      createdAt: now,
      updatedAt: now,
    })
    .execute()
  const ids = Array.from({ length: CLUSTERS }, (_, c) => clusterId(c))
  for (let b = 0; b < BROADCASTS; b++) {
    const item = {
      bulletinId: 'bul_1',
      versionId: 'ver_1',
      versionNumber: 1,
      title: 'bench',
      sha256: '0'.repeat(64),
      bytes: 1,
      codec: 'mp3',
      ms: 60_000,
    }
    await db
      .insertInto('broadcast')
      .values({
        id: broadcastId(b),
        programmeId: 'prg_1',
        originalDate: `2026-${String(b)}`,
        areaCode: AREA,
        startAt: startOf(b),
        endAt: startOf(b) + 60_000,
        level: 'programme',
        status: 'planned',
        itemsJson: JSON.stringify([item]),
        fill: 'short',
        droppedJson: '[]',
        cancelledBy: null,
        cancelledByName: null,
        cancelledAt: null,
        createdAt: now,
        revision: 1,
        changedAt: now,
        closedAt: null,
        reportRevision: 0,
      })
      .execute()
    for (let i = 0; i < ids.length; i += 500) await insertDeliveries(db, broadcastId(b), ids.slice(i, i + 500), now)
  }
}

function rawSeconds(file: string, sent: readonly Sent[]): number {
  const db = new Sqlite(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(
    'create table entry (clusterId text, logId text, seq integer, at integer, entry text, primary key (clusterId, logId, seq)) strict',
  )
  const insert = db.prepare('insert into entry values (?, ?, ?, ?, ?)')
  const BATCHES = 500
  const write = db.transaction((together: readonly Sent[]) => {
    for (const { clusterId: id, batch } of together) {
      for (const entry of batch.entries) insert.run(id, batch.logId, entry.seq, entry.at, JSON.stringify(entry))
    }
  })
  const startedAt = performance.now()
  for (let i = 0; i < sent.length; i += BATCHES) write(sent.slice(i, i + BATCHES))
  const seconds = (performance.now() - startedAt) / 1_000
  db.close()
  return seconds
}
