import { infiniteQueryOptions } from '@tanstack/react-query'
import { Cluster } from '#protocol/http/clusters.ts'
import { pageOf } from '#protocol/http/common.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Page = pageOf(Cluster)

export const clustersQuery = infiniteQueryOptions({
  queryKey: keys.clusterLists,
  queryFn: ({ pageParam, signal }) =>
    call(Page, '/api/clusters', { query: { cursor: pageParam, limit: 1000 }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next ?? undefined,
})
