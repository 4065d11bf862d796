import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { SpeechEngine } from '#protocol/http/speech.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

const Answer = z.object({ items: z.array(SpeechEngine) })

/** Speech engines of the installation, in its order. */
export const enginesQuery = queryOptions({
  queryKey: keys.engines,
  queryFn: async ({ signal }) => (await call(Answer, '/api/speech/engines', { signal })).items,
})
