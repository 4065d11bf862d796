import type { Cluster } from '#protocol/http/clusters.ts'
import { plain } from '../../lib/format/plain.ts'
import { attentionOf } from './attention.ts'

export type ClusterFilter = 'all' | 'chu-y' | 'online' | 'offline'

const byName = new Intl.Collator('vi', { numeric: true })

/** Clusters that match, by name: live changes must not make rows jump. */
export function chooseClusters(
  clusters: readonly Cluster[],
  wanted: { readonly filter: ClusterFilter; readonly name: string },
  now: number,
): Cluster[] {
  const name = plain(wanted.name)
  return clusters
    .filter((cluster) => name === '' || plain(cluster.name).includes(name))
    .filter((cluster) => fits(cluster, wanted.filter, now))
    .sort((a, b) => byName.compare(a.name, b.name) || a.id.localeCompare(b.id))
}

function fits(cluster: Cluster, filter: ClusterFilter, now: number): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'chu-y':
      return attentionOf(cluster, now) !== null
    case 'online':
    case 'offline':
      return cluster.presence === filter
  }
}
