import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { Asset } from '#protocol/http/uploads.ts'
import { call } from '../lib/api.ts'
import { keys } from '../lib/query-keys.ts'

const Answer = z.object({ items: z.array(Asset) })

/** Chimes and music that a station has brought, the newest first. */
export const assetsQuery = (areaCode: string) =>
  queryOptions({
    queryKey: keys.assets(areaCode),
    queryFn: async ({ signal }) => (await call(Answer, '/api/assets', { query: { areaCode }, signal })).items,
  })
