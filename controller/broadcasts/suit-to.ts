import { chooseCodec } from '#protocol/rules/codec.ts'
import type { AiringItem } from '../programmes/session/airing-item.ts'
import type { Abilities } from './abilities.ts'
import type { StoredBroadcast } from './broadcasts.store.ts'
import { type Encodings, type MissingEncoding, suitCodec, suitRelays } from './suit-codec.ts'

/** Sessions as a cluster is given them to play, and what is still to be made for it. */
export const suitTo = (
  broadcasts: readonly StoredBroadcast[],
  abilities: Abilities,
  encodings: Encodings,
): { readonly broadcasts: StoredBroadcast[]; readonly missing: MissingEncoding[] } =>
  suitCodec(suitRelays(broadcasts, abilities), abilities, encodings)

/** What a cluster is given of a session, or why it is given nothing: it cannot play any of it, or not before it is made. */
export type Given =
  | { readonly items: readonly AiringItem[]; readonly lack: null }
  | { readonly items: readonly []; readonly lack: 'cannot-relay' | 'no-codec' | 'nothing-to-play' }

export function givenTo(broadcast: StoredBroadcast, abilities: Abilities, encodings: Encodings): Given {
  const [suited] = suitTo([broadcast], abilities, encodings).broadcasts
  if (suited && suited.items.length > 0) return { items: suited.items, lack: null }
  const isRelayed = suitRelays([broadcast], abilities).length > 0
  if (!isRelayed) return { items: [], lack: 'cannot-relay' }
  const canBeMade = broadcast.items.length === 0 || chooseCodec(abilities.plays, abilities.made) !== null
  return { items: [], lack: canBeMade ? 'nothing-to-play' : 'no-codec' }
}
