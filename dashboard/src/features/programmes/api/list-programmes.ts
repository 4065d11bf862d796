import { infiniteQueryOptions } from '@tanstack/react-query'
import { pageOf } from '#protocol/http/common.ts'
import { Programme } from '#protocol/http/programmes.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Page = pageOf(Programme)

/** Those of one commune, or all that the account may see. */
export const programmesQuery = (areaCode: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...keys.programmeLists, areaCode],
    queryFn: ({ pageParam, signal }) =>
      call(Page, '/api/programmes', { query: { areaCode, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
