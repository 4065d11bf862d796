import { ClusterId } from '#protocol/ids.ts'
import { searchable } from '../areas/searchable.ts'
import type { Context } from '../context.ts'
import { invalid, notFound } from '../errors.ts'
import * as clusterStore from './clusters.store.ts'

const MAX_SHOWN = 10

/** The cluster of an id, or of a name that only one has; diacritics and letter case do not matter. */
export async function findNamedCluster(ctx: Pick<Context, 'db'>, text: string): Promise<ClusterId> {
  const id = ClusterId.safeParse(text)
  if (id.success) return id.data
  const wanted = searchable(text)
  const found = (await clusterStore.clusterNames(ctx.db)).filter(({ name }) => searchable(name) === wanted)
  const [only, ...others] = found
  if (!only) throw notFound('cluster', text)
  if (others.length === 0) return only.id
  const ids = found.slice(0, MAX_SHOWN).map((cluster) => cluster.id)
  throw invalid('cluster', 'cluster.ambiguous', { count: found.length, ids: ids.join(', ') })
}
