import type { ClusterId } from '#protocol/ids.ts'
import type { ClusterSettings } from '#protocol/messages.ts'
import type { AirOccurrence } from '#protocol/rules/airtime.ts'
import { type Effect, overlapsOf } from '#protocol/rules/overlaps.ts'

/** A session with the clusters on which it is to be heard. */
export interface Airing extends AirOccurrence {
  readonly clusters: ReadonlySet<ClusterId>
}

export type CollisionEffect = Effect & { readonly with: string }

/**
 * What sessions have to put up with because of others on the same clusters, by the rules by which a cluster decides; each
 * effect once, by the id of whom it befalls. Clusters that air the same are looked at as one.
 */
export function collisionsOf(
  airings: readonly Airing[],
  settings: Pick<ClusterSettings, 'leadInMs' | 'delayMs' | 'quietHours' | 'timeZone'>,
): Map<string, CollisionEffect[]> {
  const found = new Map<string, Map<string, CollisionEffect>>()
  for (const together of byCluster(airings)) {
    for (const { ids, effects } of overlapsOf(together, settings)) {
      for (const effect of effects) {
        const other = ids.find((id) => id !== effect.id)
        if (other === undefined) continue
        const own = found.get(effect.id) ?? new Map<string, CollisionEffect>()
        found.set(effect.id, own)
        if (!own.has(other)) own.set(other, { ...effect, with: other })
      }
    }
  }
  return new Map([...found].map(([id, effects]) => [id, [...effects.values()]]))
}

/** The different lists of what clusters air, those with one session left out. */
function byCluster(airings: readonly Airing[]): Airing[][] {
  const own = new Map<ClusterId, Airing[]>()
  for (const airing of airings) {
    for (const id of airing.clusters) own.set(id, [...(own.get(id) ?? []), airing])
  }
  const lists = new Map([...own.values()].map((list) => [list.map(({ id }) => id).join(), list]))
  return [...lists.values()].filter((list) => list.length > 1)
}
