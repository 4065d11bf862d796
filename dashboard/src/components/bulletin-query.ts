import { queryOptions } from '@tanstack/react-query'
import { Bulletin } from '#protocol/http/bulletins.ts'
import { call } from '../lib/api.ts'
import { keys } from '../lib/query-keys.ts'

export const bulletinQuery = (id: string) =>
  queryOptions({
    queryKey: keys.bulletin(id),
    queryFn: ({ signal }) => call(Bulletin, `/api/bulletins/${id}`, { signal }),
  })
