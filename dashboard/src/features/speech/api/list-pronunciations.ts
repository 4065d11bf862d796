import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { Pronunciation } from '#protocol/http/speech.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

export const Pronunciations = z.object({ items: z.array(Pronunciation) })

/** The words that an area says its own way. */
export const pronunciationsQuery = (areaCode: string) =>
  queryOptions({
    queryKey: keys.pronunciations(areaCode),
    queryFn: ({ signal }) => call(Pronunciations, `/api/speech/dictionaries/${areaCode}`, { signal }),
  })
