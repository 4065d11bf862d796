import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { Station } from '#protocol/http/areas.ts'
import { call } from '../lib/api.ts'
import { keys } from '../lib/query-keys.ts'

/** Stations in the account's areas: the schedule form and the settings page both start here. */
export const stationsQuery = queryOptions({
  queryKey: keys.stations,
  queryFn: ({ signal }) => call(z.object({ items: z.array(Station) }), '/api/stations', { signal }),
})
