import { queryOptions } from '@tanstack/react-query'
import { InboxCounts } from '#protocol/http/inbox.ts'
import { call } from '../lib/api.ts'
import { keys } from '../lib/query-keys.ts'

/** How many bulletins wait in the account's areas: the navigation shows it on every page. */
export const inboxCountsQuery = queryOptions({
  queryKey: keys.inboxCounts,
  queryFn: ({ signal }) => call(InboxCounts, '/api/inbox/counts', { signal }),
})
