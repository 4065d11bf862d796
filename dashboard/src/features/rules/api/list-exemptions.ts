import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { Exemption } from '#protocol/http/exemptions.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Answer = z.object({ items: z.array(Exemption) })

export const exemptionsQuery = (areaCode: string) =>
  queryOptions({
    queryKey: keys.exemptionsOf(areaCode),
    queryFn: async ({ signal }) => (await call(Answer, '/api/exemptions', { query: { areaCode }, signal })).items,
  })
