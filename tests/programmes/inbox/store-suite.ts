import { describe, expect, test } from 'vitest'
import type { BulletinId } from '#protocol/ids.ts'
import * as broadcastStore from '../../../controller/broadcasts/broadcasts.store.ts'
import * as renditionStore from '../../../controller/bulletins/renditions.store.ts'
import type { InboxItemTable } from '../../../controller/db/airing-tables.ts'
import { type Arriving, waitingFrom } from '../../../controller/programmes/inbox/arrival.ts'
import * as inboxStore from '../../../controller/programmes/inbox/inbox.store.ts'
import * as listStore from '../../../controller/programmes/inbox/inbox-list.store.ts'
import { overSince } from '../../../controller/programmes/inbox/over.store.ts'
import * as placementStore from '../../../controller/programmes/placements.store.ts'
import * as programmeStore from '../../../controller/programmes/programmes.store.ts'
import type { AiringItem } from '../../../controller/programmes/session/airing-item.ts'
import { audioOf, broadcastOf, insertBulletin, insertProgramme, newIds, PLACES } from '../../db/rows.ts'
import type { Stores } from '../../support/dialects.ts'

const NOW = 1_000_000
const TODAY = '2026-11-23'
const ARRIVING: Arriving = { class: 'ordinary', now: NOW, deadlineMs: { ordinary: 300, priority: 100 } }

const rowOf = (bulletinId: BulletinId, set: Partial<InboxItemTable> = {}): InboxItemTable => ({
  areaCode: PLACES.commune,
  bulletinId,
  isOwn: 0,
  ...waitingFrom(ARRIVING),
  ...set,
})

export const describeInboxStores = (database: Stores) =>
  describe('the inbox', () => {
    const approved = async (set: { expiresOn?: string } = {}) => {
      const { db } = database()
      const { id, versionId } = await insertBulletin(db)
      await db.updateTable('bulletin').set({ approvedVersionId: versionId }).where('id', '=', id).execute()
      if (set.expiresOn) await db.updateTable('bulletinVersion').set(set).where('id', '=', versionId).execute()
      return id
    }
    const itemOf = async (bulletinId: BulletinId): Promise<AiringItem> => {
      const { db } = database()
      const audio = audioOf(bulletinId)
      const versionId = newIds.version()
      await renditionStore.setReady(db, versionId, audio, 1)
      const { sha256, bytes, ms } = audio
      return {
        kind: 'bulletin',
        bulletinId,
        versionId,
        versionNumber: 1,
        title: 'Bản tin',
        language: 'vi',
        sha256,
        bytes,
        ms,
        codec: 'mp3',
      }
    }
    const placementIn = (programmeId: placementStore.Placement['programmeId'], bulletinId: BulletinId, set = {}) => ({
      programmeId,
      originalDate: TODAY,
      bulletinId,
      position: 0,
      placedBy: null,
      placedByName: 'Hệ thống',
      placedAt: 1,
      isInsisted: 0,
      isOrderOnly: 0,
      ...set,
    })
    const keyed = (id: BulletinId) => ({ areaCode: PLACES.commune, bulletinId: id })

    test('a row changes only from the state in which it was seen', async () => {
      const { db } = database()
      const id = await approved()
      await inboxStore.insertItems(db, [])
      await inboxStore.insertItems(db, [rowOf(id), rowOf(id, { areaCode: PLACES.sister })])
      expect(await inboxStore.changeItem(db, keyed(id), ['placed'], { state: 'aired' })).toBe(false)
      expect(await inboxStore.changeItem(db, keyed(id), ['waiting'], { state: 'placed' })).toBe(true)
      expect((await inboxStore.itemsOf(db, id)).map(({ state }) => state)).toEqual(['placed', 'waiting'])
      await inboxStore.removeItem(db, keyed(id))
      expect(await inboxStore.findItem(db, keyed(id))).toBeNull()
      await inboxStore.withdrawItems(db, id)
      expect((await inboxStore.itemsOf(db, id)).map(({ state }) => state)).toEqual(['withdrawn'])
    })

    test('lists page by deadline within the reader’s areas, and filters and counts agree', async () => {
      const { db } = database()
      const id = await approved()
      const at = (areaCode: string, set: Partial<InboxItemTable>) => rowOf(id, { areaCode, ...set })
      await inboxStore.insertItems(db, [
        at(PLACES.commune, { deadlineAt: NOW + 5, class: 'priority', isUrgent: 1 }),
        at(PLACES.sister, { deadlineAt: NOW - 1 }),
        at(PLACES.elsewhere, { deadlineAt: NOW - 1, isOwn: 1 }),
      ])
      const list = async (set: Partial<Parameters<typeof listStore.listItems>[1]> = {}) =>
        (
          await listStore.listItems(db, {
            areaCode: undefined,
            bulletinId: id,
            state: undefined,
            after: null,
            scope: null,
            now: NOW,
            limit: 10,
            ...set,
          })
        ).map(({ areaCode }) => areaCode)
      expect(await list()).toEqual([PLACES.elsewhere, PLACES.sister, PLACES.commune])
      expect(await list({ limit: 1 })).toEqual([PLACES.elsewhere])
      const after = { deadlineAt: NOW - 1, areaCode: PLACES.elsewhere, bulletinId: id }
      expect(await list({ after })).toEqual([PLACES.sister, PLACES.commune])
      expect(await list({ scope: [PLACES.province] })).toEqual([PLACES.sister, PLACES.commune])
      expect(await list({ scope: [] })).toEqual([])
      expect(await list({ areaCode: PLACES.commune, scope: [PLACES.sister] })).toEqual([])
      // What is a commune’s own is overdue to nobody.
      expect(await list({ state: 'overdue' })).toEqual([PLACES.sister])
      expect(await list({ state: 'urgent' })).toEqual([PLACES.commune])
      expect(await listStore.countItems(db, { scope: null, now: NOW, bulletinId: id })).toEqual({
        total: 3,
        waiting: 3,
        placed: 0,
        postponed: 0,
        declined: 0,
        aired: 0,
        urgent: 1,
        overdue: 1,
      })
      expect((await listStore.countItems(db, { scope: [PLACES.otherProvince], now: NOW, bulletinId: id })).total).toBe(
        1,
      )
    })

    test('what has to be looked at again is found, and nothing else', async () => {
      const { db } = database()
      const ids = {
        waits: await approved(),
        mustAir: await approved(),
        back: await approved(),
        away: await approved(),
        over: await approved({ expiresOn: '2026-11-22' }),
        named: await approved(),
        standing: await approved(),
        lost: await approved(),
        done: await approved(),
      }
      await inboxStore.insertItems(db, [
        rowOf(ids.waits),
        rowOf(ids.mustAir, { class: 'priority', state: 'placed' }),
        rowOf(ids.back, { state: 'postponed', returnsAt: NOW }),
        rowOf(ids.away, { state: 'postponed', returnsAt: NOW + 1 }),
        rowOf(ids.over),
        rowOf(ids.named),
        rowOf(ids.standing, { state: 'placed' }),
        rowOf(ids.lost, { state: 'placed' }),
        rowOf(ids.done, { state: 'declined', class: 'priority' }),
      ])
      await insertProgramme(db, { rundown: [{ kind: 'bulletin', bulletinId: ids.named }] })
      const programme = await insertProgramme(db)
      for (const id of [ids.standing, ids.lost]) await placementStore.savePlacement(db, placementIn(programme.id, id))
      await broadcastStore.insertBroadcast(db, broadcastOf(programme, { items: [await itemOf(ids.standing)] }))
      const due = async (areaCode: string | null) => {
        const found = await inboxStore.itemsToReview(db, areaCode, { now: NOW, today: TODAY })
        return Object.entries(ids).flatMap(([name, id]) => (found.some((one) => one.bulletinId === id) ? [name] : []))
      }
      const expected = ['mustAir', 'back', 'over', 'named', 'lost']
      expect(await due(null)).toEqual(expected)
      expect(await due(PLACES.commune)).toEqual(expected)
      expect(await due(PLACES.sister)).toEqual([])
      expect(await inboxStore.areasWaitingFor(db, ids.mustAir)).toEqual([])
      await inboxStore.changeItem(db, keyed(ids.mustAir), ['placed'], { state: 'waiting' })
      expect(await inboxStore.areasWaitingFor(db, ids.mustAir)).toEqual([PLACES.commune])
    })

    test('a placement leads from its programme to the bulletin, is replaced as a whole, and goes by itself', async () => {
      const { db } = database()
      const [first, second] = [await approved(), await approved()]
      const { id } = await insertProgramme(db, { rundown: [{ kind: 'inbox' }] })
      await placementStore.savePlacement(db, placementIn(id, first))
      await placementStore.savePlacement(db, placementIn(id, first, { position: 4, isInsisted: 1, placedBy: 'u' }))
      await placementStore.savePlacement(db, placementIn(id, second, { isOrderOnly: 1 }))
      expect(await programmeStore.areasThatAir(db, first)).toEqual([PLACES.commune])
      const placed = await placementStore.placementsFrom(db, [id], TODAY)
      expect(placed.map(({ bulletinId, position, isInsisted }) => [bulletinId, position, isInsisted])).toEqual([
        [second, 0, 0],
        [first, 4, 1],
      ])
      const shown = await placementStore.placementsOf(db, PLACES.commune, first)
      expect(shown).toMatchObject([{ programmeName: 'Bản tin sáng', status: null, startAt: null, placedBy: 'u' }])
      expect(await placementStore.placementsOf(db, PLACES.sister, first)).toEqual([])
      expect(await placementStore.placementsOf(db, PLACES.commune, second)).toEqual([])
      await placementStore.removePlacement(db, first, { programmeId: id, originalDate: TODAY })
      expect(await placementStore.placementsOf(db, PLACES.commune, first)).toEqual([])
    })

    test('what is void leaves the sessions to come; what has begun keeps what it said', async () => {
      const { db } = database()
      const [fine, expired] = [await approved(), await approved({ expiresOn: '2026-11-22' })]
      const { id: withdrawn } = await insertBulletin(db)
      const programme = await insertProgramme(db, { rundown: [{ kind: 'inbox' }] })
      const days = { '2026-11-21': NOW - 1, '2026-11-24': NOW + 1 }
      for (const [originalDate, startAt] of Object.entries(days)) {
        for (const bulletinId of [fine, expired, withdrawn])
          await placementStore.savePlacement(db, placementIn(programme.id, bulletinId, { originalDate }))
        await broadcastStore.insertBroadcast(db, broadcastOf(programme, { originalDate, startAt, endAt: startAt + 1 }))
      }
      const left = async () =>
        (await placementStore.placementsFrom(db, [programme.id], '2026-11-01')).map(
          (one) => `${one.originalDate} ${one.bulletinId}`,
        )
      await placementStore.clearVoid(db, PLACES.sister, { now: NOW, today: TODAY })
      expect(await left()).toHaveLength(6)
      await placementStore.clearVoid(db, PLACES.commune, { now: NOW, today: TODAY })
      const begun = [fine, expired, withdrawn].map((one) => `2026-11-21 ${one}`).sort()
      expect((await left()).sort()).toEqual([...begun, `2026-11-24 ${fine}`])
      await placementStore.clearPlacements(db, fine, [PLACES.commune], NOW)
      expect((await left()).sort()).toEqual(begun)
    })

    test('a bulletin is over when a session with it that began since is closed', async () => {
      const { db } = database()
      const id = await approved()
      const programme = await insertProgramme(db, { rundown: [{ kind: 'inbox' }] })
      await placementStore.savePlacement(db, placementIn(programme.id, id))
      const broadcast = broadcastOf(programme, { items: [await itemOf(id)], startAt: 500 })
      await broadcastStore.insertBroadcast(db, broadcast)
      expect(await overSince(db, PLACES.commune, id, 500)).toBe(false)
      await broadcastStore.closePlanned(db, broadcast.id, 600)
      expect(await overSince(db, PLACES.commune, id, 500)).toBe(true)
      expect(await overSince(db, PLACES.commune, id, 501)).toBe(false)
      expect(await overSince(db, PLACES.sister, id, 500)).toBe(false)
    })
  })
