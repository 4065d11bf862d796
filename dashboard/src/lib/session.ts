import { queryOptions, useQuery } from '@tanstack/react-query'
import { Me, type Permission } from '#protocol/http/accounts.ts'
import { call } from './api.ts'
import { keys } from './query-keys.ts'

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => call(Me, '/api/me', { signal }),
  staleTime: 5 * 60_000,
  retry: false,
})

/** Whether the signed-in account may do something. The server decides; this only hides what it would refuse. */
export function useCan(): (permission: Permission) => boolean {
  const me = useQuery(meQuery).data
  return (permission) => me?.permissions.includes(permission) ?? false
}
