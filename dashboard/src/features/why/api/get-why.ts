import { queryOptions } from '@tanstack/react-query'
import { Why } from '#protocol/http/why.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

/** `at`: an instant; of several sessions about it, one may be named. What explains it may change at any time, so it is asked anew each time. */
export const whyQuery = (clusterId: string, at: string, broadcastId?: string) =>
  queryOptions({
    queryKey: keys.why(clusterId, at, broadcastId),
    queryFn: ({ signal }) => call(Why, `/api/clusters/${clusterId}/why`, { query: { at, broadcastId }, signal }),
    staleTime: 0,
    gcTime: 0,
  })
