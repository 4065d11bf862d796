import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../lib/query-keys.ts'
import { produceBulletin } from './api/produce-bulletin.ts'

/** Sets the production of a bulletin going again. */
export function useProduce(bulletinId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => produceBulletin(bulletinId),
    onSuccess: (next) => client.setQueryData(keys.bulletin(bulletinId), next),
  })
}
