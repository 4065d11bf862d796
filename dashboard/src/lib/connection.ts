import { useSyncExternalStore } from 'react'

export type Connection = 'connecting' | 'open' | 'lost'

/** The state of the live stream, for the banner. */
export interface ConnectionStore {
  set(next: Connection): void
  get(): Connection
  subscribe(listener: () => void): () => void
}

function createConnectionStore(): ConnectionStore {
  let state: Connection = 'connecting'
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    set(next) {
      if (next === state) return
      state = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The page has one stream, so it has one state. */
export const connection = createConnectionStore()

export const useConnection = (): Connection => useSyncExternalStore(connection.subscribe, connection.get)

export const useOnline = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener)
      window.addEventListener('offline', listener)
      return () => {
        window.removeEventListener('online', listener)
        window.removeEventListener('offline', listener)
      }
    },
    () => navigator.onLine,
  )
