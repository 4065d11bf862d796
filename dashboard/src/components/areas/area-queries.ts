import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { Area } from '#protocol/http/areas.ts'
import { call } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

const DAY = 86_400_000
const Areas = z.object({ items: z.array(Area) })

export const areaSearchQuery = (q: string) =>
  queryOptions({
    queryKey: [...keys.areas, 'search', q],
    queryFn: ({ signal }) => call(Areas, '/api/areas', { query: { q, limit: 50 }, signal }),
    staleTime: DAY,
    placeholderData: keepPreviousData,
  })

export const areaQuery = (code: string) =>
  queryOptions({
    queryKey: [...keys.areas, 'one', code],
    queryFn: ({ signal }) => call(Area, `/api/areas/${code}`, { signal }),
    staleTime: DAY,
  })
