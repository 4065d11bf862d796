import { describe, expect, test } from 'vitest'
import * as pronunciationStore from '../../controller/speech/pronunciations.store.ts'
import type { Stores } from '../support/dialects.ts'

const PROVINCE = '01'
const COMMUNE = '00004'
const SISTER = '00008'

export const describePronunciationStore = (database: Stores) =>
  describe('pronunciations', () => {
    const save = (areaCode: string, written: string, spoken: string) =>
      pronunciationStore.savePronunciation(database().db, {
        areaCode,
        written,
        spoken,
        updatedByName: 'Người thử',
        updatedAt: 1,
      })

    test("a commune reads by its province's words and its own, which come last and so win", async () => {
      await save(PROVINCE, 'VP', 'văn phòng')
      await save(PROVINCE, 'NTM', 'nông thôn mới')
      await save(COMMUNE, 'VP', 'vi phạm')
      await save(COMMUNE, 'VP', 'vành phố')
      const { db } = database()
      expect(await pronunciationStore.dictionaryOf(db, COMMUNE)).toEqual([
        { written: 'NTM', spoken: 'nông thôn mới' },
        { written: 'VP', spoken: 'văn phòng' },
        { written: 'VP', spoken: 'vành phố' },
      ])
      expect(await pronunciationStore.dictionaryOf(db, SISTER)).toHaveLength(2)
      expect(await pronunciationStore.dictionaryOf(db, PROVINCE)).toHaveLength(2)
      expect(await pronunciationStore.countOtherPronunciations(db, COMMUNE, 'TTHC')).toBe(1)
      expect(await pronunciationStore.countOtherPronunciations(db, COMMUNE, 'VP')).toBe(0)
    })

    test('a word is removed from its own area only, and once', async () => {
      await save(PROVINCE, 'TDP', 'tổ dân phố')
      await save(SISTER, 'TDP', 'tê đê pê')
      const { db } = database()
      expect(await pronunciationStore.deletePronunciation(db, SISTER, 'TDP')).toBe(true)
      expect(await pronunciationStore.deletePronunciation(db, SISTER, 'TDP')).toBe(false)
      const left = await pronunciationStore.listPronunciations(db, PROVINCE)
      expect(left.map((entry) => entry.written)).toContain('TDP')
    })
  })
