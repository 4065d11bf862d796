import { describe, expect, test } from 'vitest'
import * as stationStore from '../../controller/areas/stations.store.ts'
import { DEFAULT_STATION } from '../../controller/areas/stations.ts'
import * as uploadStore from '../../controller/uploads/uploads.store.ts'
import { audioOf, insertBulletin, insertUpload, newIds, PLACES } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

export const describeUploadStore = (database: Stores) =>
  describe('uploads', () => {
    const row = (set: Partial<uploadStore.UploadRow> = {}): uploadStore.UploadRow => ({
      id: newIds.upload(),
      purpose: 'chime',
      areaCode: PLACES.sister,
      bulletinId: null,
      language: null,
      fileName: 'nhạc hiệu.wav',
      licenceNote: 'Đài tự thu',
      announcedBytes: 500,
      state: 'receiving',
      progress: 0,
      findingsJson: '[]',
      sha256: null,
      broughtBy: 'nobody',
      broughtByName: 'Người thu',
      createdAt: 1_000,
      updatedAt: 1_000,
      ...set,
    })

    test('what is on its way or being checked is counted, by account and in all', async () => {
      const { db } = database()
      const before = await uploadStore.countInFlight(db)
      for (const state of ['receiving', 'checking', 'ready', 'refused'] as const) {
        await uploadStore.insertUpload(db, row({ state, broughtBy: 'counted' }))
      }
      expect(await uploadStore.countInFlight(db, 'counted')).toEqual({ files: 2, bytes: 1_000 })
      expect(await uploadStore.countInFlight(db, 'somebody else')).toEqual({ files: 0, bytes: 0 })
      const after = await uploadStore.countInFlight(db)
      expect([after.files - before.files, after.bytes - before.bytes]).toEqual([2, 1_000])
    })

    test('an upload moves on once, and only what is still on its way can be abandoned', async () => {
      const { db } = database()
      const one = row()
      await uploadStore.insertUpload(db, one)
      const move = () => uploadStore.transitionUpload(db, one.id, 'receiving', { state: 'checking', updatedAt: 2_000 })
      expect([await move(), await move()]).toEqual([true, false])
      expect(await uploadStore.abandonUpload(db, one.id)).toBe(false)
      expect(await uploadStore.findUpload(db, one.id)).toEqual({ ...one, state: 'checking', updatedAt: 2_000 })
      const other = row()
      await uploadStore.insertUpload(db, other)
      expect(await uploadStore.abandonUpload(db, other.id)).toBe(true)
      expect(await uploadStore.findUpload(db, other.id)).toBeNull()
    })

    test('those on their way are listed by age; of files, those that belong to uploads in flight', async () => {
      const { db } = database()
      const [old, young, done] = [row({ createdAt: 10 }), row({ createdAt: 20 }), row({ state: 'ready' })]
      for (const one of [young, old, done]) await uploadStore.insertUpload(db, one)
      expect(await uploadStore.listReceiving(db, 20)).toMatchObject([{ id: old.id }])
      expect((await uploadStore.listReceiving(db)).slice(0, 2)).toMatchObject([{ id: old.id }, { id: young.id }])
      const names = [old.id, done.id, 'upl_nobody']
      expect(await uploadStore.knownInFlight(db, names)).toEqual(new Set([old.id]))
      expect(await uploadStore.knownInFlight(db, [])).toEqual(new Set())
    })

    test('what a station has chosen stays in its library, anything else can be taken out of it', async () => {
      const { db } = database()
      const areaCode = PLACES.sister
      const [opening, closing, bed, spare] = [row(), row(), row({ purpose: 'bed' }), row({ state: 'refused' })]
      for (const one of [opening, closing, bed, spare]) await uploadStore.insertUpload(db, one)
      const station = { areaCode, name: 'Đài', ...DEFAULT_STATION }
      const music = { opening: opening.id, closing: closing.id, bed: bed.id }
      await stationStore.saveStation(db, { ...station, music }, 1)
      const remove = async () => {
        const removed = []
        for (const { id } of [opening, closing, bed, spare]) removed.push(await uploadStore.removeAsset(db, id))
        return removed
      }
      expect(await remove()).toEqual([false, false, false, true])
      await stationStore.saveStation(db, { ...station, music: { ...music, closing: 'none' } }, 2)
      expect(await remove()).toEqual([false, true, false, false])
      await stationStore.saveStation(db, station, 3)
      expect(await remove()).toEqual([true, false, true, false])
      const { id: bulletinId } = await insertBulletin(db)
      expect(await uploadStore.removeAsset(db, await insertUpload(db, bulletinId))).toBe(false)
    })

    test('the library of a station shows what has come whole, with its audio, the newest first', async () => {
      const { db } = database()
      const areaCode = PLACES.elsewhere
      const { id: bulletinId } = await insertBulletin(db, { targets: [areaCode] })
      await insertUpload(db, bulletinId, audioOf('chime', 3_000))
      const { sha256 } = audioOf('chime')
      const chime = row({ areaCode, state: 'ready', sha256, createdAt: 30 })
      const bed = row({ areaCode, purpose: 'bed', state: 'checking', createdAt: 40 })
      for (const one of [chime, bed, row({ areaCode })]) await uploadStore.insertUpload(db, one)
      const listed = await uploadStore.listAssets(db, { areaCode, purpose: undefined })
      expect(listed.map(({ id, ms, bytes }) => [id, ms, bytes])).toEqual([
        [bed.id, null, null],
        [chime.id, 3_000, 1_000],
      ])
      expect((await uploadStore.listAssets(db, { areaCode, purpose: 'chime' })).map(({ id }) => id)).toEqual([chime.id])
      expect(await uploadStore.countAssets(db, areaCode)).toBe(3)
    })
  })
