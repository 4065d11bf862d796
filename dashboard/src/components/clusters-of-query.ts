import { queryOptions } from '@tanstack/react-query'
import { Cluster } from '#protocol/http/clusters.ts'
import { pageOf } from '#protocol/http/common.ts'
import { call } from '../lib/api.ts'
import { keys } from '../lib/query-keys.ts'

const Page = pageOf(Cluster)
const byName = new Intl.Collator('vi', { numeric: true })

/** The clusters of one commune; none has as many as a page holds. */
export const clustersOfQuery = (areaCode: string) =>
  queryOptions({
    queryKey: [...keys.clusterLists, areaCode],
    queryFn: async ({ signal }) => {
      const { items } = await call(Page, '/api/clusters', { query: { areaCode, limit: 1000 }, signal })
      return items.sort((a, b) => byName.compare(a.name, b.name))
    },
  })
