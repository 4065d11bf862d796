import { useQueryClient } from '@tanstack/react-query'
import { keys } from '../../lib/query-keys.ts'

/** Asks again for all that a change of a programme or of one of its days shows in. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient()
  const stale = [keys.days, keys.programmes, keys.broadcasts]
  return async () => void (await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))))
}
