import type { AiringRules, RuleScope } from '#protocol/http/airing-rules.ts'
import { limitsOf, quietHoursOf } from '#protocol/rules/said-rules.ts'
import { type Actor, permissionsOf, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { isoOrNull } from '../iso.ts'
import { findRulePlace, NOTHING_SAID, type RulePlace } from './rule-place.ts'

/** What a province, commune or cluster has said about when it may sound, and what holds there. */
export async function getAiringRules(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; scope: RuleScope },
): Promise<AiringRules> {
  requirePermission(input.actor, 'programmes.read')
  return toAiringRules(await requirePlace(ctx, input), input.actor)
}

/** A place that exists and that the account works for. */
export async function requirePlace(
  ctx: Pick<Context, 'db'>,
  { actor, scope }: { actor: Actor; scope: RuleScope },
): Promise<RulePlace> {
  const place = await findRulePlace(ctx.db, scope)
  if (!place) throw notFound('rules', scope)
  await requireCoverage(ctx.db, actor, [place.areaCode], 'scope')
  return place
}

function toAiringRules({ scope, kind, authors, night }: RulePlace, actor: Actor): AiringRules {
  const own = authors.at(-1)
  const { quietHours, limits, silences, holidays } = own ?? NOTHING_SAID
  const nameOf = (by: string): string | null => authors.find((author) => author.by === by)?.name ?? null
  const nearToFar = authors.toReversed()
  const years = new Set(authors.flatMap((author) => author.holidays.map(({ year }) => year)))
  const held = permissionsOf(actor.role)
  return {
    scope,
    kind,
    names: { province: nameOf('province') ?? '', commune: nameOf('commune'), cluster: nameOf('cluster') },
    revision: own?.stored?.revision ?? 0,
    updatedByName: own?.stored?.updatedByName || null,
    updatedAt: isoOrNull(own?.stored?.updatedAt ?? null),
    own: { quietHours, limits, silences: [...silences], holidays: [...holidays] },
    effective: {
      quietHours: quietHoursOf(authors, night),
      limits: limitsOf(authors),
      silences: authors.flatMap(({ by, silences }) =>
        silences
          .filter(({ clusters }) => kind !== 'cluster' || clusters === 'all' || clusters.some((id) => id === scope))
          .map((value) => ({ by, value })),
      ),
      holidays: [...years].sort().flatMap((year) => {
        const said = nearToFar.flatMap(({ by, holidays }) =>
          holidays.filter((decision) => decision.year === year).map((value) => ({ by, value })),
        )
        return said.slice(0, 1)
      }),
    },
    may: { write: held.includes('rules.write'), silence: held.includes('silences.write') && kind !== 'cluster' },
  }
}
