import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from '../lib/api.ts'

/** What may heal by itself within seconds. */
const PASSING = ['offline', 'unavailable', 'limit']

/** Answers stay fresh until the live stream says otherwise. */
export const createQueryClient = (onSignedOut: () => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.code === 'unauthenticated') onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A controller in the commune's own network answers while the browser believes itself offline.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && error instanceof ApiError && PASSING.includes(error.code),
      },
      mutations: { networkMode: 'always' },
    },
  })
