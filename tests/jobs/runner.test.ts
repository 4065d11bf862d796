import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type Bus, createBus } from '../../controller/bus.ts'
import type { Clock } from '../../controller/clock.ts'
import { type Database, migrate, openDatabase } from '../../controller/db/open.ts'
import { transact } from '../../controller/db/transact.ts'
import type { NewId } from '../../controller/ids.ts'
import { randomId } from '../../controller/ids.ts'
import { enqueueJob } from '../../controller/jobs/enqueue.ts'
import { exponential, type Job, type JobDefinition, type JobKind, type JobOutcome } from '../../controller/jobs/job.ts'
import { isGone, leaseOwner } from '../../controller/jobs/lease-owner.ts'
import { type JobRegistry, JobRunner, type Lanes } from '../../controller/jobs/runner.ts'
import { createLogger, type Logger } from '../../controller/logger.ts'
import { FakeClock } from '../support/fake-clock.ts'

interface Ctx {
  readonly db: Database['db']
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
  readonly newId: NewId
}
type Run = (job: Job<{ name: string }>, signal: AbortSignal) => Promise<JobOutcome>

const LANES: Lanes = { heavy: { kinds: ['speak', 'mix'], width: 1 }, light: { kinds: ['report-source'], width: 2 } }
const DONE: JobOutcome = { kind: 'done' }
let clock: FakeClock
let ctx: Ctx
let givenUp: string[]
const runners: JobRunner<Ctx>[] = []

beforeEach(async () => {
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' })
  await migrate(database)
  const log = createLogger('silent')
  clock = new FakeClock(1_000_000)
  givenUp = []
  ctx = { db: database.db, bus: createBus(log), clock, log, newId: randomId }
})
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner[Symbol.asyncDispose]()
  await ctx.db.destroy()
})

async function start(run: Run, set: Partial<JobDefinition<{ name: string }, Ctx>> = {}): Promise<JobRunner<Ctx>> {
  const definition = (kind: JobKind): JobDefinition<{ name: string }, Ctx> => ({
    kind,
    payload: z.object({ name: z.string() }),
    timeoutMs: 60_000,
    attempts: 3,
    backoff: exponential({ firstMs: 2_000, maxMs: 60_000 }),
    run: (job, _ctx, signal) => run(job, signal),
    onGivenUp: async (_tx, payload, reason) => void givenUp.push(`${payload.name}: ${reason}`),
    ...set,
  })
  const registry: JobRegistry<Ctx> = {
    speak: definition('speak'),
    mix: definition('mix'),
    encode: definition('encode'),
    'cut-speech': definition('cut-speech'),
    'make-chime': definition('make-chime'),
    ingest: definition('ingest'),
    'plan-station': definition('plan-station'),
    'review-inbox': definition('review-inbox'),
    'report-source': definition('report-source'),
    'grant-cluster': definition('grant-cluster'),
  }
  const runner = new JobRunner(ctx, registry, LANES)
  runners.push(runner)
  ctx.bus.on('job.enqueued', () => runner.wake())
  await runner.start()
  return runner
}
const enqueue = (name: string, kind: JobKind = 'speak') =>
  transact(ctx, (tx) => enqueueJob(ctx, tx, { kind, key: name, payload: { name } }))
const rowOf = (name: string) =>
  ctx.db.selectFrom('job').selectAll().where('dedupeKey', '=', name).executeTakeFirstOrThrow()
/** Never ends by itself, as a hanging engine does. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

test('a job is run soon after its transaction, and its result is written together with its end', async () => {
  await start(
    async ({ payload }) => ({
      kind: 'done',
      commit: async (tx) => {
        if (payload.name === 'a') await enqueueJob(ctx, tx, { kind: 'mix', key: 'after-a', payload: { name: 'next' } })
      },
    }),
    { attempts: 1 },
  )
  await enqueue('a', 'report-source')
  await clock.advance(0)
  expect(await rowOf('a')).toMatchObject({ state: 'done', attempts: 1, leaseOwner: null })
  expect((await rowOf('after-a')).kind).toBe('mix')
})

test('an attempt that throws or asks for another is repeated after 2, 4, … seconds, then given up with its reason', async () => {
  const at: number[] = []
  await start(async ({ attempt, isLastAttempt }) => {
    at.push(clock.now() - 1_000_000)
    expect(isLastAttempt).toBe(attempt === 3)
    if (attempt === 1) throw new Error('engine crashed')
    return { kind: 'retry', reason: `try ${attempt} failed` }
  })
  await enqueue('a')
  await clock.advance(1_900)
  expect(at).toEqual([0])
  expect(await rowOf('a')).toMatchObject({ state: 'waiting', lastError: 'engine crashed' })
  await clock.advance(60_000)
  expect(at).toHaveLength(3)
  expect(at[1]).toBeGreaterThanOrEqual(2_000)
  expect((at[2] ?? 0) - (at[1] ?? 0)).toBeGreaterThanOrEqual(4_000)
  expect(await rowOf('a')).toMatchObject({ state: 'failed', lastError: 'try 3 failed', attempts: 3 })
  expect(givenUp).toEqual(['a: try 3 failed'])
})

test('a refusal for good is not tried again', async () => {
  let runs = 0
  await start(async () => {
    runs += 1
    return { kind: 'failed', reason: 'no such version' }
  })
  await enqueue('a')
  await clock.advance(120_000)
  expect(runs).toBe(1)
  expect(givenUp).toEqual(['a: no such version'])
})

test('a job that killed its process in every try is given up without another', async () => {
  await enqueue('poison')
  await ctx.db
    .updateTable('job')
    .set({ attempts: 3, leaseOwner: 'elsewhere/1/boot', leasedUntil: clock.now() + 5_000 })
    .execute()
  let runs = 0
  await start(async () => {
    runs += 1
    return DONE
  })
  await clock.advance(4_000)
  expect((await rowOf('poison')).state).toBe('waiting')
  await clock.advance(3_000)
  expect(runs).toBe(0)
  expect(await rowOf('poison')).toMatchObject({ state: 'failed' })
  expect(givenUp).toEqual(['poison: ended without an answer too often'])
})

test('a payload that nobody understands fails at once and does not hold up what follows', async () => {
  const ran: string[] = []
  await enqueue('bad')
  await enqueue('broken')
  await ctx.db.updateTable('job').set({ payloadJson: '{"name":7}' }).where('dedupeKey', '=', 'bad').execute()
  await ctx.db.updateTable('job').set({ payloadJson: '{' }).where('dedupeKey', '=', 'broken').execute()
  await enqueue('good')
  await start(async ({ payload }) => {
    ran.push(payload.name)
    return DONE
  })
  await clock.advance(1_000)
  expect(ran).toEqual(['good'])
  expect([(await rowOf('bad')).state, (await rowOf('broken')).state]).toEqual(['failed', 'failed'])
})

test('a long job keeps its lease; one that takes longer than it may is aborted and tried again', async () => {
  const reasons: string[] = []
  await start(
    (_job, signal) =>
      untilAborted(signal).catch((err: Error) => {
        reasons.push(err.message)
        throw err
      }),
    { timeoutMs: 90_000 },
  )
  await enqueue('long')
  await clock.advance(80_000)
  const row = await rowOf('long')
  expect(row.attempts).toBe(1)
  expect(row.leasedUntil).toBeGreaterThan(clock.now())
  await clock.advance(21_000)
  expect(reasons).toEqual(['took longer than 90000 ms'])
  expect(await rowOf('long')).toMatchObject({ state: 'waiting', lastError: 'took longer than 90000 ms' })
})

test('a run whose lease was lost is aborted, and what it found out does not stand', async () => {
  let aborted = ''
  await start(async (job, signal) => {
    await untilAborted(signal).catch((err: Error) => {
      aborted = err.message
    })
    return { kind: 'done', commit: (tx) => tx.event('bulletin.changed', `stale ${job.payload.name}`) }
  })
  await enqueue('a')
  await clock.advance(1_000)
  await ctx.db.updateTable('job').set({ leaseOwner: 'thief' }).execute()
  await clock.advance(10_000)
  expect(aborted).toBe('lease lost')
  expect(await rowOf('a')).toMatchObject({ state: 'waiting', leaseOwner: 'thief' })
  expect(await ctx.db.selectFrom('event').selectAll().execute()).toEqual([])
})

test('work that is enqueued anew while it runs is run once more, and only the second result stands', async () => {
  let runs = 0
  await start(async () => {
    runs += 1
    const run = runs
    if (run === 1) await enqueue('a')
    return { kind: 'done', commit: (tx) => tx.event('bulletin.changed', `run ${run}`) }
  })
  await enqueue('a')
  await clock.advance(2_000)
  expect(runs).toBe(2)
  const events = await ctx.db.selectFrom('event').select('ref').execute()
  expect(events).toEqual([{ ref: 'run 2' }])
})

test('a commit that fails leaves nothing of the run but another try', async () => {
  await start(async ({ attempt }) => ({
    kind: 'done',
    commit: async (tx) => {
      await tx.event('bulletin.changed', `try ${attempt}`)
      if (attempt === 1) throw new Error('constraint')
    },
  }))
  await enqueue('a')
  await clock.advance(10_000)
  expect(await rowOf('a')).toMatchObject({ state: 'done', attempts: 2 })
  expect(await ctx.db.selectFrom('event').select('ref').execute()).toEqual([{ ref: 'try 2' }])
})

test('stopping aborts what runs and gives its lease back at once, the try not counted', async () => {
  const runner = await start((_job, signal) => untilAborted(signal))
  await enqueue('a')
  await clock.advance(1_000)
  expect(runner.running).toBe(1)
  await runner[Symbol.asyncDispose]()
  expect(await rowOf('a')).toMatchObject({
    state: 'waiting',
    attempts: 0,
    leasedUntil: 0,
    leaseOwner: null,
    lastError: null,
  })
})

test('a lane takes one heavy job at a time and never holds up the light ones', async () => {
  const running = new Set<string>()
  let mostHeavy = 0
  await start(async ({ payload }, signal) => {
    running.add(payload.name)
    mostHeavy = Math.max(mostHeavy, [...running].filter((name) => name.startsWith('heavy')).length)
    if (payload.name.startsWith('heavy')) await clock.sleep(5_000, signal)
    running.delete(payload.name)
    return DONE
  })
  for (const n of [1, 2]) await enqueue(`heavy-${n}`)
  for (const n of [1, 2, 3]) await enqueue(`light-${n}`, 'report-source')
  await clock.advance(1_500)
  for (const n of [1, 2, 3]) expect((await rowOf(`light-${n}`)).state).toBe('done')
  expect((await rowOf('heavy-2')).state).toBe('waiting')
  await clock.advance(12_000)
  expect((await rowOf('heavy-2')).state).toBe('done')
  expect(mostHeavy).toBe(1)
})

test('two runners share one queue and run nothing twice', async () => {
  const runs = new Map<string, number>()
  const run: Run = async ({ payload }, signal) => {
    runs.set(payload.name, (runs.get(payload.name) ?? 0) + 1)
    await clock.sleep(700, signal)
    return DONE
  }
  await Promise.all([start(run), start(run)])
  const names = Array.from({ length: 20 }, (_, n) => `job-${n}`)
  for (const name of names) await enqueue(name)
  await clock.advance(30_000)
  expect(Object.fromEntries(runs)).toEqual(Object.fromEntries(names.map((name) => [name, 1])))
})

test('leases of processes of this machine that are gone are taken up at start, others when they expire', async () => {
  await enqueue('orphan')
  const gone = leaseOwner('boot_1').replace(`/${process.pid}/`, '/4194303/')
  await ctx.db
    .updateTable('job')
    .set({ leaseOwner: gone, leasedUntil: clock.now() + 30_000, attempts: 1 })
    .execute()
  await start(async () => DONE)
  await clock.advance(0)
  expect(await rowOf('orphan')).toMatchObject({ state: 'done', attempts: 2 })
})

test('only owners of this machine can be seen to be gone', () => {
  const here = leaseOwner('boot_1').split('/')[0]
  const alive = (pid: number) => pid === 4_000
  expect(isGone(`${here}/4000/boot`, alive)).toBe(false)
  expect(isGone(`${here}/4001/boot`, alive)).toBe(true)
  expect(isGone(`${here}/${process.pid}/boot`, () => true)).toBe(true)
  expect(isGone('elsewhere/4001/boot', alive)).toBe(false)
  expect(isGone(leaseOwner('x').replace(`/${process.pid}/`, '/1/'))).toBe(false)
})
