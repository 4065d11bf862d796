import { infiniteQueryOptions } from '@tanstack/react-query'
import { PlayedReport } from '#protocol/http/reports.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

export type PlayedBy = 'session' | 'commune' | 'day'

/** Planned versus played between two local dates, both included. */
export const playedQuery = (range: { readonly from: string; readonly to: string }, by: PlayedBy) =>
  infiniteQueryOptions({
    queryKey: keys.played(range, by),
    queryFn: ({ pageParam, signal }) =>
      call(PlayedReport, '/api/reports/played', { query: { ...range, by, cursor: pageParam, limit: 100 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
