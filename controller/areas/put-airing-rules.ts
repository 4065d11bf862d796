import { isDeepStrictEqual } from 'node:util'
import type { AiringRules, PutAiringRules, PutSilences, RuleScope } from '#protocol/http/airing-rules.ts'
import type { ClusterId } from '#protocol/ids.ts'
import {
  changedLimits,
  containsQuiet,
  limitsOf,
  looserThan,
  quietHoursOf,
  valuesOf,
} from '#protocol/rules/said-rules.ts'
import { type Actor, permissionsOf, requirePermission } from '../accounts/actor.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import * as clusterStore from '../clusters/clusters.store.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import { conflict, DomainError, type Problem } from '../errors.ts'
import * as airingRulesStore from './airing-rules.store.ts'
import { getAiringRules, requirePlace } from './get-airing-rules.ts'
import { NOTHING_SAID, type RulePlace } from './rule-place.ts'
import { limitText, ruleAuthorName } from './rule-words.ts'
import * as stationStore from './stations.store.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>
type Own = airingRulesStore.AiringRules

/** Says a place's quiet hours, limits and days off; every plan that depends on them follows. */
export async function putAiringRules(
  ctx: Needs,
  input: { actor: Actor; scope: RuleScope; rules: PutAiringRules },
): Promise<AiringRules> {
  const { actor, rules } = input
  requirePermission(actor, 'rules.write')
  const place = await requirePlace(ctx, input)
  const { revision, ...said } = rules
  const problems = [...ruleProblems(place, said), ...quietProblems(place, said.quietHours, actor)]
  if (problems.length > 0) throw new DomainError('invalid', problems)
  await transact(ctx, (tx) => sayRules(ctx, tx, { place, actor, said, revision }))
  return getAiringRules(ctx, input)
}

/** Says when a place is silent: its quiet hours and limits stay as they are. */
export async function putSilences(
  ctx: Needs,
  input: { actor: Actor; scope: RuleScope; silences: PutSilences },
): Promise<AiringRules> {
  const {
    actor,
    silences: { silences, revision },
  } = input
  requirePermission(actor, 'silences.write')
  const place = await requirePlace(ctx, input)
  const problems = await silenceProblems(ctx, place, silences)
  if (problems.length > 0) throw new DomainError('invalid', problems)
  await transact(ctx, (tx) => sayRules(ctx, tx, { place, actor, said: { silences }, revision }))
  return getAiringRules(ctx, input)
}

/** Writes part of what a place says, and has planned again whatever depends on it. */
export async function sayRules(
  ctx: Pick<Needs, 'clock' | 'newId'>,
  tx: Tx,
  { place, actor, said, revision }: { place: RulePlace; actor: Actor; said: Partial<Own>; revision: number },
): Promise<void> {
  const { scope, kind, areaCode, authors } = place
  const { quietHours, limits, silences, holidays } = { ...(authors.at(-1) ?? NOTHING_SAID), ...said }
  const rules = { scope, quietHours, limits, silences, holidays, updatedByName: actor.name, updatedAt: ctx.clock.now() }
  if (!(await airingRulesStore.saveAiringRules(tx.db, rules, revision))) throw conflict('rules.changedMeanwhile')
  const stations = kind === 'province' ? await stationStore.listStations(tx.db, [areaCode]) : [{ areaCode }]
  for (const station of stations) await enqueuePlan(ctx, tx, station.areaCode)
  await tx.event('rules.changed', scope)
}

/**
 * Quiet hours that would take away from the night, which binds everybody, or from those above. Where no province has said
 * any, those who answer for the province may set a commune's below the usual; whoever leaves these as they are takes
 * nothing away from those above.
 */
export function quietProblems(place: RulePlace, own: Own['quietHours'], actor: Actor): Problem[] {
  const { night } = place
  const above = place.authors.slice(0, -1)
  if (own === null) return []
  if (!containsQuiet(own, night)) return [{ field: 'quietHours', key: 'rules.nightFloor', values: { ...night } }]
  if (above.length === 0) return []
  if (isDeepStrictEqual(own, place.authors.at(-1)?.quietHours)) return []
  const inherited = quietHoursOf(above, night)
  if (containsQuiet(own, inherited.value)) return []
  const isUsual = inherited.by === 'default' && place.kind === 'commune'
  if (isUsual && permissionsOf(actor.role).includes('stations.write')) return []
  const values = { ...inherited.value, by: ruleAuthorName(inherited.by, above) }
  return [{ field: 'quietHours', key: 'rules.quietLooser', values }]
}

/**
 * Limits that would allow more than those above do. One that was said before they said less is left alone: it has no
 * effect, and whoever mends something else need not mend it.
 */
function ruleProblems(place: RulePlace, said: Pick<Own, 'limits' | 'holidays'>): Problem[] {
  const { limits, holidays } = said
  if (place.kind === 'cluster') {
    const fields = [...(Object.keys(limits).length > 0 ? ['limits'] : []), ...(holidays.length > 0 ? ['holidays'] : [])]
    return fields.map((field) => ({ field, key: 'rules.notOfCluster' }))
  }
  const above = place.authors.slice(0, -1)
  const inherited = limitsOf(above)
  const changed = changedLimits(place.authors.at(-1)?.limits ?? {}, limits)
  const years = holidays.map(({ year }) => year)
  return [
    ...looserThan(valuesOf(inherited), changed).map((kind) => {
      const by = ruleAuthorName(inherited[kind]?.by ?? 'default', above)
      const limit = limitText(inherited[kind]?.value)
      return { field: `limits.${kind}`, key: 'rules.limitLooser', values: { by, limit } }
    }),
    ...years.flatMap((year, i) =>
      years.indexOf(year) === i ? [] : [{ field: `holidays.${i}.year`, key: 'rules.yearTwice', values: { year } }],
    ),
  ]
}

/** A commune silences its own clusters; a province all that it has. */
async function silenceProblems(
  ctx: Pick<Context, 'db'>,
  { kind, areaCode }: RulePlace,
  silences: Own['silences'],
): Promise<Problem[]> {
  if (kind === 'cluster') return [{ field: 'silences', key: 'rules.notOfCluster' }]
  const own = kind === 'commune' ? await clusterStore.clustersOfArea(ctx.db, areaCode) : []
  const known = new Set<ClusterId>(own.map(({ id }) => id))
  return silences.flatMap(({ clusters }, i) => {
    if (clusters === 'all' || clusters.every((id) => known.has(id))) return []
    const key = kind === 'province' ? 'rules.provinceSilence' : 'rules.foreignCluster'
    return [{ field: `silences.${i}.clusters`, key }]
  })
}
