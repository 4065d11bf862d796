import type { Codec } from '../messages.ts'

/** Fewest bytes of mobile data first: Opus takes half of what MP3 does. */
const PREFERRED: readonly Codec[] = ['opus', 'mp3', 'aac', 'wav']

/** What every cluster plays that does not say otherwise, and what every rendition is made in first. */
export const DEFAULT_CODEC: Codec = 'mp3'

/** The codec that a cluster gets of those that it plays and the controller makes; null: there is none. */
export const chooseCodec = (plays: readonly Codec[], made: readonly Codec[]): Codec | null =>
  PREFERRED.find((codec) => plays.includes(codec) && made.includes(codec)) ?? null

/** What a cluster plays by its own words, in alphabetical order; one that says nothing plays the default. */
export const knownCodecs = (said: readonly string[] | undefined): Codec[] =>
  said === undefined ? [DEFAULT_CODEC] : PREFERRED.filter((codec) => said.includes(codec)).sort()
