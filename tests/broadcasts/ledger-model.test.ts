import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BroadcastId, ClusterId } from '#protocol/ids.ts'
import type { JournalEntry } from '#protocol/messages.ts'
import * as broadcastStore from '../../controller/broadcasts/broadcasts.store.ts'
import { callOff } from '../../controller/broadcasts/call-off.ts'
import { closeOverdue } from '../../controller/broadcasts/close.ts'
import { MAX_LATE_MS } from '../../controller/broadcasts/compile-plan.ts'
import * as deliveryStore from '../../controller/broadcasts/deliveries.store.ts'
import { isFinal } from '../../controller/broadcasts/reconcile.ts'
import { createBus } from '../../controller/bus.ts'
import { JournalRecorder } from '../../controller/clusters/journal-recorder.ts'
import { parseConfig } from '../../controller/config.ts'
import { type Database, migrate, openDatabase } from '../../controller/db/open.ts'
import { transact } from '../../controller/db/transact.ts'
import { randomId } from '../../controller/ids.ts'
import { createLogger } from '../../controller/logger.ts'
import { broadcastOf, insertCluster, insertPlaces, insertProgramme, newIds } from '../db/rows.ts'
import { FakeClock } from '../support/fake-clock.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 23, 22, 30)
const END = START + 10 * MINUTE
const ENDS = ['finished', 'interrupted', 'skipped', 'refused'] as const
const config = parseConfig({})
const OVERDUE = END + MAX_LATE_MS + config.ledgerGraceMs + 1

let database: Database
let programme: Awaited<ReturnType<typeof insertProgramme>>
let days = 0
beforeAll(async () => {
  database = openDatabase({ kind: 'sqlite', file: ':memory:' })
  await migrate(database)
  await insertPlaces(database.db)
  programme = await insertProgramme(database.db)
})
afterAll(() => database.db.destroy())

/** A batch of one cluster's log, as it may come: early, late, twice, before what it follows. */
interface Told {
  readonly cluster: number
  readonly log: 'log00001' | 'log00002'
  readonly entries: readonly Omit<JournalEntry, 'occurrenceId'>[]
}
const entry = fc.record({
  seq: fc.integer({ min: 1, max: 8 }),
  kind: fc.constantFrom('armed', 'started', ...ENDS),
  at: fc.integer({ min: START - MINUTE, max: END + MINUTE }),
  ms: fc.constantFrom(0, 5 * MINUTE, 10 * MINUTE),
  offsetMs: fc.constantFrom(20, 5_000),
  audible: fc.boolean(),
})
/** One log says one thing under one number, however often it is sent. */
const log = fc.uniqueArray(entry, { selector: ({ seq }) => seq, maxLength: 5 })
const batches = fc
  .tuple(
    ...(['log00001', 'log00002'] as const).flatMap((name) =>
      [0, 1].map((cluster) => log.map((all) => ({ name, cluster, all }))),
    ),
  )
  .chain((logs) => {
    const told = logs.flatMap(({ name, cluster, all }) =>
      all.map((one): Told => ({ cluster, log: name, entries: [{ ...one, bootId: `${name}-${cluster}` }] })),
    )
    return fc.shuffledSubarray([...told, ...told])
  })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant('tell' as const) },
  { weight: 2, arbitrary: fc.constant('tick' as const) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
  { weight: 1, arbitrary: fc.constant('call-off' as const) },
  { weight: 2, arbitrary: fc.constantFrom(START - MINUTE, START + MINUTE, END, OVERDUE) },
)

/** A controller over the shared database that can be stopped and started again. */
function openLedger(broadcastId: BroadcastId) {
  const clock = new FakeClock(START - 60 * MINUTE)
  const log = createLogger('silent')
  const bus = createBus(log)
  const source = { name: 'Nguồn', deliver: async () => ({ kind: 'taken' as const }) }
  const devices = { publish: async () => {} }
  const ffmpeg = { encoders: new Set(['libmp3lame']) }
  const ctx = { db: database.db, bus, clock, log, newId: randomId, config, source, devices, ffmpeg }
  let recorder = new JournalRecorder(ctx)
  return {
    clock,
    tick: () => closeOverdue(ctx),
    restart: async () => {
      await recorder[Symbol.asyncDispose]()
      recorder = new JournalRecorder(ctx)
    },
    tell: async (clusterId: ClusterId, { log: logId, entries }: Told) => {
      recorder.record(clusterId, { logId, entries: entries.map((one) => ({ ...one, occurrenceId: broadcastId })) })
      await recorder.settled()
    },
    callOff: () =>
      transact(ctx, (tx) => callOff(tx.db, broadcastId, { by: 'person', byName: 'Anh Ba', at: clock.now() })),
  }
}

async function plan(): Promise<{ id: BroadcastId; clusters: readonly ClusterId[] }> {
  const clusters = [await insertCluster(database.db), await insertCluster(database.db)]
  const sha256 = 'a'.repeat(64)
  const item = { ...newItem, bulletinId: newIds.bulletin(), versionId: newIds.version(), sha256, ms: END - START }
  const originalDate = new Date(START + days++ * 1_440 * MINUTE).toISOString().slice(0, 10)
  const broadcast = broadcastOf(programme, { originalDate, startAt: START, endAt: END })
  await broadcastStore.insertBroadcast(database.db, broadcast)
  // Its audio is not asked for here, so no file stands behind it.
  await database.db
    .updateTable('broadcast')
    .set({ itemsJson: JSON.stringify([item]) })
    .where('id', '=', broadcast.id)
    .execute()
  await deliveryStore.insertDeliveries(database.db, broadcast.id, clusters, START - 60 * MINUTE)
  return { id: broadcast.id, clusters }
}
const newItem = { versionNumber: 1, title: 'Bản tin', language: 'vi', bytes: 1, codec: 'mp3' as const }

test('whatever is told, in whatever order: after the grace time each delivery has one end, and unknown is what no journal tells of', async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.array(step, { maxLength: 12 }), async (told, steps) => {
      const { id, clusters } = await plan()
      const ledger = openLedger(id)
      const waiting = [...told]
      const heard: Told[] = []
      let calledOff = false
      const tell = async (): Promise<void> => {
        const next = waiting.shift()
        const clusterId = next && clusters[next.cluster]
        if (!clusterId) return
        heard.push(next)
        await ledger.tell(clusterId, next)
      }
      const check = async (): Promise<void> => {
        const broadcast = await broadcastStore.findBroadcast(database.db, id)
        expect(broadcast?.status).toBe(calledOff ? 'cancelled' : 'closed')
        if (!calledOff) expect(broadcast?.reportRevision).toBeGreaterThan(0)
        const rows = await deliveryStore.outcomesOf(database.db, id, clusters)
        for (const [cluster, clusterId] of clusters.entries()) {
          const row = rows.get(clusterId)
          if (!row) throw new Error('a ledger row does not vanish')
          expect(isFinal(row.state)).toBe(true)
          const entries = heard.filter((one) => one.cluster === cluster).flatMap((one) => one.entries)
          const kinds = new Set(entries.map(({ kind }) => kind))
          const hasSounded = kinds.has('finished') || kinds.has('interrupted')
          if (!calledOff) expect(row.state === 'unknown').toBe(!ENDS.some((kind) => kinds.has(kind)))
          // What was really heard does not vanish with the session; what was not is nobody's fault any more.
          else if (row.reason === 'cancelled-here') expect(hasSounded && isAudible(entries)).toBe(false)
          else expect(hasSounded || kinds.has('started') || endedBeforeCall.has(cluster)).toBe(true)
        }
      }
      const endedBeforeCall = new Set<number>()
      for (const next of steps) {
        if (next === 'tell') await tell()
        else if (next === 'tick') await ledger.tick()
        else if (next === 'restart') await ledger.restart()
        else if (next === 'call-off') {
          const rows = await deliveryStore.outcomesOf(database.db, id, clusters)
          if (!(await ledger.callOff())) continue
          calledOff = true
          for (const [cluster, clusterId] of clusters.entries()) {
            const row = rows.get(clusterId)
            if (row && isFinal(row.state)) endedBeforeCall.add(cluster)
          }
        } else await ledger.clock.set(Math.max(next, ledger.clock.now()))
      }
      await ledger.clock.set(Math.max(OVERDUE, ledger.clock.now()))
      await ledger.tick()
      await check()
      while (waiting.length > 0) await tell()
      await ledger.tick()
      await check()
    }),
    { numRuns: 150 },
  )
})

/** The last word on whether it sounded, as the ledger takes it. */
function isAudible(entries: Told['entries']): boolean {
  const ends = entries.filter(({ kind }) => kind === 'finished')
  const last = [...ends].sort((a, b) => a.at - b.at || a.seq - b.seq || (a.bootId < b.bootId ? -1 : 1)).at(-1)
  // A stream that never came has been heard by nobody.
  return last === undefined || (last.audible === true && last.ms !== 0)
}
