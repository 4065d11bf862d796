import { queryOptions } from '@tanstack/react-query'
import { Programme } from '#protocol/http/programmes.ts'
import { call } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

export const getProgramme = (id: string, signal?: AbortSignal) =>
  call(Programme, `/api/programmes/${id}`, signal ? { signal } : {})

export const programmeQuery = (id: string) =>
  queryOptions({ queryKey: keys.programme(id), queryFn: ({ signal }) => getProgramme(id, signal) })
