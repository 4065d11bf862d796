import { queryOptions } from '@tanstack/react-query'
import { BulletinSummary } from '#protocol/http/bulletins.ts'
import { pageOf } from '#protocol/http/common.ts'
import { call } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

const Page = pageOf(BulletinSummary)

/** The newest two hundred that may be scheduled: more than anybody looks through in a list. */
export const approvedBulletinsQuery = queryOptions({
  queryKey: [...keys.bulletinLists, 'to-schedule'],
  queryFn: async ({ signal }) => {
    const { items } = await call(Page, '/api/bulletins', { query: { status: 'approved', limit: 200 }, signal })
    return items.filter((bulletin) => bulletin.class !== 'emergency')
  },
})
