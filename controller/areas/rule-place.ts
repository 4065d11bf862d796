import type { RuleScope } from '#protocol/http/airing-rules.ts'
import { ClusterId } from '#protocol/ids.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import type { LevelRules } from '#protocol/rules/said-rules.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Db } from '../db/open.ts'
import { type AiringRules, airingRulesOf, type StoredAiringRules } from './airing-rules.store.ts'
import * as areaStore from './areas.store.ts'
import { nightOf } from './night.store.ts'

export const NOTHING_SAID: AiringRules = { quietHours: null, limits: {}, silences: [], holidays: [] }

/** One of those whose word counts somewhere. */
export interface RuleAuthor extends LevelRules, AiringRules {
  readonly scope: string
  readonly name: string
  readonly stored: StoredAiringRules | null
}

/** Somewhere that rules hold, with all whose word counts there, from far to near; the last is the place itself. */
export interface RulePlace {
  readonly scope: RuleScope
  readonly kind: LevelRules['by']
  /** The province or commune that answers for it. */
  readonly areaCode: string
  readonly authors: readonly RuleAuthor[]
  /** What all of them keep quiet. */
  readonly night: QuietHours
}

/** Null when there is no such area or cluster. */
export async function findRulePlace(db: Db, scope: RuleScope): Promise<RulePlace | null> {
  const clusterId = ClusterId.safeParse(scope)
  const cluster = clusterId.success ? await clusterStore.findCluster(db, clusterId.data) : null
  const area = await areaStore.findArea(db, cluster?.areaCode ?? scope)
  if (!area) return null
  const parent = area.parentCode === null ? null : await areaStore.findArea(db, area.parentCode)
  const places = [
    ...(parent ? [{ by: 'province' as const, scope: parent.code, name: parent.name }] : []),
    { by: area.kind, scope: area.code, name: area.name },
    ...(cluster ? [{ by: 'cluster' as const, scope: cluster.id, name: cluster.name }] : []),
  ]
  const said = await airingRulesOf(
    db,
    places.map((place) => place.scope),
  )
  return {
    scope,
    kind: cluster ? 'cluster' : area.kind,
    areaCode: area.code,
    night: await nightOf(db),
    authors: places.map((place) => {
      const stored = said.get(place.scope) ?? null
      return { ...(stored ?? NOTHING_SAID), ...place, stored }
    }),
  }
}
