import { queryOptions } from '@tanstack/react-query'
import { Cluster } from '#protocol/http/clusters.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

export const clusterQuery = (id: string) =>
  queryOptions({
    queryKey: keys.cluster(id),
    queryFn: ({ signal }) => call(Cluster, `/api/clusters/${id}`, { signal }),
  })
