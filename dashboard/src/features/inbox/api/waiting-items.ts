import { queryOptions } from '@tanstack/react-query'
import { pageOf } from '#protocol/http/common.ts'
import { InboxItem } from '#protocol/http/inbox.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'
import { byUrgency } from '../sort-items.ts'

const Page = pageOf(InboxItem)

/** What waits in one commune; more than a page of it is for the inbox's own page. */
export const waitingQuery = (areaCode: string) =>
  queryOptions({
    queryKey: [...keys.inbox, 'waiting', areaCode],
    queryFn: async ({ signal }) => {
      const { items } = await call(Page, '/api/inbox', { query: { areaCode, state: 'waiting', limit: 50 }, signal })
      return byUrgency(items)
    },
  })
