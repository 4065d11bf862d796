import { queryOptions } from '@tanstack/react-query'
import { AiringRules } from '#protocol/http/airing-rules.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

/** What a province, a commune or a cluster has said about when it may sound, and what holds there. */
export const rulesQuery = (scope: string) =>
  queryOptions({
    queryKey: keys.rulesOf(scope),
    queryFn: ({ signal }) => call(AiringRules, `/api/rules/${scope}`, { signal }),
  })
