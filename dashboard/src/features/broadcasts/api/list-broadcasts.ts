import { infiniteQueryOptions } from '@tanstack/react-query'
import { BroadcastSummary } from '#protocol/http/broadcasts.ts'
import { pageOf } from '#protocol/http/common.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Page = pageOf(BroadcastSummary)

/** Sessions that have a bulletin, by start, ascending. */
export const broadcastsQuery = (filter: { readonly bulletinId: string }) =>
  infiniteQueryOptions({
    queryKey: [...keys.broadcastLists, filter],
    queryFn: ({ pageParam, signal }) =>
      call(Page, '/api/broadcasts', { query: { ...filter, limit: 200, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
