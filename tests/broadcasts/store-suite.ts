import { describe, expect, test } from 'vitest'
import type { ClusterId } from '#protocol/ids.ts'
import * as areaStore from '../../controller/areas/areas.store.ts'
import * as stationStore from '../../controller/areas/stations.store.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import * as assetStore from '../../controller/audio/assets.store.ts'
import * as listStore from '../../controller/broadcasts/broadcast-lists.store.ts'
import * as broadcastStore from '../../controller/broadcasts/broadcasts.store.ts'
import * as deliveryStore from '../../controller/broadcasts/deliveries.store.ts'
import * as planStore from '../../controller/broadcasts/plans.store.ts'
import type { DeliveryOutcome } from '../../controller/broadcasts/reconcile.ts'
import * as bulletinStore from '../../controller/bulletins/bulletins.store.ts'
import * as renditionStore from '../../controller/bulletins/renditions.store.ts'
import * as jobStore from '../../controller/jobs/jobs.store.ts'
import * as programmeStore from '../../controller/programmes/programmes.store.ts'
import type { AiringItem } from '../../controller/programmes/session/airing-item.ts'
import { readyBulletins } from '../../controller/programmes/session/ready-bulletins.store.ts'
import {
  audioOf,
  broadcastOf,
  insertBroadcast,
  insertBulletin,
  insertCluster,
  insertProgramme,
  insertVersion,
  newIds,
  PLACES,
} from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

const heard = {
  state: 'played' as const,
  reason: null,
  startedAt: 10_020,
  startErrorMs: 19.5,
  playedMs: 60_000,
  audible: true,
}

export const describeBroadcastStores = (database: Stores) =>
  describe('broadcasts, deliveries and plans', () => {
    test('a session of a programme exists once, however often it is planned', async () => {
      const { db } = database()
      const programme = await insertProgramme(db)
      const first = broadcastOf(programme)
      expect(await broadcastStore.insertBroadcast(db, first)).toBe(true)
      expect(await broadcastStore.insertBroadcast(db, broadcastOf(programme))).toBe(false)
      expect(
        await broadcastStore.insertBroadcast(
          db,
          broadcastOf(programme, { originalDate: '2026-11-24', startAt: 10_001 }),
        ),
      ).toBe(true)
      expect(await broadcastStore.findBroadcast(db, first.id)).toEqual(first)
      expect(await listStore.nextStartOf(db, programme.id, 10_000)).toBe(10_001)
      expect(await listStore.nextStartOf(db, programme.id, 10_001)).toBeNull()
    })

    test('only a planned session that has not begun can be cancelled, and the planner can revive it', async () => {
      const { db } = database()
      const { id } = await insertBroadcast(db)
      const planner = (at: number) => ({ by: 'planner' as const, byName: null, at })
      expect(await broadcastStore.cancelPlanned(db, id, planner(10_000))).toBe(false)
      expect(await broadcastStore.cancelPlanned(db, id, planner(9_999))).toBe(true)
      expect(await broadcastStore.cancelPlanned(db, id, { ...planner(9_999), by: 'person' })).toBe(false)
      const item: AiringItem = {
        kind: 'bulletin',
        bulletinId: newIds.bulletin(),
        versionId: newIds.version(),
        versionNumber: 2,
        language: 'vi',
        title: 'Bản tin',
        sha256: audioOf('revived').sha256,
        bytes: 10,
        codec: 'mp3',
        ms: 5_000,
      }
      const set: broadcastStore.SessionContent = {
        items: [item],
        startAt: 10_000,
        endAt: 15_000,
        level: 'priority-commune',
        fill: 'over',
        dropped: [{ bulletinId: item.bulletinId, title: 'Không đủ chỗ', ms: 9 }],
      }
      // Audio that is gone cannot be planned.
      await expect(broadcastStore.replaceSession(db, id, set, 1)).rejects.toThrow(/foreign key/i)
      await assetStore.keepAsset(db, audioOf('revived'), { origin: 'production', at: 1 })
      await broadcastStore.replaceSession(db, id, set, 1)
      expect(await broadcastStore.findBroadcast(db, id)).toMatchObject({
        status: 'planned',
        cancelledBy: null,
        items: [item],
        endAt: 15_000,
        level: 'priority-commune',
      })
    })

    test('a session closes once, and counts the revisions of its report', async () => {
      const { db } = database()
      const { id } = await insertBroadcast(db)
      expect((await broadcastStore.overdue(db, 70_001)).map((row) => row.id)).toContain(id)
      expect((await broadcastStore.overdue(db, 70_000)).map((row) => row.id)).not.toContain(id)
      expect(await broadcastStore.closePlanned(db, id, 80_000)).toBe(true)
      expect(await broadcastStore.closePlanned(db, id, 90_000)).toBe(false)
      expect((await broadcastStore.findBroadcast(db, id))?.closedAt).toBe(80_000)
      expect([await broadcastStore.nextRevision(db, id), await broadcastStore.nextRevision(db, id)]).toEqual([1, 2])
      expect((await broadcastStore.overdue(db, 99_000)).map((row) => row.id)).not.toContain(id)
    })

    test('withdrawn deliveries leave the plan, come back when reinstated, and what was heard stays', async () => {
      const { db } = database()
      const clusters = [await insertCluster(db), await insertCluster(db), await insertCluster(db)]
      const [kept, withdrawn, played] = clusters as [(typeof clusters)[0], (typeof clusters)[0], (typeof clusters)[0]]
      const { id } = await insertBroadcast(db)
      await deliveryStore.insertDeliveries(db, id, [], 1)
      await deliveryStore.insertDeliveries(db, id, clusters, 1)
      await deliveryStore.insertDeliveries(db, id, clusters, 2)
      await deliveryStore.saveOutcomes(db, id, new Map([[played, heard]]), 3)
      await deliveryStore.withdraw(db, id, 4, [withdrawn, played])
      const outcomes = await deliveryStore.outcomesOf(db, id, [withdrawn, played, newIds.cluster()])
      expect(outcomes.get(withdrawn)).toMatchObject({ state: 'missed', reason: 'cancelled-here' })
      expect(outcomes.get(played)).toEqual(heard)
      expect(outcomes.size).toBe(2)
      const planned = async (clusterId: typeof kept) =>
        (await listStore.upcomingOf(db, clusterId, 69_999)).map((broadcast) => broadcast.id)
      expect([await planned(kept), await planned(withdrawn)]).toEqual([[id], []])
      expect(await listStore.upcomingOf(db, kept, 70_000)).toEqual([])
      expect(await deliveryStore.tallyOf(db, id)).toEqual({ planned: 1, missed: 1, played: 1 })
      expect(await deliveryStore.openDeliveries(db, id)).toEqual([kept])
      await deliveryStore.reinstate(db, id, [], 5)
      await deliveryStore.reinstate(db, id, clusters, 5)
      expect(await planned(withdrawn)).toEqual([id])
      await deliveryStore.withdraw(db, id, 6)
      expect(await deliveryStore.tallyOf(db, id)).toEqual({ missed: 2, played: 1 })
    })

    test('the ledger comes back with numbers, instants and proof of sound as they were', async () => {
      const { db } = database()
      const first = await insertCluster(db, PLACES.commune, 1)
      const second = await insertCluster(db, PLACES.commune, 2)
      const { id } = await insertBroadcast(db)
      await deliveryStore.insertDeliveries(db, id, [second, first], 1)
      const inaudible = { ...heard, audible: false, state: 'missed' as const, reason: 'inaudible' as const }
      const outcomes = new Map<ClusterId, DeliveryOutcome>([
        [first, heard],
        [second, inaudible],
      ])
      await deliveryStore.saveOutcomes(db, id, outcomes, 3)
      expect(await deliveryStore.listDeliveries(db, id)).toEqual([
        {
          clusterId: first,
          clusterName: `Cụm ${first}`,
          state: 'played',
          reason: null,
          startedAt: '1970-01-01T00:00:10.020Z',
          startErrorMs: 19.5,
          playedMs: 60_000,
          audible: true,
        },
        expect.objectContaining({ clusterId: second, state: 'missed', reason: 'inaudible', audible: false }),
      ])
    })

    test('lists find sessions by time, area, bulletin and scope, and page by start', async () => {
      const { db } = database()
      const { id: bulletinId } = await insertBulletin(db)
      const programme = await insertProgramme(db, {
        areaCode: PLACES.elsewhere,
        rundown: [{ kind: 'bulletin', bulletinId }],
      })
      const ids = []
      for (const startAt of [1_000_000, 2_000_000, 3_000_000]) {
        const broadcast = broadcastOf(programme, {
          originalDate: `2026-11-2${ids.length}`,
          startAt,
          endAt: startAt + 1,
        })
        await broadcastStore.insertBroadcast(db, broadcast)
        ids.push(broadcast.id)
      }
      const list = async (filter: Partial<Parameters<typeof listStore.listBroadcasts>[1]>) =>
        (
          await listStore.listBroadcasts(db, {
            from: null,
            to: null,
            areaCode: undefined,
            bulletinId,
            scope: null,
            after: null,
            limit: 10,
            ...filter,
          })
        ).map((broadcast) => broadcast.id)
      expect(await list({})).toEqual(ids)
      expect(await list({ from: 2_000_000, to: 3_000_000 })).toEqual([ids[1]])
      expect(await list({ after: { at: 1_000_000, id: ids[0] ?? '' }, limit: 1 })).toEqual([ids[1]])
      expect(await list({ scope: [PLACES.otherProvince] })).toEqual(ids)
      expect(await list({ scope: [PLACES.province] })).toEqual([])
      expect(await list({ scope: [] })).toEqual([])
      expect(await list({ areaCode: PLACES.commune })).toEqual([])
    })

    test('a plan replaces exactly the version that its maker has read', async () => {
      const { db } = database()
      const clusterId = await insertCluster(db)
      const plan = (version: number) => ({
        clusterId,
        version,
        contentHash: `h${version}`,
        jws: `j${version}`,
        validUntil: 9,
      })
      const other = { ...plan(1), clusterId: await insertCluster(db) }
      expect(await planStore.savePlans(db, [plan(1)])).toBe(1)
      expect(await planStore.savePlans(db, [plan(1), other])).toBe(1)
      expect(await planStore.savePlans(db, [plan(2)])).toBe(1)
      expect(await planStore.savePlans(db, [plan(2)])).toBe(0)
      expect(await planStore.savePlans(db, [plan(4)])).toBe(0)
      expect(await planStore.findPlan(db, clusterId)).toEqual({ ...plan(2), publishedVersion: 0 })
    })

    test('a plan waits for publication until its latest version is out', async () => {
      const { db } = database()
      const clusterId = await insertCluster(db)
      await planStore.savePlans(db, [{ clusterId, version: 1, contentHash: 'h', jws: 'j', validUntil: 9 }])
      const waits = async () => (await planStore.unpublished(db)).includes(clusterId)
      expect(await waits()).toBe(true)
      await planStore.setPublished(db, [clusterId], 1)
      expect(await waits()).toBe(false)
      await planStore.savePlans(db, [{ clusterId, version: 2, contentHash: 'i', jws: 'k', validUntil: 9 }])
      expect(await waits()).toBe(true)
      await planStore.setPublished(db, [clusterId], 2)
      // The acknowledgement of an older version comes last: it must not count the newer one as unpublished.
      await planStore.setPublished(db, [clusterId], 1)
      expect(await waits()).toBe(false)
      await planStore.forgetPublished(db)
      expect(await waits()).toBe(true)
    })

    test('planned are stations with an active programme or a cluster, and when each was asked last is known', async () => {
      const { db } = database()
      const own = '31837'
      const found = async () => (await stationStore.stationsToPlan(db)).find(({ areaCode }) => areaCode === own)
      await areaStore.insertAreas(db, [
        {
          code: own,
          name: 'Xã bốn',
          kind: 'commune',
          parentCode: PLACES.province,
          searchName: 'xa bon',
          validFrom: '',
        },
      ])
      await stationStore.saveStation(db, { areaCode: own, name: 'Đài', ...DEFAULT_STATION }, 1)
      expect(await found()).toBeUndefined()
      const { id } = await insertProgramme(db, { areaCode: own })
      const station = { areaCode: own, timeZone: DEFAULT_STATION.timeZone }
      expect(await found()).toEqual({ ...station, askedAt: null })
      await programmeStore.endProgramme(db, id, 2)
      expect(await found()).toBeUndefined()
      await insertCluster(db, own)
      const job = { id: 'job_own', kind: 'plan-station', dedupeKey: own, payloadJson: '{}', at: 500 } as const
      await jobStore.enqueue(db, { ...job, id: 'job_other', kind: 'encode' })
      expect(await found()).toEqual({ ...station, askedAt: null })
      await jobStore.enqueue(db, job)
      expect(await found()).toEqual({ ...station, askedAt: 500 })
      await jobStore.claimNext(db, { kinds: ['plan-station'], at: 501, leaseUntil: 900, owner: 'o' })
      await jobStore.finish(db, { id: job.id, owner: 'o' }, { state: 'done', at: 600, error: null })
      expect(await found()).toEqual({ ...station, askedAt: 500 })
      await db.updateTable('job').set({ state: 'failed' }).where('id', '=', job.id).execute()
      expect(await found()).toEqual({ ...station, askedAt: null })
    })

    test('ready is the approved version with audio, not the one that is being edited', async () => {
      const { db } = database()
      const { id, versionId } = await insertBulletin(db)
      const ready = async () => (await readyBulletins(db, [id, id])).get(id)
      await renditionStore.setReady(db, versionId, audioOf('v1', 5_000), 2)
      expect(await ready()).toBeUndefined()
      await bulletinStore.transitionBulletin(
        db,
        id,
        { status: ['draft'], versionId, approvedVersionId: null },
        { status: 'approved', approvedVersionId: versionId },
      )
      expect(await ready()).toMatchObject({ versionId, versionNumber: 1, ms: 5_000, class: 'ordinary' })
      const second = newIds.version()
      await insertVersion(db, { id: second, bulletinId: id, number: 2 })
      await bulletinStore.transitionBulletin(
        db,
        id,
        { status: ['approved'], versionId, approvedVersionId: versionId },
        { status: 'draft', currentVersionId: second },
      )
      expect(await ready()).toMatchObject({ versionId })
      await bulletinStore.transitionBulletin(
        db,
        id,
        { status: ['draft'], versionId: second, approvedVersionId: versionId },
        { status: 'approved', approvedVersionId: second },
      )
      expect(await ready()).toBeUndefined()
      expect(await readyBulletins(db, [])).toEqual(new Map())
    })
  })
