import type { ClusterStatus } from '#protocol/messages.ts'

/** A valid status; `volume` tells one from another. */
export const statusOf = (volume: number): ClusterStatus => ({
  at: 1_750_000_000_000,
  planVersion: 0,
  upcoming: [],
  clock: { offsetMs: 0, synchronised: true },
  volume,
  firmware: 'test',
})
