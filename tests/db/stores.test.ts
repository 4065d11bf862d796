import { beforeAll, describe, expect, test } from 'vitest'
import type { EventKind } from '#protocol/stream.ts'
import * as areaStore from '../../controller/areas/areas.store.ts'
import { createBus } from '../../controller/bus.ts'
import * as eventStore from '../../controller/db/events.store.ts'
import { migrate } from '../../controller/db/open.ts'
import { transact } from '../../controller/db/transact.ts'
import { createLogger } from '../../controller/logger.ts'
import { describeAccountStores } from '../accounts/store-suite.ts'
import { describeAreaStores } from '../areas/store-suite.ts'
import { describeFrameStores } from '../audio/frames-store-suite.ts'
import { describeGarbage } from '../audio/garbage-suite.ts'
import { describeBroadcastStores } from '../broadcasts/store-suite.ts'
import { describeBulletinStores } from '../bulletins/store-suite.ts'
import { describeUsesStore } from '../bulletins/uses-store-suite.ts'
import { describeClusterStores } from '../clusters/store-suite.ts'
import { describeJobStore } from '../jobs/store-suite.ts'
import { describeInboxStores } from '../programmes/inbox/store-suite.ts'
import { describeProgrammeStore } from '../programmes/store-suite.ts'
import { describePlayedReport } from '../reports/store-suite.ts'
import { describeReportStore } from '../sources/store-suite.ts'
import { describePronunciationStore } from '../speech/pronunciation-store-suite.ts'
import { describeSpeechBudget } from '../speech-google/store-suite.ts'
import { dialects, type Stores, useDatabase } from '../support/dialects.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { describeUploadStore } from '../uploads/store-suite.ts'
import {
  insertBroadcast,
  insertBulletin,
  insertCluster,
  insertPlaces,
  insertProgramme,
  insertVersion,
  newIds,
  PLACES,
} from './rows.ts'

// All stores share one database of each engine: starting PostgreSQL costs more than all its tests together.
for (const dialect of dialects) {
  describe(dialect.name, () => {
    const database = useDatabase(dialect)
    describeAreaStores(database)
    describe('with places', () => {
      beforeAll(() => insertPlaces(database().db))
      describeAccountStores(database)
      describeBulletinStores(database)
      describeProgrammeStore(database)
      describeInboxStores(database)
      describeBroadcastStores(database)
      describeClusterStores(database)
      describeReportStore(database)
      describePlayedReport(database)
      describeUploadStore(database)
      describePronunciationStore(database)
      describeUsesStore(database)
      describeFrameStores(database)
      describeAreasOfEvents(database)
      // Last: it removes whatever others have left unnamed.
      describeGarbage(database)
    })
    describeJobStore(database)
    describeSpeechBudget(database)
    describeEvents(database)

    test('migrating again keeps what is stored', async () => {
      const { last } = await eventStore.eventBounds(database().db)
      await migrate(database())
      expect(last).toBeGreaterThan(0)
      expect((await eventStore.eventBounds(database().db)).last).toBe(last)
    })
  })
}

function describeAreasOfEvents(database: Stores): void {
  describe('areas of events', () => {
    test('an event is of the smallest area that holds all that it concerns, and everybody’s where there is none', async () => {
      const { db } = database()
      const { province, commune, sister, elsewhere } = PLACES
      const areasOf = async (kind: EventKind, ...refs: string[]) =>
        (await eventStore.appendEvents(db, kind, refs, 500)).map(({ areaCode }) => areaCode)

      const cluster = await insertCluster(db, sister)
      const broadcast = await insertBroadcast(db)
      expect(await areasOf('cluster.changed', cluster, 'clu_gone')).toEqual([sister, null])
      expect(await areasOf('programme.changed', broadcast.programmeId)).toEqual([commune])
      expect(await areasOf('broadcast.changed', broadcast.id)).toEqual([commune])
      expect(await areasOf('source-report.changed', broadcast.id)).toEqual([commune])
      expect(await areasOf('rules.changed', cluster, sister, province)).toEqual([sister, sister, province])
      expect(await areasOf('station.changed', sister)).toEqual([sister])
      expect(await areasOf('asset.changed', commune)).toEqual([commune])

      const ofBulletin = async (...targets: string[]) =>
        (await areasOf('bulletin.changed', (await insertBulletin(db, { targets })).id))[0]
      expect(await ofBulletin(commune)).toBe(commune)
      expect(await ofBulletin(province)).toBe(province)
      expect(await ofBulletin(commune, sister)).toBe(province)
      expect(await ofBulletin(commune, province)).toBe(province)
      expect(await ofBulletin(commune, elsewhere)).toBeNull()

      const moved = await insertBulletin(db, { targets: [commune] })
      await insertVersion(db, { id: newIds.version(), bulletinId: moved.id, number: 2, targets: [sister] })
      expect(await areasOf('inbox.changed', moved.id)).toEqual([province])
      const aired = await insertBulletin(db, { targets: [sister] })
      await insertProgramme(db, { rundown: [{ kind: 'bulletin', bulletinId: aired.id }] })
      expect(await areasOf('bulletin.progress', aired.id)).toEqual([province])

      const many = Array.from({ length: 1_001 }, () => cluster)
      expect(await areasOf('cluster.changed', ...many)).toEqual(many.map(() => sister))
    })

    test('changes concern whoever works for an area, for what holds it and for what it holds', async () => {
      const { province, commune, sister, elsewhere, otherProvince } = PLACES
      const heard = async (...codes: string[]) => {
        const areas = await areaStore.areasConcerning(database().db, codes)
        return [province, commune, sister, elsewhere, otherProvince].filter((code) => areas.has(code))
      }
      expect(await heard(commune)).toEqual([province, commune])
      expect(await heard(province)).toEqual([province, commune, sister])
      expect(await heard(sister, elsewhere)).toEqual([province, sister, elsewhere, otherProvince])
      expect(await heard()).toEqual([])
    })
  })
}

function describeEvents(database: Stores): void {
  describe('events', () => {
    const log = createLogger('silent')
    const setUp = () => {
      const bus = createBus(log)
      const told: string[] = []
      bus.on('event.appended', ({ ref }) => void told.push(ref))
      bus.on('job.enqueued', ({ kind }) => void told.push(kind))
      return { ctx: { db: database().db, bus, clock: new FakeClock(500) }, told }
    }

    test('what a transaction has written is told after its commit, in order', async () => {
      const { ctx, told } = setUp()
      const { last } = await eventStore.eventBounds(ctx.db)
      await transact(ctx, async (tx) => {
        await tx.event('cluster.changed', 'clu_a')
        tx.tell('job.enqueued', { kind: 'speak' })
        await tx.event('bulletin.changed', 'bul_b')
        expect(told).toEqual([])
      })
      expect(told).toEqual(['clu_a', 'speak', 'bul_b'])
      const events = await eventStore.eventsAfter(ctx.db, last, 10)
      expect(events.map(({ kind, ref, at }) => [kind, ref, at])).toEqual([
        ['cluster.changed', 'clu_a', 500],
        ['bulletin.changed', 'bul_b', 500],
      ])
      expect((await eventStore.eventsAfter(ctx.db, last, 1)).map((event) => event.ref)).toEqual(['clu_a'])
    })

    test('a transaction that fails leaves nothing and tells nobody', async () => {
      const { ctx, told } = setUp()
      const before = await eventStore.eventBounds(ctx.db)
      const failing = transact(ctx, async (tx) => {
        await tx.event('cluster.changed', 'clu_a')
        throw new Error('on purpose')
      })
      await expect(failing).rejects.toThrow('on purpose')
      expect(told).toEqual([])
      expect((await eventStore.eventBounds(ctx.db)).last).toBe(before.last)
    })

    test('forgotten events raise the lower bound, and numbers are never used again', async () => {
      const { ctx } = setUp()
      const { last } = await eventStore.eventBounds(ctx.db)
      await eventStore.forgetEvents(ctx.db, 501)
      expect(await eventStore.eventBounds(ctx.db)).toEqual({ first: 0, last: 0 })
      await transact(ctx, (tx) => tx.event('station.changed', '31813'))
      expect((await eventStore.eventBounds(ctx.db)).first).toBeGreaterThan(last)
    })
  })
}
