import { beforeAll, describe, expect, test } from 'vitest'
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
import { insertPlaces } from './rows.ts'

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
