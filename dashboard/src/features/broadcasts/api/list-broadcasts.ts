import { infiniteQueryOptions } from '@tanstack/react-query'
import { BroadcastSummary } from '#protocol/http/broadcasts.ts'
import { pageOf } from '#protocol/http/common.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Page = pageOf(BroadcastSummary)

export interface BroadcastFilter {
  /** Epoch milliseconds. */
  readonly from?: number
  readonly to?: number
  readonly bulletinId?: string
  readonly limit?: number
}

/** Sessions by start, ascending. */
export const broadcastsQuery = (filter: BroadcastFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.broadcastLists, filter],
    queryFn: ({ pageParam, signal }) =>
      call(Page, '/api/broadcasts', {
        query: {
          from: iso(filter.from),
          to: iso(filter.to),
          bulletinId: filter.bulletinId,
          limit: filter.limit ?? 200,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString())
