import type { Codec } from '#protocol/messages.ts'
import { knownCodecs } from '#protocol/rules/codec.ts'
import type { Decoder } from './decoder.ts'

/** Plays what the cluster says that it plays, and nothing else: a file in another codec fails as it would on a pole. */
export function playingOnly(decoder: Decoder, codecs: readonly Codec[] | undefined): Decoder {
  const plays = knownCodecs(codecs)
  return {
    open: async (file, item) => {
      if (!plays.includes(item.codec)) throw new Error(`${item.codec} cannot be played`)
      return decoder.open(file, item)
    },
  }
}
