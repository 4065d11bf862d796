import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import { JournalEntry } from '#protocol/messages.ts'
import type { Db } from '../db/open.ts'

export interface ReceivedEntry {
  readonly clusterId: ClusterId
  readonly logId: string
  readonly entry: JournalEntry
}

/** Rows an insert statement may carry before SQLite's limit on variables. */
const BATCH = 400

/** Stores entries; one that is stored already stays as it was first told. */
export async function insertEntries(db: Db, received: readonly ReceivedEntry[], at: number): Promise<void> {
  for (let i = 0; i < received.length; i += BATCH) {
    await db
      .insertInto('journalEntry')
      .values(
        received.slice(i, i + BATCH).map(({ clusterId, logId, entry }) => ({
          clusterId,
          logId,
          seq: entry.seq,
          kind: entry.kind,
          at: entry.at,
          occurrenceId: entry.occurrenceId ?? null,
          entryJson: JSON.stringify(entry),
          receivedAt: at,
        })),
      )
      .onConflict((oc) => oc.columns(['clusterId', 'logId', 'seq']).doNothing())
      .execute()
  }
}

export async function ackedSeq(db: Db, clusterId: ClusterId, logId: string): Promise<number> {
  const row = await db
    .selectFrom('journalLog')
    .select('ackedSeq')
    .where('clusterId', '=', clusterId)
    .where('logId', '=', logId)
    .executeTakeFirst()
  return row?.ackedSeq ?? 0
}

export async function seqsAfter(db: Db, clusterId: ClusterId, logId: string, seq: number): Promise<number[]> {
  const rows = await db
    .selectFrom('journalEntry')
    .select('seq')
    .where('clusterId', '=', clusterId)
    .where('logId', '=', logId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(10_000)
    .execute()
  return rows.map((row) => row.seq)
}

export async function saveAckedSeq(db: Db, clusterId: ClusterId, logId: string, seq: number): Promise<void> {
  await db
    .insertInto('journalLog')
    .values({ clusterId, logId, ackedSeq: seq })
    .onConflict((oc) => oc.columns(['clusterId', 'logId']).doUpdateSet({ ackedSeq: seq }))
    .execute()
}

const parseEntry = (row: { entryJson: string }): JournalEntry => JournalEntry.parse(JSON.parse(row.entryJson))

/** All that one cluster has said of one broadcast, in the order in which it happened there. */
export async function entriesOf(db: Db, broadcastId: BroadcastId, clusterId: ClusterId): Promise<JournalEntry[]> {
  const rows = await db
    .selectFrom('journalEntry')
    .select('entryJson')
    .where('occurrenceId', '=', broadcastId)
    .where('clusterId', '=', clusterId)
    .orderBy('at')
    .orderBy('seq')
    .execute()
  return rows.map(parseEntry)
}

/** The newest entries of a cluster, latest first. */
export async function latestEntries(db: Db, clusterId: ClusterId, limit: number): Promise<JournalEntry[]> {
  const rows = await db
    .selectFrom('journalEntry')
    .select('entryJson')
    .where('clusterId', '=', clusterId)
    .orderBy('receivedAt', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(parseEntry)
}

export async function knownClusters(db: Db, ids: readonly ClusterId[]): Promise<Set<ClusterId>> {
  const rows = await db
    .selectFrom('cluster')
    .select('id')
    .where('id', 'in', [...ids])
    .execute()
  return new Set(rows.map((row) => row.id))
}
