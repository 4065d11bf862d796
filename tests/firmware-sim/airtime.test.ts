import fc from 'fast-check'
import { test } from 'vitest'
import { circumstances, occurrences, settings, silences } from '../support/air-plans.ts'
import { expectAsForetold } from './support/prediction.ts'

const plan = fc
  .record({ occurrences, settings, silences })
  .map(({ settings: rest, ...given }) => ({ ...given, settings: { ...rest, silences: given.silences } }))

test('a simulated cluster plays a random plan as the model foretells', async () => {
  await fc.assert(
    fc.asyncProperty(plan, (given) => expectAsForetold({ ...given, circumstances: {} })),
    { numRuns: 12 },
  )
}, 60_000)

test('a simulated cluster does as the model foretells when power, clock, audio or plan fail', async () => {
  await fc.assert(
    fc.asyncProperty(plan, circumstances, (given, how) => expectAsForetold({ ...given, circumstances: how })),
    { numRuns: 12 },
  )
}, 60_000)
