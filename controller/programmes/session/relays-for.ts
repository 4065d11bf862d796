import type { RelayPart } from '#protocol/http/programmes.ts'
import type { Db } from '../../db/open.ts'
import * as relayStore from '../../relays/relays.store.ts'
import type { Relays } from './relay.ts'

/** The streams on the list, where any are asked for. */
export async function relaysFor(db: Db, parts: readonly RelayPart[]): Promise<Relays> {
  if (parts.length === 0) return new Map()
  return new Map((await relayStore.listRelays(db)).map((relay) => [relay.name, relay]))
}
