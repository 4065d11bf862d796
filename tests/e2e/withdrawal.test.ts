import { expect, test } from 'vitest'
import { withdrawalBench } from '../bench/withdrawal.ts'

test('sixty clusters of four communes hold plans without a withdrawn bulletin within a minute', async () => {
  const { clusters, lastMs } = await withdrawalBench({ communes: 4, clustersEach: 15 })
  expect(clusters).toBe(60)
  expect(lastMs).toBeLessThan(60_000)
}, 240_000)
