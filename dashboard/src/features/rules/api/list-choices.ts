import { queryOptions } from '@tanstack/react-query'
import { Cluster } from '#protocol/http/clusters.ts'
import { pageOf } from '#protocol/http/common.ts'
import { Programme } from '#protocol/http/programmes.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

/** Clusters of a commune, to choose from; more than a station has. */
export const clusterChoices = (areaCode: string) =>
  queryOptions({
    queryKey: [...keys.clusterLists, 'choices', areaCode],
    queryFn: async ({ signal }) =>
      (await call(pageOf(Cluster), '/api/clusters', { query: { areaCode, limit: 1000 }, signal })).items,
  })

/** Programmes of a commune, to choose from. */
export const programmeChoices = (areaCode: string) =>
  queryOptions({
    queryKey: [...keys.programmes, 'choices', areaCode],
    queryFn: async ({ signal }) =>
      (await call(pageOf(Programme), '/api/programmes', { query: { areaCode, limit: 200 }, signal })).items.filter(
        ({ status }) => status === 'active',
      ),
  })
