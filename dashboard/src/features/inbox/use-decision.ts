import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notifyDone } from '../../lib/notify.ts'
import { keys } from '../../lib/query-keys.ts'

/** A decision on the inbox: said in passing when it is made, and all that shows the inbox or sessions asks again. */
export function useDecision<Input>(decide: (input: Input) => Promise<unknown>, done: string, onDone?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: decide,
    onSuccess: () => {
      notifyDone(done)
      onDone?.()
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.inbox }),
        client.invalidateQueries({ queryKey: keys.broadcastLists }),
        client.invalidateQueries({ queryKey: keys.days }),
      ]),
  })
}
