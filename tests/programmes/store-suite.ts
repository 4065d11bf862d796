import { describe, expect, test } from 'vitest'
import { ExemptionId } from '#protocol/ids.ts'
import * as exemptionStore from '../../controller/programmes/exemptions.store.ts'
import * as programmeStore from '../../controller/programmes/programmes.store.ts'
import { insertBulletin, insertProgramme, PLACES } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

export const describeProgrammeStore = (database: Stores) =>
  describe('programmes', () => {
    test('a programme comes back as it was saved, a bulletin that is named twice included', async () => {
      const { db } = database()
      const { id: bulletinId } = await insertBulletin(db)
      const programme = await insertProgramme(db, {
        rundown: [
          { kind: 'bulletin', bulletinId },
          { kind: 'bulletin', bulletinId, excerptMs: 20_000 },
        ],
      })
      expect(await programmeStore.findProgramme(db, programme.id)).toEqual(programme)
    })

    test('a programme ends once, and its commune is then planned no more for its sake', async () => {
      const { db } = database()
      const { id: bulletinId } = await insertBulletin(db)
      const { id } = await insertProgramme(db, {
        areaCode: PLACES.elsewhere,
        rundown: [{ kind: 'bulletin', bulletinId }],
      })
      expect(await programmeStore.areasThatAir(db, bulletinId)).toEqual([PLACES.elsewhere])
      expect(await programmeStore.endProgramme(db, id, 7)).toBe(true)
      expect(await programmeStore.endProgramme(db, id, 8)).toBe(false)
      expect(await programmeStore.findProgramme(db, id)).toMatchObject({ status: 'ended', updatedAt: 7 })
      expect(await programmeStore.areasThatAir(db, bulletinId)).toEqual([])
      expect(await programmeStore.activeProgrammesOf(db, PLACES.elsewhere)).toEqual([])
    })

    test('a name in files is had by one active programme of a commune, and left to another when that ends', async () => {
      const { db } = database()
      const areaCode = PLACES.elsewhere
      const key = 'ban-tin-sang'
      const first = await insertProgramme(db, { areaCode, key })
      await expect(insertProgramme(db, { areaCode, key })).rejects.toThrow(/unique/i)
      await insertProgramme(db, { areaCode: PLACES.commune, key })
      expect(await programmeStore.findByKey(db, areaCode, key)).toEqual(first)
      await programmeStore.endProgramme(db, first.id, 9)
      expect(await programmeStore.findByKey(db, areaCode, key)).toBeNull()
      expect(await programmeStore.endedKeysOf(db, areaCode)).toEqual(new Map([[key, 9]]))
      const second = await insertProgramme(db, { areaCode, key })
      expect((await programmeStore.findByKey(db, areaCode, key))?.id).toBe(second.id)
      const editions = await programmeStore.editionsOf(db, areaCode)
      expect(editions.get(first.id)).toEqual({ revision: 2, changedAt: 9 })
      expect(editions.get(second.id)).toEqual({ revision: 1, changedAt: second.updatedAt })
    })

    test('a list is limited to the reader’s areas and pages newest first', async () => {
      const { db } = database()
      const ours = []
      for (const createdAt of [5_001, 5_002, 5_002]) {
        ours.push((await insertProgramme(db, { areaCode: PLACES.sister, createdAt })).id)
      }
      const list = (scope: string[] | null, before: { at: number; id: string } | null = null, limit = 50) =>
        programmeStore.listProgrammes(db, { areaCode: PLACES.sister, scope, before, limit })
      const newestFirst = [ours[2], ours[1], ours[0]]
      expect((await list([PLACES.province])).map((row) => row.id)).toEqual(newestFirst)
      expect(await list([PLACES.elsewhere])).toEqual([])
      expect(await list([])).toEqual([])
      const [first, second] = await list(null, null, 2)
      expect([first?.id, second?.id]).toEqual(newestFirst.slice(0, 2))
      expect((await list(null, { at: 5_002, id: second?.id ?? '' })).map((row) => row.id)).toEqual([ours[0]])
    })

    test('an exemption is decided once, by somebody else than asked for it, and counts until it is revoked', async () => {
      const { db } = database()
      const id = ExemptionId.parse('exm_1')
      const asked = {
        id,
        areaCode: PLACES.commune,
        programmeId: null,
        fromDate: '2026-11-26',
        untilDate: '2026-11-27',
        kinds: ['sessionsPerDay' as const],
        upTo: { sessionsPerDay: 3 },
        reason: 'Ngày hội.',
        state: 'waiting' as const,
        askedBy: 'one',
        askedByName: 'Người xin',
        askedAt: 1,
        decidedBy: null,
        decidedByName: null,
        decidedAt: null,
        revokedByName: null,
        revokedAt: null,
      }
      const granted = async (date: string) =>
        (await exemptionStore.grantedFrom(db, PLACES.commune, date)).map((one) => one.id)
      const decide = (by: string, state: 'granted' | 'refused' = 'granted') =>
        exemptionStore.decideExemption(db, id, { state, by, byName: `Người ${by}`, at: 2 })
      await exemptionStore.insertExemption(db, asked)
      expect(await exemptionStore.countWaiting(db, PLACES.commune)).toBe(1)
      expect(await granted('2026-11-26')).toEqual([])
      expect(await decide('one')).toBe(false)
      expect(await decide('two')).toBe(true)
      expect(await decide('three', 'refused')).toBe(false)
      expect(await exemptionStore.findExemption(db, id)).toEqual({
        ...asked,
        state: 'granted',
        decidedBy: 'two',
        decidedByName: 'Người two',
        decidedAt: 2,
      })
      expect([await granted('2026-11-27'), await granted('2026-11-28')]).toEqual([[id], []])
      const revoke = () => exemptionStore.revokeExemption(db, id, { byName: 'Người three', at: 3 })
      expect([await revoke(), await revoke()]).toEqual([true, false])
      expect(await granted('2026-11-26')).toEqual([])
      expect(await exemptionStore.listExemptions(db, PLACES.commune, 5)).toMatchObject([
        { id, state: 'revoked', programmeName: null, revokedByName: 'Người three' },
      ])
    })
  })
