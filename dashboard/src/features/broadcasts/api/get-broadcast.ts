import { queryOptions } from '@tanstack/react-query'
import { Broadcast } from '#protocol/http/broadcasts.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

export const broadcastQuery = (id: string) =>
  queryOptions({
    queryKey: keys.broadcast(id),
    queryFn: ({ signal }) => call(Broadcast, `/api/broadcasts/${id}`, { signal }),
  })
