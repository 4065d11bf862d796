import { describe, expect, test } from 'vitest'
import type { DeliveryState } from '#protocol/http/broadcasts.ts'
import type { PlayedFigures } from '#protocol/http/reports.ts'
import * as assetStore from '../../controller/audio/assets.store.ts'
import * as broadcastStore from '../../controller/broadcasts/broadcasts.store.ts'
import * as deliveryStore from '../../controller/broadcasts/deliveries.store.ts'
import type { AiringItem } from '../../controller/programmes/session/airing-item.ts'
import { countSession } from '../../controller/reports/count-session.ts'
import * as playedStore from '../../controller/reports/played.store.ts'
import { audioOf, broadcastOf, insertBulletin, insertCluster, insertProgramme, PLACES } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

const DAY = 86_400_000
/** A month that no other suite airs in. */
const FROM = Date.UTC(2031, 4, 1)
const MINUTES = 600_000

export const describePlayedReport = (database: Stores) =>
  describe('planned versus played', () => {
    const filter = (set: Partial<playedStore.PlayedFilter> = {}): playedStore.PlayedFilter => ({
      from: FROM,
      until: FROM + 30 * DAY,
      areaCode: undefined,
      scope: null,
      ...set,
    })
    const none: PlayedFigures = {
      sessions: 0,
      plannedMs: 0,
      heardMs: 0,
      planned: 0,
      heard: 0,
      late: 0,
      partial: 0,
      interrupted: 0,
      missed: 0,
      refused: 0,
      unknown: 0,
      open: 0,
    }

    /** A session with one cluster in each state; `off` was called off there. */
    async function session(areaCode: string, day: number, states: readonly (DeliveryState | 'off')[], isOpen = false) {
      const { db } = database()
      await assetStore.keepAsset(db, audioOf('report'), { origin: 'production', at: 1 })
      const bulletin = await insertBulletin(db)
      const programme = await insertProgramme(db, { areaCode, name: `Buổi ${day}` })
      const item = (language: string): AiringItem => ({
        kind: 'bulletin',
        bulletinId: bulletin.id,
        versionId: bulletin.versionId,
        versionNumber: 1,
        title: 'Bản tin',
        language,
        sha256: audioOf('report').sha256,
        bytes: 1,
        codec: 'mp3',
        ms: MINUTES / 2,
      })
      const startAt = FROM + day * DAY + 5
      const items = [item('vi'), item('km')]
      const broadcast = broadcastOf(programme, { startAt, endAt: startAt + MINUTES, items })
      await broadcastStore.insertBroadcast(db, broadcast)
      for (const state of states) {
        const clusterId = await insertCluster(db, areaCode)
        await deliveryStore.insertDeliveries(db, broadcast.id, [clusterId], 1)
        const outcome = { startedAt: null, startErrorMs: null, audible: null }
        const playedMs = state === 'played' || state === 'late' ? MINUTES : state === 'partial' ? 1_000 : null
        if (state === 'off') await deliveryStore.withdraw(db, broadcast.id, 2, [clusterId])
        else
          await deliveryStore.saveOutcomes(
            db,
            broadcast.id,
            new Map([[clusterId, { ...outcome, state, reason: null, playedMs }]]),
            2,
          )
      }
      if (!isOpen) {
        await broadcastStore.closePlanned(db, broadcast.id, 3)
        await countSession(db, broadcast)
      }
      return broadcast
    }

    test('nothing was planned where nothing was, whatever is asked', async () => {
      const { db } = database()
      const empty = filter({ from: FROM - 900 * DAY, until: FROM - 899 * DAY })
      expect(await playedStore.playedInAll(db, empty)).toEqual(none)
      expect(await playedStore.playedByDay(db, empty)).toEqual([])
      expect(await playedStore.heardBulletins(db, empty)).toEqual({
        airings: 0,
        bulletins: 0,
        byClass: {},
        byLanguage: {},
      })
    })

    test('each delivery counts once, unknown is never heard, and what was called off is owed by nobody', async () => {
      const { db } = database()
      const all = ['played', 'late', 'partial', 'interrupted', 'missed', 'refused', 'unknown', 'off'] as const
      const first = await session(PLACES.commune, 0, all)
      const now = await session(PLACES.commune, 0, ['played', 'planned', 'armed', 'playing', 'off'], true)
      await session(PLACES.sister, 2, ['played', 'played'])
      await session(PLACES.elsewhere, 3, ['off'])
      const counted = {
        sessions: 1,
        plannedMs: 7 * MINUTES,
        heardMs: 2 * MINUTES,
        planned: 7,
        heard: 2,
        late: 1,
        partial: 1,
        interrupted: 1,
        missed: 1,
        refused: 1,
        unknown: 1,
        open: 0,
      }
      const current = { ...none, sessions: 1, plannedMs: 4 * MINUTES, heardMs: MINUTES, planned: 4, heard: 1, open: 3 }
      const both = Object.fromEntries(
        Object.entries(counted).map(([name, n]) => [name, n + current[name as keyof typeof current]]),
      )
      const sister = { ...none, sessions: 1, plannedMs: 2 * MINUTES, heardMs: 2 * MINUTES, planned: 2, heard: 2 }
      expect(await playedStore.playedByCommune(db, filter())).toMatchObject([
        { key: PLACES.commune, figures: both },
        { key: PLACES.sister, figures: sister },
      ])
      expect(await playedStore.playedByDay(db, filter())).toEqual([
        { day: 0, figures: both },
        { day: 2, figures: sister },
      ])
      expect(await playedStore.playedInAll(db, filter({ areaCode: PLACES.province }))).toMatchObject({ planned: 13 })
      expect(await playedStore.playedInAll(db, filter({ areaCode: PLACES.sister }))).toEqual(sister)
      expect(await playedStore.playedInAll(db, filter({ scope: [PLACES.otherProvince] }))).toEqual(none)
      expect(await playedStore.playedInAll(db, filter({ until: FROM + 2 * DAY }))).toEqual(both)

      const ids = [first.id, now.id].sort()
      const page = await playedStore.playedBySession(db, filter(), { after: null, limit: 2 })
      expect(page.map(({ id }) => id)).toEqual(ids)
      expect(page.find(({ id }) => id === first.id)).toMatchObject({ name: 'Buổi 0', figures: counted })
      expect(page.find(({ id }) => id === now.id)).toMatchObject({ figures: current })
      const after = { at: first.startAt, id: ids[1] ?? '' }
      expect(await playedStore.playedBySession(db, filter(), { after, limit: 5 })).toMatchObject([{ figures: sister }])
      // Of sessions that have ended, each bulletin in each of its languages.
      expect(await playedStore.heardBulletins(db, filter())).toEqual({
        airings: 4,
        bulletins: 2,
        byClass: { ordinary: 4 },
        byLanguage: { vi: 2, km: 2 },
      })
    })

    test('a correction counts anew', async () => {
      const { db } = database()
      const broadcast = await session(PLACES.commune, 20, ['unknown'])
      const outcome = { reason: null, startedAt: 1, startErrorMs: 0, playedMs: MINUTES, audible: true }
      const on = filter({ from: FROM + 20 * DAY })
      expect(await playedStore.heardBulletins(db, on)).toMatchObject({ bulletins: 0 })
      const [found] = await deliveryStore.heldOf(db, [broadcast.id])
      if (!found) throw new Error('a ledger row does not vanish')
      await deliveryStore.saveOutcomes(
        db,
        broadcast.id,
        new Map([[found.clusterId, { ...outcome, state: 'played' }]]),
        4,
      )
      await countSession(db, broadcast)
      expect(await playedStore.playedInAll(db, on)).toMatchObject({ sessions: 1, heard: 1, unknown: 0 })
      expect(await playedStore.heardBulletins(db, on)).toMatchObject({ airings: 2, bulletins: 1 })
    })
  })
