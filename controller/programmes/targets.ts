import type { Targets } from '#protocol/http/programmes.ts'
import type { ClusterId } from '#protocol/ids.ts'

/** Which of a commune's clusters a programme is for: the whole commune or single clusters, minus exclusions. */
export function targetedClusters(targets: Targets, areaCode: string, clusters: readonly ClusterId[]): ClusterId[] {
  const isWhole = targets.areas.includes(areaCode)
  const named = new Set(targets.clusters)
  const excluded = new Set(targets.exclude)
  return clusters.filter((id) => (isWhole || named.has(id)) && !excluded.has(id))
}
