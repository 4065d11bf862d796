import type { RelayPart, RundownItem } from '#protocol/http/programmes.ts'
import { capacityOf } from '#protocol/rules/lead-in.ts'
import type { StoredRelay } from '../../relays/relays.store.ts'
import { AiredRelay } from './airing-item.ts'

/** By name. */
export type Relays = ReadonlyMap<string, StoredRelay>

export const isRelayPart = (item: RundownItem): item is RelayPart => item.kind === 'relay'

/** What of a rundown is relayed, to end on the minute; null: the administrator has taken the stream off the list. */
export function relayOf({ relay: name, minutes }: RelayPart, relays: Relays): AiredRelay | null {
  const relay = relays.get(name)
  if (!relay) return null
  const { title, url, codec } = relay
  return AiredRelay.parse({ kind: 'relay', relay: name, title, url, codec, ms: capacityOf({ maxMinutes: minutes }) })
}
