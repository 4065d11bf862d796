import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planStation } from '../../controller/broadcasts/plan-station.ts'
import { createBus } from '../../controller/bus.ts'
import { type Database, migrate, openDatabase } from '../../controller/db/open.ts'
import { transact } from '../../controller/db/transact.ts'
import { createLogger } from '../../controller/logger.ts'
import { insertPlaces, PLACES } from '../db/rows.ts'
import { startChild } from '../support/child-program.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { createPlanner, type Planner, planWaiting } from '../support/planner.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { requireProgram, withProgram } from '../support/programs.ts'
import { changes, type Deed } from './planning/deeds.ts'
import { expectAsThoughtOut, expectOneHistory, plannedAgain } from './planning/expectations.ts'
import { type Expected, expectedSessions } from './planning/expected.ts'
import { findPlanned } from './planning/found.ts'
import { openWorld, perform, type World } from './planning/world.ts'

/** Monday 23 November 2026, 08:15 in Việt Nam. */
const MORNING = Date.UTC(2026, 10, 23, 1, 15)

/** What is done while controllers plan, over and over again. */
const rounds = fc.array(fc.array(changes, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 })

test('two controllers that share a database plan what one alone would have planned, each session once (SQLite)', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (all) => {
      const database = openDatabase({ kind: 'sqlite', file: ':memory:' })
      await race([database], all)
      await database.db.destroy()
    }),
    { numRuns: 12 },
  )
}, 60_000)

describe.skipIf(!requireProgram('postgres'))(withProgram('over a PostgreSQL server', 'postgres'), () => {
  let server: Postgres
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test('two transactions that wait for each other both get through', async () => {
    await using first = disposable(openDatabase({ kind: 'postgres', url: server.url }))
    await using second = disposable(openDatabase({ kind: 'postgres', url: server.url }))
    await sql`create table tally (name text primary key, n integer)`.execute(first.db)
    await sql`insert into tally values ('a', 0), ('b', 0)`.execute(first.db)
    const bothHaveBegun = meeting(2)
    const count = ({ db }: Database, names: readonly string[]) =>
      transact({ db, bus: createBus(createLogger('silent')), clock: new FakeClock(MORNING) }, async (tx) => {
        for (const name of names) {
          await sql`update tally set n = n + 1 where name = ${name}`.execute(tx.db)
          await bothHaveBegun()
        }
      })
    await Promise.all([count(first, ['a', 'b']), count(second, ['b', 'a'])])
    expect((await sql`select * from tally order by name`.execute(first.db)).rows).toEqual([
      { name: 'a', n: 2 },
      { name: 'b', n: 2 },
    ])
  })

  test('two controllers with connections of their own plan what one alone would have planned, each session once', async () => {
    await using first = disposable(openDatabase({ kind: 'postgres', url: server.url }))
    await using second = disposable(openDatabase({ kind: 'postgres', url: server.url }))
    await race([first, second], [...fc.sample(rounds, { numRuns: 6, seed: 11 }).flat(), ...BUSY])
  }, 60_000)
})

test('two processes that plan without end over one SQLite file plan each session once, and versions have no gap', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loa-two-'))
  const file = join(folder, 'loa.db')
  try {
    await using database = disposable(openDatabase({ kind: 'sqlite', file }))
    const world = await prepare(database)
    const script = 'tests/broadcasts/planning/endless-planner.ts'
    const args = [file, String(MORNING), PLACES.commune]
    {
      await using one = startChild(script, ['one', ...args])
      await using other = startChild(script, ['other', ...args])
      await Promise.all([one.line(/planning/), other.line(/planning/)])
      for (const deed of [...fc.sample(changes, { numRuns: 30, seed: 5 }), ...BUSY.flat()]) await perform(world, deed)
      await Promise.all([one.line(/planned 20$/), other.line(/planned 20$/)])
    }
    await planWaiting(world.planner)
    expectAsThoughtOut(world, await findPlanned(world), expectedSessions(world, new Map()))
    expect((await plannedAgain(world)).planRevision).toBe((await plannedAgain(world)).planRevision)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)

const daily = { kind: 'create', startsIn: 0, rule: 'FREQ=DAILY', without: null } as const
/** Enough to plan and to undo that planners meet each other. */
const BUSY: readonly (readonly Deed[])[] = [
  [
    { ...daily, time: '17:00', bulletins: [0, 1] },
    { ...daily, time: '05:30', bulletins: [2] },
    { kind: 'cancel', session: 3 },
    { kind: 'enrol' },
    { kind: 'cancel', session: 5 },
  ],
  [
    { kind: 'update', programme: 0, startsIn: 0, time: '11:00', rule: 'FREQ=DAILY', bulletins: [1, 3], without: 1 },
    { kind: 'cancel', session: 1 },
    { kind: 'withdraw', bulletin: 1 },
    { kind: 'cancel', session: 2 },
    { kind: 'end', programme: 1 },
    { kind: 'approve', bulletin: 1 },
  ],
]

async function prepare(database: Database): Promise<World> {
  await migrate(database)
  await insertPlaces(database.db)
  return openWorld(await createPlanner(database.db, { now: MORNING, name: 'a' }), PLACES.commune)
}

/** Edits while two planners, each over its own database handle if there are two, plan the station without pause. */
async function race([first, second = first]: readonly Database[], all: readonly (readonly Deed[])[]): Promise<void> {
  if (!first || !second) throw new Error('a race needs a database')
  const world = await prepare(first)
  const { clock } = world.planner
  const planners = [world.planner, await createPlanner(second.db, { now: MORNING, name: 'b', clock })]
  const written = new Map<string, number>()
  for (const { bus } of planners)
    bus.on('plan.changed', ({ clusterId }) => void written.set(clusterId, (written.get(clusterId) ?? 0) + 1))
  let expected: Expected = new Map()
  let before = await findPlanned(world)
  for (const deeds of all) {
    let isOver = false
    const planning = planners.map(async (planner) => {
      while (!isOver) await planOnce(planner)
    })
    for (const deed of deeds) await perform(world, deed)
    isOver = true
    await Promise.all(planning)
    await planWaiting(world.planner)
    expected = expectedSessions(world, expected)
    const found = await findPlanned(world)
    expectAsThoughtOut(world, found, expected)
    expectOneHistory(before, found)
    // Nothing was written over: each version came about once.
    expect(written).toEqual(found.versions)
    before = found
    await perform(world, { kind: 'wait', hours: 7 })
  }
}

/** Whoever is overtaken too often tries again later, as its job would. */
async function planOnce(planner: Planner): Promise<void> {
  await planStation(planner, { areaCode: PLACES.commune }).catch((error: unknown) => {
    if (!(error instanceof Error && /by somebody else/.test(error.message))) throw error
  })
  await new Promise((resolve) => setImmediate(resolve))
}

/** Whoever comes waits until so many have come; those after them do not wait. */
function meeting(size: number): () => Promise<void> {
  let begin = (): void => {}
  const met = new Promise<void>((resolve) => {
    begin = resolve
  })
  let come = 0
  return () => {
    come += 1
    if (come === size) begin()
    return met
  }
}

const disposable = (database: Database): Database & AsyncDisposable => ({
  ...database,
  [Symbol.asyncDispose]: () => database.db.destroy(),
})
