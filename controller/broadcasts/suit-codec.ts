import type { Codec } from '#protocol/messages.ts'
import { chooseCodec, DEFAULT_CODEC } from '#protocol/rules/codec.ts'
import type { Encoding } from '../audio/encodings.store.ts'
import { type AiringItem, isContent } from '../programmes/session/airing-item.ts'
import type { StoredBroadcast } from './broadcasts.store.ts'

/** What a cluster plays and what this controller makes. */
export interface CodecChoice {
  readonly plays: readonly Codec[]
  readonly made: readonly Codec[]
}

/** Which file, in which codec, still has to be made. */
export interface MissingEncoding {
  readonly sha256: string
  readonly codec: Codec
}

/** By file and codec. */
export type Encodings = ReadonlyMap<string, Encoding>

export const encodingKey = (sha256: string, codec: Codec): string => `${sha256}/${codec}`

/**
 * Sessions with the files that a cluster can play. Where its codec is still to be made it gets the default one, if it
 * plays that, or nothing of the session until then.
 */
export function suitCodec(
  broadcasts: readonly StoredBroadcast[],
  choice: CodecChoice,
  encodings: Encodings,
): { readonly broadcasts: StoredBroadcast[]; readonly missing: MissingEncoding[] } {
  const codec = chooseCodec(choice.plays, choice.made)
  if (codec === DEFAULT_CODEC) return { broadcasts: [...broadcasts], missing: [] }
  if (codec === null) return { broadcasts: withoutFiles(broadcasts), missing: [] }
  const missing = new Map<string, MissingEncoding>()
  const suit = (item: AiringItem): AiringItem[] => {
    if (item.kind === 'relay') return [item]
    const key = encodingKey(item.sha256, codec)
    const found = encodings.get(key)
    if (found) return [{ ...item, sha256: found.sha256, bytes: found.bytes, codec, ms: Math.min(item.ms, found.ms) }]
    missing.set(key, { sha256: item.sha256, codec })
    return choice.plays.includes(item.codec) ? [item] : []
  }
  const suited = broadcasts
    .map((broadcast) => ({ ...broadcast, items: broadcast.items.flatMap(suit) }))
    .filter((broadcast, index) => broadcast.items.length === broadcasts[index]?.items.length)
  return { broadcasts: suited, missing: [...missing.values()] }
}

/** What is left to a cluster for which no file can be made: what it relays. */
const withoutFiles = (broadcasts: readonly StoredBroadcast[]): StoredBroadcast[] =>
  broadcasts.flatMap((broadcast) => {
    const items = broadcast.items.filter(({ kind }) => kind === 'relay')
    return items.length > 0 ? [{ ...broadcast, items }] : []
  })

/** Sessions as a cluster can relay them: without streams where it cannot, and not at all where that was all of them. */
export function suitRelays(
  broadcasts: readonly StoredBroadcast[],
  { plays, canRelay }: { readonly plays: readonly Codec[]; readonly canRelay: boolean },
): StoredBroadcast[] {
  const isHeard = (item: AiringItem): boolean => item.kind !== 'relay' || (canRelay && plays.includes(item.codec))
  return broadcasts.flatMap((broadcast) => {
    if (broadcast.items.every(isHeard)) return [broadcast]
    const items = broadcast.items.filter(isHeard)
    return items.some(isContent) ? [{ ...broadcast, items }] : []
  })
}
