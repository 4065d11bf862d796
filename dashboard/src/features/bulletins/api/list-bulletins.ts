import { infiniteQueryOptions } from '@tanstack/react-query'
import { type BulletinStatus, BulletinSummary } from '#protocol/http/bulletins.ts'
import { pageOf } from '#protocol/http/common.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Page = pageOf(BulletinSummary)

export const bulletinsQuery = (filter: { status?: BulletinStatus | undefined }) =>
  infiniteQueryOptions({
    queryKey: [...keys.bulletinLists, filter],
    queryFn: ({ pageParam, signal }) =>
      call(Page, '/api/bulletins', { query: { status: filter.status, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
