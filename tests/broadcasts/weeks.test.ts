import { expect, test } from 'vitest'
import { simulateProvince } from '../bench/year/simulate.ts'

const NONE = { wrongHour: 0, unplanned: 0, double: 0, unledgered: 0, leftOpen: 0, misreported: 0, unknown: 0 }

test('weeks of edits, outages, restarts and wrong clocks: nothing sounds at a wrong hour or twice, and the ledger knows all of it', async () => {
  const { faults, examples, plays, edits, restarts } = await simulateProvince({
    stations: 5,
    clustersEach: 6,
    days: 14,
    seed: 20261123,
  })
  expect({ ...faults, examples }).toEqual({ ...NONE, examples: [] })
  expect(plays).toBeGreaterThan(500)
  expect(Object.values(edits).reduce((sum, n) => sum + n)).toBeGreaterThan(5)
  expect(restarts).toBeGreaterThan(10)
}, 60_000)
