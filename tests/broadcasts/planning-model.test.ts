import fc from 'fast-check'
import { expect, test } from 'vitest'
import { migrate, openDatabase } from '../../controller/db/open.ts'
import { insertPlaces, PLACES } from '../db/rows.ts'
import { createPlanner, planWaiting } from '../support/planner.ts'
import { deeds } from './planning/deeds.ts'
import { expectAsThoughtOut, expectOneHistory, plannedAgain } from './planning/expectations.ts'
import { type Expected, expectedSessions } from './planning/expected.ts'
import { type Found, findPlanned } from './planning/found.ts'
import { openWorld, perform, type World } from './planning/world.ts'

/** Monday 23 November 2026, 08:15 in Việt Nam. */
const MORNING = Date.UTC(2026, 10, 23, 1, 15)

test('whatever people say and however time passes, what is planned is what they have said, thought out afresh', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (done) => {
      await using opened = await openStation()
      const { world } = opened
      let expected: Expected = new Map()
      let before: Found | null = null
      for (const deed of done) {
        await perform(world, deed)
        await planWaiting(world.planner)
        expected = expectedSessions(world, expected)
        const found = await findPlanned(world)
        expectAsThoughtOut(world, found, expected)
        if (before) expectOneHistory(before, found)
        before = found
        const again = await plannedAgain(world)
        expectAsThoughtOut(world, again, expected)
        expect(await plannedAgain(world)).toEqual(again)
      }
    }),
    { numRuns: 15 },
  )
}, 60_000)

async function openStation(): Promise<{ world: World } & AsyncDisposable> {
  const database = openDatabase({ kind: 'sqlite', file: ':memory:' })
  await migrate(database)
  await insertPlaces(database.db)
  const planner = await createPlanner(database.db, { now: MORNING })
  const world = await openWorld(planner, PLACES.commune)
  return { world, [Symbol.asyncDispose]: () => database.db.destroy() }
}
