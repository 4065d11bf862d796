import { describe, expect, test } from 'vitest'
import type { ClusterStatus, JournalEntry } from '#protocol/messages.ts'
import * as clusterStore from '../../controller/clusters/clusters.store.ts'
import * as journalStore from '../../controller/clusters/journal.store.ts'
import { insertCluster, newIds, PLACES } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

const status: ClusterStatus = {
  at: 5_000,
  planVersion: 7,
  upcoming: [],
  clock: { offsetMs: 1.5, synchronised: true },
  volume: 80,
  firmware: 'test 1',
}
const entry = (seq: number, set: Partial<JournalEntry> = {}): JournalEntry => ({
  seq,
  bootId: 'boot-1',
  kind: 'armed',
  at: 1_000 + seq,
  ...set,
})

export const describeClusterStores = (database: Stores) =>
  describe('clusters and journals', () => {
    test('the will of a session that has died cannot mark its successor offline', async () => {
      const { db } = database()
      const id = await insertCluster(db)
      const say = (state: 'online' | 'offline', boot: number, at: number) =>
        clusterStore.recordPresence(db, id, { state, boot, at })
      expect(await say('online', 1, 10)).toBe(true)
      expect(await say('online', 1, 20)).toBe(false)
      expect(await say('online', 2, 30)).toBe(true)
      expect(await say('offline', 1, 40)).toBe(false)
      expect(await clusterStore.findCluster(db, id)).toMatchObject({ presence: 'online', boot: 2, lastSeenAt: 30 })
      expect(await say('offline', 2, 50)).toBe(true)
      expect(await say('online', 2, 60)).toBe(true)
      expect((await clusterStore.findCluster(db, id))?.presence).toBe('online')
    })

    test('a cluster that has long been silent counts as offline until it is heard again', async () => {
      const { db } = database()
      const id = await insertCluster(db)
      await clusterStore.recordPresence(db, id, { state: 'online', boot: 1, at: 100 })
      expect(await clusterStore.markSilent(db, 100)).not.toContain(id)
      expect(await clusterStore.markSilent(db, 101)).toContain(id)
      expect(await clusterStore.markSilent(db, 101)).not.toContain(id)
      const presence = async () => (await clusterStore.findCluster(db, id))?.presence
      expect(await presence()).toBe('offline')
      await clusterStore.recordStatus(db, id, status, { at: 500, silentSince: 101 })
      expect(await presence()).toBe('online')
      await clusterStore.recordPresence(db, id, { state: 'offline', boot: 1, at: 600 })
      await clusterStore.recordStatus(db, id, status, { at: 601, silentSince: 300 })
      expect(await presence()).toBe('offline')
    })

    test('a status is kept with the plan version that the cluster holds', async () => {
      const { db } = database()
      const id = await insertCluster(db)
      await clusterStore.recordStatus(db, id, status, { at: 6_000, silentSince: 1_000 })
      const row = await clusterStore.findCluster(db, id)
      expect(row).toMatchObject({ planHeld: 7, lastSeenAt: 6_000, areaName: 'Xa mot', parentCode: PLACES.province })
      expect(JSON.parse(row?.statusJson ?? '')).toEqual(status)
    })

    test('a broker learns of a cluster its password generation, its commune and its province', async () => {
      const { db } = database()
      const id = await insertCluster(db)
      const access = { clusterId: id, generation: 1, areaCodes: [PLACES.commune, PLACES.province] }
      expect(await clusterStore.findAccess(db, id)).toEqual(access)
      expect(await clusterStore.findAccess(db, 'clu_nobody')).toBeNull()
      expect(await clusterStore.allAccess(db)).toContainEqual(access)
    })

    test('lists are limited by area and scope and page by enrolment', async () => {
      const { db } = database()
      const ids = []
      for (const at of [8_001, 8_002, 8_002]) ids.push(await insertCluster(db, PLACES.elsewhere, at))
      const list = async (filter: Partial<Parameters<typeof clusterStore.listClusters>[1]>) =>
        (
          await clusterStore.listClusters(db, { areaCode: undefined, scope: null, after: null, limit: 50, ...filter })
        ).map((row) => row.id)
      expect(await list({ areaCode: PLACES.elsewhere })).toEqual(ids)
      expect(await list({ areaCode: PLACES.otherProvince })).toEqual(ids)
      expect(await list({ scope: [PLACES.otherProvince] })).toEqual(ids)
      expect(await list({ areaCode: PLACES.elsewhere, scope: [PLACES.province] })).toEqual([])
      expect(await list({ scope: [] })).toEqual([])
      const after = { at: 8_002, id: ids[1] ?? '' }
      expect(await list({ areaCode: PLACES.elsewhere, after })).toEqual([ids[2]])
    })

    test('a journal entry that comes twice is kept as it was first told', async () => {
      const { db } = database()
      const clusterId = await insertCluster(db)
      const occurrenceId = newIds.broadcast()
      const told = (one: JournalEntry) => ({ clusterId, logId: 'log00001', entry: one })
      const first = entry(1, { occurrenceId, kind: 'finished', ms: 60_000, offsetMs: -0.5, audible: true })
      await journalStore.insertEntries(db, [told(first), told(first), told(entry(2))], 9)
      await journalStore.insertEntries(db, [told({ ...first, ms: 1 }), told(entry(3))], 10)
      const silent = await insertCluster(db)
      expect(await journalStore.entriesOf(db, occurrenceId, [clusterId, silent])).toEqual(
        new Map([[clusterId, [first]]]),
      )
      const another = newIds.broadcast()
      await journalStore.insertEntries(db, [told(entry(4, { occurrenceId: another }))], 11)
      expect(await journalStore.entriesOn(db, clusterId, [occurrenceId, another])).toEqual(
        new Map([
          [occurrenceId, [first]],
          [another, [entry(4, { occurrenceId: another })]],
        ]),
      )
      expect(await journalStore.entriesOn(db, silent, [occurrenceId])).toEqual(new Map())
      expect((await journalStore.latestEntries(db, clusterId, 2)).map((one) => one.seq)).toEqual([4, 3])
    })

    test('more entries than one statement can carry are stored whole', async () => {
      const { db } = database()
      const clusterId = await insertCluster(db)
      const entries = Array.from({ length: 1_001 }, (_, i) => ({ clusterId, logId: 'log00001', entry: entry(i + 1) }))
      await journalStore.insertEntries(db, entries, 9)
      const logs = ['log00002', 'log00001'].map((logId) => ({ clusterId, logId }))
      const [empty, full] = await journalStore.progressOf(db, logs)
      expect(empty).toEqual({ clusterId, logId: 'log00002', acked: 0, seqs: [] })
      expect(full?.seqs).toEqual(entries.map((one) => one.entry.seq))
    })

    test('each log of a cluster has its own acknowledged number', async () => {
      const { db } = database()
      const clusterId = await insertCluster(db)
      const log = { clusterId, logId: 'log00001' }
      const other = { clusterId, logId: 'log00002' }
      const told = (seq: number) => ({ ...log, entry: entry(seq) })
      await journalStore.insertEntries(db, [told(3), told(2), told(10_001)], 9)
      expect(await journalStore.progressOf(db, [log])).toEqual([{ ...log, acked: 0, seqs: [2, 3] }])
      await journalStore.saveAcked(db, [{ ...log, seq: 2 }])
      await journalStore.saveAcked(db, [
        { ...log, seq: 1 },
        { ...other, seq: 7 },
      ])
      expect(await journalStore.progressOf(db, [other, log])).toEqual([
        { ...other, acked: 7, seqs: [] },
        { ...log, acked: 2, seqs: [3, 10_001] },
      ])
      expect(await journalStore.knownClusters(db, [clusterId, newIds.cluster()])).toEqual(new Set([clusterId]))
    })
  })
