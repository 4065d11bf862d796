import { describe, expect, test } from 'vitest'
import * as areaStore from '../../controller/areas/areas.store.ts'
import * as linkStore from '../../controller/areas/calendar-links.store.ts'
import { searchable } from '../../controller/areas/searchable.ts'
import { seedAreas } from '../../controller/areas/seed.ts'
import * as stationStore from '../../controller/areas/stations.store.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import type { Stores } from '../support/dialects.ts'

const COMMUNE = '00004'

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
        quietHours: { from: '21:00', to: '05:30' },
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
  })
