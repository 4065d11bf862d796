import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { Relay } from '#protocol/http/relays.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Answer = z.object({ items: z.array(Relay) })

/** Streams that the administrator has let stations relay. */
export const relaysQuery = queryOptions({
  queryKey: keys.relays,
  queryFn: async ({ signal }) => (await call(Answer, '/api/relays', { signal })).items,
})
