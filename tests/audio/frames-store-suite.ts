import { describe, expect, test } from 'vitest'
import * as assetStore from '../../controller/audio/assets.store.ts'
import * as frameStore from '../../controller/audio/frames.store.ts'
import * as renditionStore from '../../controller/bulletins/renditions.store.ts'
import * as programmeStore from '../../controller/programmes/programmes.store.ts'
import * as relayStore from '../../controller/relays/relays.store.ts'
import * as uploadStore from '../../controller/uploads/uploads.store.ts'
import { audioOf, insertBulletin, insertProgramme, insertUpload, newIds, PLACES } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

const DAYS_LATER = 2_000_000_000_000
const soundOf = (name: string) => {
  const { sha256, bytes, codec, ms } = audioOf(name)
  return { sha256, bytes, codec, ms }
}

export const describeFrameStores = (database: Stores) =>
  describe('what sessions begin and end with', () => {
    test('our chimes are found by their kind, and a new one takes the place of the old', async () => {
      const { db } = database()
      expect(await frameStore.builtInChimes(db)).toEqual(new Map())
      for (const name of ['first chime', 'second chime'])
        await frameStore.saveBuiltInChime(db, 'chime', audioOf(name, 3_000), 1)
      await frameStore.saveBuiltInChime(db, 'closing', audioOf('goodbye'), 1)
      expect(await frameStore.builtInChimes(db)).toEqual(
        new Map([
          ['chime', { ...soundOf('second chime'), ms: 3_000 }],
          ['closing', soundOf('goodbye')],
        ]),
      )
    })

    test('a file is known to have no chimes, to have been cut, or not to have been looked at', async () => {
      const { db } = database()
      const [cut, bare, unseen] = ['with chimes', 'bare', 'unseen'].map(audioOf)
      for (const audio of [cut, bare, unseen])
        if (audio) await assetStore.keepAsset(db, audio, { origin: 'production', at: 1 })
      await frameStore.saveSpeechCut(db, cut?.sha256 ?? '', audioOf('the speech', 9_000), 1)
      await frameStore.saveSpeechCut(db, bare?.sha256 ?? '', null, 1)
      const hashes = [cut, bare, unseen].map((audio) => audio?.sha256 ?? '')
      expect(await frameStore.speechCuts(db, hashes)).toEqual(
        new Map([
          [cut?.sha256, { ...soundOf('the speech'), ms: 9_000 }],
          [bare?.sha256, null],
        ]),
      )
    })

    test('what was cut stays as long as its source and goes after it; our chimes stay whatever names them', async () => {
      const { db } = database()
      const { versionId } = await insertBulletin(db)
      const [source, cut] = [audioOf('kept source'), audioOf('kept cut')]
      await renditionStore.setReady(db, versionId, source, 1)
      await frameStore.saveSpeechCut(db, source.sha256, cut, 1)
      await frameStore.saveBuiltInChime(db, 'chime', audioOf('kept chime'), 1)
      const left = async () => {
        await assetStore.markUnused(db, DAYS_LATER - 1)
        await assetStore.removeUnused(db, DAYS_LATER)
        const hashes = [source, cut, audioOf('kept chime')].map(({ sha256 }) => sha256)
        const known = await assetStore.knownAssets(db, hashes)
        return hashes.map((sha256) => known.has(sha256))
      }
      expect(await left()).toEqual([true, true, true])
      await renditionStore.startOver(db, versionId, 2)
      expect(await left()).toEqual([false, true, true])
      expect(await left()).toEqual([false, false, true])
    })

    test('streams are listed by title, replaced by name, and known to whoever relays them', async () => {
      const { db } = database()
      const relay = { name: 'thoi-su', title: 'Thời sự', url: 'http://a/', codec: 'mp3' }
      await relayStore.saveRelay(db, relay)
      await relayStore.saveRelay(db, { ...relay, name: 'am-nhac', title: 'Âm nhạc' })
      await relayStore.saveRelay(db, { ...relay, title: 'Bản tin' })
      expect((await relayStore.listRelays(db)).map(({ name, title }) => [name, title]).sort()).toEqual([
        ['am-nhac', 'Âm nhạc'],
        ['thoi-su', 'Bản tin'],
      ])
      await insertProgramme(db, { rundown: [{ kind: 'relay', relay: 'thoi-su', minutes: 5 }] })
      expect(await programmeStore.areasThatRelay(db, 'thoi-su')).toEqual([PLACES.commune])
      expect(await programmeStore.areasThatRelay(db, 'thoi')).toEqual([])
      for (const name of ['thoi-su', 'am-nhac']) await relayStore.removeRelay(db, name)
      expect(await relayStore.listRelays(db)).toEqual([])
    })

    test('a chime that a running programme of its station names stays in the library, and is found by its name', async () => {
      const { db } = database()
      const bulletin = await insertBulletin(db)
      const id = await insertUpload(db, bulletin.id, audioOf('own chime'))
      await db
        .updateTable('upload')
        .set({ purpose: 'chime', areaCode: PLACES.commune, bulletinId: null })
        .where('id', '=', id)
        .execute()
      expect(await uploadStore.readySounds(db, [id, newIds.upload()])).toEqual(
        new Map([[id, { ...soundOf('own chime'), title: 'ban-thu.mp3' }]]),
      )
      const programme = await insertProgramme(db, { rundown: [{ kind: 'chime', sound: id }, { kind: 'inbox' }] })
      expect(await programmeStore.areasThatNameSound(db, id)).toEqual([PLACES.commune])
      expect(await uploadStore.removeAsset(db, id)).toBe(false)
      await programmeStore.endProgramme(db, programme.id, 5)
      expect(await programmeStore.areasThatNameSound(db, id)).toEqual([])
      expect(await uploadStore.removeAsset(db, id)).toBe(true)
    })
  })
