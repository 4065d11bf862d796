import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import { JournalEntry } from '#protocol/messages.ts'
import type { Db } from '../db/open.ts'
import { groupBy } from '../group-by.ts'

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

/** One run of sequence numbers of a cluster. */
export interface JournalLog {
  readonly clusterId: ClusterId
  readonly logId: string
}

/** How far beyond the acknowledged number stored ones are looked at: a gap must not make everything behind it be read. */
const LOOK_AHEAD = 10_000

/** Where these logs stand: what was acknowledged, and the numbers beyond it that are stored, ascending. */
export async function progressOf(
  db: Db,
  logs: readonly JournalLog[],
): Promise<(JournalLog & { readonly acked: number; readonly seqs: readonly number[] })[]> {
  await saveAcked(
    db,
    logs.map((log) => ({ ...log, seq: 0 })),
  )
  const rows = await db
    .selectFrom('journalLog')
    .leftJoin('journalEntry', (join) =>
      join
        .onRef('journalEntry.clusterId', '=', 'journalLog.clusterId')
        .onRef('journalEntry.logId', '=', 'journalLog.logId')
        .onRef('journalEntry.seq', '>', 'journalLog.ackedSeq')
        .on((eb) => eb('journalEntry.seq', '<=', eb('journalLog.ackedSeq', '+', LOOK_AHEAD))),
    )
    .select(['journalLog.clusterId', 'journalLog.logId', 'journalLog.ackedSeq', 'journalEntry.seq'])
    .where('journalLog.clusterId', 'in', [...new Set(logs.map(({ clusterId }) => clusterId))])
    .orderBy('journalLog.clusterId')
    .orderBy('journalLog.logId')
    .orderBy('journalEntry.seq')
    .execute()
  const byLog = groupBy(rows, logKey)
  return logs.map((log) => {
    const own = byLog.get(logKey(log)) ?? []
    return { ...log, acked: own[0]?.ackedSeq ?? 0, seqs: own.flatMap(({ seq }) => seq ?? []) }
  })
}

const logKey = ({ clusterId, logId }: JournalLog): string => `${clusterId}/${logId}`

/** Notes up to where everything is stored; numbers never go back. */
export async function saveAcked(db: Db, acks: readonly (JournalLog & { readonly seq: number })[]): Promise<void> {
  for (let i = 0; i < acks.length; i += BATCH)
    await db
      .insertInto('journalLog')
      .values(acks.slice(i, i + BATCH).map(({ clusterId, logId, seq }) => ({ clusterId, logId, ackedSeq: seq })))
      .onConflict((oc) =>
        oc
          .columns(['clusterId', 'logId'])
          .doUpdateSet((eb) => ({ ackedSeq: eb.ref('excluded.ackedSeq') }))
          .where((eb) => eb('journalLog.ackedSeq', '<', eb.ref('excluded.ackedSeq'))),
      )
      .execute()
}

const parseEntry = (row: { entryJson: string }): JournalEntry => JournalEntry.parse(JSON.parse(row.entryJson))

/** All that these clusters have said of one broadcast, in the order in which it happened there. */
export async function entriesOf(
  db: Db,
  broadcastId: BroadcastId,
  clusterIds: readonly ClusterId[],
): Promise<Map<ClusterId, JournalEntry[]>> {
  const rows = await db
    .selectFrom('journalEntry')
    .select(['clusterId', 'entryJson'])
    .where('occurrenceId', '=', broadcastId)
    .where('clusterId', 'in', [...clusterIds])
    .orderBy('at')
    .orderBy('seq')
    .execute()
  const byCluster = groupBy(rows, ({ clusterId }) => clusterId)
  return new Map([...byCluster].map(([clusterId, own]) => [clusterId, own.map(parseEntry)]))
}

/** All that a cluster has said of each of these broadcasts, in the order in which it happened there. */
export async function entriesOn(
  db: Db,
  clusterId: ClusterId,
  broadcastIds: readonly BroadcastId[],
): Promise<Map<BroadcastId, JournalEntry[]>> {
  if (broadcastIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('journalEntry')
    .select(['occurrenceId', 'entryJson'])
    .where('clusterId', '=', clusterId)
    .where('occurrenceId', 'in', [...broadcastIds])
    .orderBy('at')
    .orderBy('seq')
    .execute()
  const byBroadcast = new Map<BroadcastId, JournalEntry[]>()
  for (const { occurrenceId, ...row } of rows)
    if (occurrenceId !== null)
      byBroadcast.set(occurrenceId, [...(byBroadcast.get(occurrenceId) ?? []), parseEntry(row)])
  return byBroadcast
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
