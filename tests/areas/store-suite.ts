import { describe, expect, test } from 'vitest'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import * as airingRulesStore from '../../controller/areas/airing-rules.store.ts'
import * as areaStore from '../../controller/areas/areas.store.ts'
import * as linkStore from '../../controller/areas/calendar-links.store.ts'
import { NOTHING_SAID } from '../../controller/areas/rule-place.ts'
import { searchable } from '../../controller/areas/searchable.ts'
import { seedAreas } from '../../controller/areas/seed.ts'
import * as stationStore from '../../controller/areas/stations.store.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import type { Stores } from '../support/dialects.ts'

const COMMUNE = '00004'
const BY = { updatedByName: 'Người đặt', updatedAt: 1 }

export const describeAreaStores = (database: Stores) =>
  describe('areas and stations', () => {
    test('the units of the country are seeded once: 34 provinces and 3,321 communes', async () => {
      const { db } = database()
      await seedAreas(db)
      await seedAreas(db)
      expect(await areaStore.countAreas(db)).toBe(34 + 3_321)
      const provinces = await areaStore.listAreas(db, { limit: 34 })
      expect(new Set(provinces.map((area) => area.kind))).toEqual(new Set(['province']))
      const [first] = await areaStore.listAreas(db, { parent: provinces[0]?.code ?? '', limit: 1 })
      expect(first).toMatchObject({ kind: 'commune', parentCode: provinces[0]?.code })
      expect(first?.code).toMatch(/^\d{5}$/)
    })

    test('people find a commune without diacritics', async () => {
      const { db } = database()
      const found = await areaStore.listAreas(db, { search: searchable('CÁI  nhum'), limit: 10 })
      expect(found.map((area) => area.name)).toContain('Xã Cái Nhum')
      expect(searchable('Phường Đống Đa')).toBe('phuong dong da')
    })

    test('a station is replaced as a whole and is seen only within its areas', async () => {
      const { db } = database()
      await stationStore.saveStation(db, { areaCode: COMMUNE, name: 'Đài cũ', ...DEFAULT_STATION }, 1)
      const settings = {
        name: 'Đài mới',
        timeZone: 'Asia/Ho_Chi_Minh',
        volume: { day: 70, night: 0 },
        voice: 'vi-south',
        soundProfile: 'flat' as const,
        music: { opening: 'none' as const, closing: 'built-in' as const, bed: null },
        engines: ['sherpa', 'google'],
      }
      await stationStore.saveStation(db, { areaCode: COMMUNE, ...settings }, 2)
      expect(await stationStore.findStation(db, COMMUNE)).toMatchObject({
        areaCode: COMMUNE,
        ...settings,
      })
      const seen = async (within: string[] | null) =>
        (await stationStore.listStations(db, within)).map((one) => one.areaCode)
      expect(await seen([COMMUNE])).toEqual([COMMUNE])
      expect(await seen([])).toEqual([])
      expect(await seen(null)).toContain(COMMUNE)
      expect(await stationStore.findStation(db, '99999')).toBeNull()
    })

    test('a commune has one link to its calendars, and a new one ends the one before', async () => {
      const { db } = database()
      const link = { areaCode: COMMUNE, createdByName: 'Cán bộ', createdAt: 1 }
      await linkStore.saveCalendarLink(db, { ...link, tokenHash: 'one' })
      await linkStore.saveCalendarLink(db, { ...link, tokenHash: 'two', createdAt: 2 })
      expect(await linkStore.areaOfLink(db, 'one')).toBeNull()
      expect(await linkStore.areaOfLink(db, 'two')).toBe(COMMUNE)
      expect(await linkStore.findCalendarLink(db, COMMUNE)).toEqual({ ...link, tokenHash: 'two', createdAt: 2 })
      await linkStore.deleteCalendarLink(db, COMMUNE)
      expect(await linkStore.areaOfLink(db, 'two')).toBeNull()
    })

    test('a station has the quiet hours of its province until it has longer ones of its own', async () => {
      const { db } = database()
      const quietHours = async () => (await stationStore.findStation(db, COMMUNE))?.quietHours
      const say = (scope: string, hours: QuietHours | null, revision: number) =>
        airingRulesStore.saveAiringRules(db, { ...NOTHING_SAID, scope, quietHours: hours, ...BY }, revision)
      expect(await quietHours()).toEqual(DEFAULT_STATION.quietHours)
      expect(await say('01', { from: '21:00', to: '05:00' }, 0)).toBe(true)
      expect(await quietHours()).toEqual({ from: '21:00', to: '05:00' })
      expect(await say(COMMUNE, { from: '23:00', to: '06:00' }, 0)).toBe(true)
      expect(await quietHours()).toEqual({ from: '21:00', to: '06:00' })
      const [listed] = await stationStore.listStations(db, [COMMUNE])
      expect(listed?.quietHours).toEqual({ from: '21:00', to: '06:00' })
      // Whoever has read an older word overwrites nothing.
      expect(await say(COMMUNE, null, 0)).toBe(false)
      expect(await say(COMMUNE, null, 2)).toBe(false)
      expect(await say(COMMUNE, null, 1)).toBe(true)
      expect(
        [...(await airingRulesStore.airingRulesOfStation(db, COMMUNE)).values()].sort(
          (a, b) => b.revision - a.revision,
        ),
      ).toMatchObject([
        { revision: 2, quietHours: null },
        { revision: 1, quietHours: { from: '21:00', to: '05:00' } },
      ])
      for (const [scope, revision] of [
        ['01', 1],
        [COMMUNE, 2],
      ] as const)
        await say(scope, null, revision)
    })

    test('of two that save into one schedule at the same revision, one does', async () => {
      const { db } = database()
      const revision = await stationStore.scheduleRevisionOf(db, COMMUNE)
      const saves = [1, 2].map(() => stationStore.advanceScheduleRevision(db, COMMUNE, revision))
      expect((await Promise.all(saves)).sort()).toEqual([false, true])
    })
  })
