import type { QueryClient } from '@tanstack/react-query'
import { type EventKind, StreamEvent } from '#protocol/stream.ts'
import type { ConnectionStore } from '../lib/connection.ts'
import { createInvalidator } from '../lib/invalidator.ts'
import { keys } from '../lib/query-keys.ts'

type Keys = readonly (readonly unknown[])[]

/** What an event makes stale; `ref` is the id of what changed. A kind without a line here does not compile. */
const STALE = {
  'bulletin.changed': (ref) => [keys.bulletinLists, keys.bulletin(ref), keys.days],
  'bulletin.progress': (ref) => [keys.bulletinLists, keys.bulletinProgress(ref)],
  'programme.changed': () => [keys.programmes, keys.broadcastLists, keys.days],
  'broadcast.changed': (ref) => [
    keys.broadcastLists,
    keys.broadcast(ref),
    keys.playedReports,
    keys.programmes,
    keys.days,
  ],
  'cluster.changed': (ref) => [keys.clusterLists, keys.cluster(ref)],
  'station.changed': () => [keys.stations, keys.estimates, keys.engineCosts, keys.days],
  // Quiet hours are part of a station, and what breaks a limit is a warning on its programme.
  'rules.changed': () => [keys.rules, keys.stations, keys.programmes, keys.days],
  'exemption.changed': () => [keys.exemptions, keys.programmes, keys.days],
  'asset.changed': (areaCode) => [keys.assets(areaCode)],
  'inbox.changed': (ref) => [keys.inbox, keys.bulletinUses(ref), keys.days],
  'source-report.changed': () => [keys.broadcastDetails],
} as const satisfies Record<EventKind, (ref: string) => Keys>

const BEAT_MS = 400
const RETRY_MS = 3_000

/** Follows the controller's event stream until the returned function is called. */
export function followStream(client: QueryClient, connection: ConnectionStore): () => void {
  const stop = new AbortController()
  const invalidator = createInvalidator({
    invalidate: (queryKey) => void client.invalidateQueries({ queryKey }),
    isFetching: (queryKey) => client.isFetching({ queryKey }) > 0,
    later: (run) => void setTimeout(() => stop.signal.aborted || run(), BEAT_MS),
  })
  const everything = (): void => void client.invalidateQueries()

  const open = (): void => {
    const source = new EventSource('/api/stream')
    source.addEventListener('open', () => {
      connection.set('open')
      everything()
    })
    source.addEventListener('reset', everything)
    source.addEventListener('change', (message) => {
      const event = parse(message.data)
      if (event) invalidator.mark(STALE[event.kind](event.ref))
    })
    source.addEventListener('error', () => {
      connection.set('lost')
      // The browser reconnects by itself, except after an answer that is not a stream (a proxy's 502, a 401).
      if (source.readyState !== EventSource.CLOSED || stop.signal.aborted) return
      void client.invalidateQueries({ queryKey: keys.me })
      setTimeout(() => stop.signal.aborted || open(), RETRY_MS)
    })
    stop.signal.addEventListener('abort', () => source.close())
  }

  connection.set('connecting')
  open()
  return () => stop.abort()
}

/** A newer controller may send kinds that this page does not know: they are passed over. */
function parse(data: unknown): StreamEvent | null {
  try {
    const parsed = StreamEvent.safeParse(JSON.parse(String(data)))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
