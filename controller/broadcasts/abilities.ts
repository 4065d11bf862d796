import { knownCodecs } from '#protocol/rules/codec.ts'
import { RELAY_FEATURE } from '#protocol/rules/relay.ts'
import { codecsMadeBy } from '../audio/profiles.ts'
import type { ClusterRow } from '../clusters/clusters.store.ts'
import type { CodecChoice } from './suit-codec.ts'

/** What a cluster plays by its own words, and what can be made for it. */
export interface Abilities extends CodecChoice {
  readonly canRelay: boolean
}

export const abilitiesOf = (
  { codecs, features }: Pick<ClusterRow, 'codecs' | 'features'>,
  encoders: ReadonlySet<string>,
): Abilities => ({
  plays: knownCodecs(codecs.split(',')),
  made: codecsMadeBy(encoders),
  canRelay: features.split(',').includes(RELAY_FEATURE),
})
