import { describe, expect, test } from 'vitest'
import type { ClusterId } from '#protocol/ids.ts'
import * as assetStore from '../../controller/audio/assets.store.ts'
import * as broadcastStore from '../../controller/broadcasts/broadcasts.store.ts'
import * as deliveryStore from '../../controller/broadcasts/deliveries.store.ts'
import * as usesStore from '../../controller/bulletins/uses.store.ts'
import type { AiringItem } from '../../controller/programmes/session/airing-item.ts'
import { audioOf, broadcastOf, insertBulletin, insertCluster, insertProgramme, newIds, PLACES } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

const NOW = 50_000
const TODAY = '2026-11-23'

export const describeUsesStore = (database: Stores) =>
  describe('where a bulletin airs', () => {
    test('counts what names it and has it in it, within the reader’s areas, and nothing that is over', async () => {
      const { db } = database()
      const [{ id: bulletinId }, { id: other }] = [await insertBulletin(db), await insertBulletin(db)]
      const rundown = [bulletinId, other].map((id) => ({ kind: 'bulletin' as const, bulletinId: id }))
      const programme = (set: Parameters<typeof insertProgramme>[1]) => insertProgramme(db, { rundown, ...set })
      const later = await programme({ name: 'Sau', startsOn: TODAY })
      const soon = await programme({
        name: 'Trước',
        areaCode: PLACES.elsewhere,
        repeat: { kind: 'rrule', rrule: 'FREQ=DAILY' },
        startsOn: '2020-01-01',
      })
      const idle = await programme({ name: 'Chưa có buổi', startsOn: '2027-01-01' })
      await programme({ name: 'Đã qua', startsOn: '2026-11-22' })
      await programme({ name: 'Đã dừng', startsOn: TODAY, status: 'ended' })
      await insertProgramme(db, { name: 'Bài khác', rundown: rundown.slice(1), startsOn: TODAY })

      await assetStore.keepAsset(db, audioOf('x'), { origin: 'production', at: 1 })
      const item = (id: typeof bulletinId): AiringItem => ({
        kind: 'bulletin',
        bulletinId: id,
        versionId: newIds.version(),
        versionNumber: 1,
        title: 'Bản tin',
        language: 'vi',
        sha256: audioOf('x').sha256,
        bytes: 1,
        codec: 'mp3',
        ms: 10,
      })
      const session = async (
        of: typeof later,
        startAt: number,
        items: AiringItem[],
        set: { status?: 'closed'; heardBy?: ClusterId; by?: ClusterId } = {},
      ) => {
        const times = { originalDate: `2026-11-${startAt / 10_000 + 10}`, startAt, endAt: startAt + 10 }
        const broadcast = broadcastOf(of, { ...times, items, status: set.status ?? 'planned' })
        await broadcastStore.insertBroadcast(db, broadcast)
        const clusterId = set.heardBy ?? set.by
        if (clusterId) await deliveryStore.insertDeliveries(db, broadcast.id, [clusterId], 1)
        if (set.heardBy) await deliveryStore.saveOutcomes(db, broadcast.id, new Map([[set.heardBy, HEARD]]), 2)
        return broadcast.id
      }
      const [cluster, neighbour] = [await insertCluster(db), await insertCluster(db, PLACES.elsewhere)]
      const second = await session(later, 90_000, [item(other), item(bulletinId)], { by: cluster })
      const first = await session(soon, 60_000, [item(bulletinId)], { by: neighbour })
      await session(soon, 70_000, [item(other)])
      await session(soon, NOW, [item(bulletinId)], { by: neighbour })
      await session(soon, 10_000, [item(bulletinId)], { status: 'closed', heardBy: neighbour })
      await session(soon, 20_000, [item(other)], { status: 'closed', heardBy: neighbour })
      await session(soon, 30_000, [item(bulletinId)], { status: 'closed', by: neighbour })

      const everywhere = { bulletinId, scope: null, now: NOW }
      const here = { ...everywhere, scope: [PLACES.province] }
      const named = await usesStore.programmesNaming(db, { ...everywhere, today: TODAY, limit: 10 })
      expect(named.map(({ id, nextStartAt }) => [id, nextStartAt])).toEqual([
        [soon.id, 60_000],
        [later.id, 90_000],
        [idle.id, null],
      ])
      expect(named[0]).toMatchObject({ areaCode: PLACES.elsewhere, areaName: expect.stringContaining('Ph') })
      expect(await usesStore.countProgrammes(db, { ...everywhere, today: TODAY })).toEqual({
        programmes: 3,
        communes: 2,
      })
      expect(await usesStore.countProgrammes(db, { ...here, today: TODAY })).toEqual({ programmes: 2, communes: 1 })
      const ids = async (asked: typeof everywhere | typeof here, limit = 10) =>
        (await usesStore.sessionsToCome(db, { ...asked, limit })).map(({ id }) => id)
      expect(await ids(everywhere)).toEqual([first, second])
      expect(await ids(everywhere, 1)).toEqual([first])
      expect(await ids(here)).toEqual([second])
      expect([await usesStore.countAiring(db, everywhere), await usesStore.countAiring(db, here)]).toEqual([1, 0])
      expect(await usesStore.countAired(db, everywhere)).toEqual({ total: 1, lastAt: 10_000 })
      expect(await usesStore.countAired(db, here)).toEqual({ total: 0, lastAt: null })
      expect(await usesStore.clustersToPlay(db, everywhere)).toEqual([{ presence: 'never', n: 2 }])
      expect(await usesStore.clustersToPlay(db, here)).toEqual([{ presence: 'never', n: 1 }])
    })
  })

const HEARD = { state: 'played', reason: null, startedAt: 1, startErrorMs: 1, playedMs: 10, audible: true } as const
