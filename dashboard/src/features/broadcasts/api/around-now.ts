import { queryOptions } from '@tanstack/react-query'
import { BroadcastSummary } from '#protocol/http/broadcasts.ts'
import { pageOf } from '#protocol/http/common.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Page = pageOf(BroadcastSummary)
const HOUR = 3_600_000
/** What is still on air began within the first: no session takes longer. */
const BACK_HOURS = [3, 12, 48]
const AHEAD_HOURS = 8 * 24
const PAGES = 5

/**
 * Sessions before and after `now` (epoch milliseconds) by start: ever further back until `lastCount` are closed, since a list
 * goes forwards only and one day of a province fills more than a page.
 */
export const aroundNowQuery = (now: number, lastCount: number) =>
  queryOptions({
    queryKey: [...keys.broadcastLists, 'around', now, lastCount],
    queryFn: async ({ signal }) => {
      let before: BroadcastSummary[] = []
      for (const hours of BACK_HOURS) {
        before = await allBetween(now - hours * HOUR, now, signal)
        if (before.filter(({ status }) => status === 'closed').length >= lastCount) break
      }
      return [...before, ...(await pageOfSessions(now, now + AHEAD_HOURS * HOUR, undefined, signal)).items]
    },
  })

async function allBetween(from: number, to: number, signal: AbortSignal): Promise<BroadcastSummary[]> {
  const found: BroadcastSummary[] = []
  let cursor: string | undefined
  for (let n = 0; n < PAGES; n++) {
    const { items, next } = await pageOfSessions(from, to, cursor, signal)
    found.push(...items)
    if (next === null) break
    cursor = next
  }
  return found
}

const pageOfSessions = (from: number, to: number, cursor: string | undefined, signal: AbortSignal) =>
  call(Page, '/api/broadcasts', {
    query: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit: 200, cursor },
    signal,
  })
