import { queryOptions } from '@tanstack/react-query'
import type { OmittablePart } from '#protocol/http/bulletins.ts'
import { SpeechEstimate } from '#protocol/http/speech.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

export interface EstimateInput {
  readonly script: string
  readonly areaCode: string | null
  readonly omit: readonly OmittablePart[]
}

const estimate = ({ script, areaCode, omit }: EstimateInput, signal: AbortSignal) => {
  const body = { script, omit, ...(areaCode === null ? {} : { areaCode }) }
  return call(SpeechEstimate, '/api/speech/estimate', { method: 'POST', body, signal })
}

/** What producing a script would cost now; each answer is forgotten with its script. */
export const estimateQuery = (input: EstimateInput) =>
  queryOptions({
    queryKey: [...keys.estimates, input],
    queryFn: ({ signal }) => estimate(input, signal),
    gcTime: 0,
  })

/** Whether the engine of an area costs money at all: asked once, with nothing to say. */
export const engineCostsQuery = (areaCode: string | null) =>
  queryOptions({
    queryKey: [...keys.engineCosts, areaCode],
    queryFn: ({ signal }) => estimate({ script: '', areaCode, omit: [] }, signal),
    select: ({ family }) => family !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
