import { infiniteQueryOptions } from '@tanstack/react-query'
import { pageOf } from '#protocol/http/common.ts'
import { type InboxFilter, InboxItem } from '#protocol/http/inbox.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Page = pageOf(InboxItem)

/** The nearest deadline first. */
export const inboxQuery = (filter: { state?: InboxFilter | undefined; bulletinId?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: [...keys.inbox, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(Page, '/api/inbox', { query: { ...filter, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
