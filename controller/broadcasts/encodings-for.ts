import { DEFAULT_CODEC } from '#protocol/rules/codec.ts'
import * as encodingStore from '../audio/encodings.store.ts'
import type { Db } from '../db/open.ts'
import { filesIn } from '../programmes/session/airing-item.ts'
import type { StoredBroadcast } from './broadcasts.store.ts'
import { type CodecChoice, type Encodings, encodingKey } from './suit-codec.ts'

/** What has been made of the files of these sessions for clusters that play more than the default. */
export async function encodingsFor(
  db: Db,
  choices: readonly CodecChoice[],
  broadcasts: readonly Pick<StoredBroadcast, 'items'>[],
): Promise<Encodings> {
  if (choices.every(({ plays }) => plays.join() === DEFAULT_CODEC)) return new Map()
  const sources = broadcasts.flatMap(({ items }) => filesIn(items).map(({ sha256 }) => sha256))
  const encodings = await encodingStore.encodingsOf(db, sources)
  return new Map(encodings.map((one) => [encodingKey(one.source, one.codec), one]))
}
