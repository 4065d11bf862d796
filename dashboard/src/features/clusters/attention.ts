import type { Cluster } from '#protocol/http/clusters.ts'

export type Attention = 'offline' | 'never' | 'not-armed' | 'missing' | 'clock-bad'

/** So close to air, a cluster that is not armed needs a person. */
export const ARM_BEFORE_MS = 30 * 60_000

/** Why somebody should look at a cluster now; null: nothing to do. The worst reason wins. */
export function attentionOf(cluster: Pick<Cluster, 'presence' | 'next'>, now: number): Attention | null {
  const { presence, next } = cluster
  if (presence === 'offline') return 'offline'
  if (presence === 'never') return 'never'
  if (!next || Date.parse(next.startAt) - now > ARM_BEFORE_MS) return null
  switch (next.state) {
    case 'armed':
      return null
    case 'missing':
    case 'clock-bad':
      return next.state
    default:
      return 'not-armed'
  }
}
