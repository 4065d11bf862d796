import type { AskExemption, Exemption, ExemptUpTo } from '#protocol/http/exemptions.ts'
import { ExemptionId } from '#protocol/ids.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { LIMIT_KINDS } from '#protocol/rules/limits.ts'
import { limitsOf, looserThan, valuesOf } from '#protocol/rules/said-rules.ts'
import { type Actor, permissionsOf, requirePermission } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import { findRulePlace, type RulePlace } from '../areas/rule-place.ts'
import { limitText, ruleAuthorName } from '../areas/rule-words.ts'
import * as stationStore from '../areas/stations.store.ts'
import { enqueuePlan } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { type Tx, transact } from '../db/transact.ts'
import { conflict, DomainError, invalid, notFound, type Problem } from '../errors.ts'
import { isoOf, isoOrNull } from '../iso.ts'
import * as exemptionStore from './exemptions.store.ts'
import * as programmeStore from './programmes.store.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>

/** More than anybody decides on in a day; older ones than are listed stay recorded. */
const MOST_WAITING = 50
const MOST_LISTED = 200

export async function listExemptions(
  ctx: Pick<Context, 'db'>,
  { actor, areaCode }: { actor: Actor; areaCode: string },
): Promise<Exemption[]> {
  requirePermission(actor, 'programmes.read')
  await requireCoverage(ctx.db, actor, [areaCode], 'areaCode')
  const stored = await exemptionStore.listExemptions(ctx.db, areaCode, MOST_LISTED)
  return stored.map((one) => toExemption(one, actor))
}

/** Asks that sessions may break limits of their station; nothing changes until somebody else grants it. */
export async function askExemption(ctx: Needs, input: { actor: Actor; exemption: AskExemption }): Promise<Exemption> {
  const { actor, exemption } = input
  const { areaCode, programmeId, from, until, kinds, upTo, reason } = exemption
  requirePermission(actor, 'programmes.write')
  await requireCoverage(ctx.db, actor, [areaCode], 'areaCode')
  const station = await stationStore.findStation(ctx.db, areaCode)
  if (!station) throw invalid('areaCode', 'programme.noStation')
  const now = ctx.clock.now()
  if (until < civilTime(now, station.timeZone).date) throw invalid('until', 'exemption.past')
  const programme = programmeId && (await programmeStore.findProgramme(ctx.db, programmeId))
  if (programmeId && programme?.areaCode !== areaCode) throw invalid('programmeId', 'exemption.programme')
  const problems = upToProblems(await findRulePlace(ctx.db, areaCode), upTo)
  if (problems.length > 0) throw new DomainError('invalid', problems)
  const asked = {
    id: ExemptionId.parse(ctx.newId('exm')),
    areaCode,
    programmeId,
    fromDate: from,
    untilDate: until,
    kinds: [...new Set(kinds)],
    upTo,
    reason,
    state: 'waiting' as const,
    askedBy: actor.userId,
    askedByName: actor.name,
    askedAt: now,
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
    revokedByName: null,
    revokedAt: null,
  }
  await transact(ctx, async (tx) => {
    if ((await exemptionStore.countWaiting(tx.db, areaCode)) >= MOST_WAITING)
      throw new DomainError('limit', { field: '', key: 'exemption.tooMany', values: { limit: MOST_WAITING } })
    await exemptionStore.insertExemption(tx.db, asked)
    await tx.event('exemption.changed', asked.id)
  })
  return toExemption({ ...asked, programmeName: programme?.name ?? null }, actor)
}

/** Whoever decides sees how much more than now it is; what is no more would be granted for nothing. */
function upToProblems(place: RulePlace | null, upTo: ExemptUpTo): Problem[] {
  const limits = limitsOf(place?.authors ?? [])
  const looser = looserThan(valuesOf(limits), upTo)
  return LIMIT_KINDS.flatMap((kind) => {
    if (kind === 'days' || upTo[kind] === undefined || looser.includes(kind)) return []
    const said = limits[kind]
    const field = `upTo.${kind}`
    if (said === undefined) return [{ field, key: 'exemption.notLimited' }]
    const by = ruleAuthorName(said.by, place?.authors ?? [])
    return [{ field, key: 'exemption.notLooser', values: { by, limit: limitText(said.value) } }]
  })
}

/** Grants or refuses what somebody else has asked for. */
export async function decideExemption(
  ctx: Needs,
  input: { actor: Actor; id: ExemptionId; state: 'granted' | 'refused' },
): Promise<Exemption> {
  const { actor, id, state } = input
  requirePermission(actor, 'rules.write')
  return changeExemption(ctx, input, async (tx) => {
    const decision = { state, by: actor.userId, byName: actor.name, at: ctx.clock.now() }
    if (!(await exemptionStore.decideExemption(tx.db, id, decision))) throw conflict('exemption.cannotDecide')
  })
}

/** Takes it back: whoever has asked for it may, and whoever might have decided on it. */
export async function revokeExemption(ctx: Needs, input: { actor: Actor; id: ExemptionId }): Promise<Exemption> {
  const { actor, id } = input
  const stored = await exemptionStore.findExemption(ctx.db, id)
  if (stored?.askedBy !== actor.userId) requirePermission(actor, 'rules.write')
  return changeExemption(ctx, input, async (tx) => {
    const revoked = await exemptionStore.revokeExemption(tx.db, id, { byName: actor.name, at: ctx.clock.now() })
    if (!revoked) throw conflict('exemption.cannotRevoke')
  })
}

async function changeExemption(
  ctx: Needs,
  { actor, id }: { actor: Actor; id: ExemptionId },
  change: (tx: Tx) => Promise<void>,
): Promise<Exemption> {
  const before = await exemptionStore.findExemption(ctx.db, id)
  if (!before) throw notFound('exemption', id)
  await requireCoverage(ctx.db, actor, [before.areaCode])
  await transact(ctx, async (tx) => {
    await change(tx)
    await enqueuePlan(ctx, tx, before.areaCode)
    await tx.event('exemption.changed', id)
  })
  const after = await exemptionStore.findExemption(ctx.db, id)
  if (!after) throw notFound('exemption', id)
  const programme = after.programmeId && (await programmeStore.findProgramme(ctx.db, after.programmeId))
  return toExemption({ ...after, programmeName: programme ? programme.name : null }, actor)
}

function toExemption(
  stored: exemptionStore.StoredExemption & { programmeName: string | null },
  actor: Actor,
): Exemption {
  const { id, areaCode, programmeId, programmeName, kinds, upTo, reason, state, askedBy, askedByName } = stored
  const isJudge = permissionsOf(actor.role).includes('rules.write')
  const isOwn = askedBy === actor.userId
  return {
    id,
    areaCode,
    programmeId,
    programmeName,
    from: stored.fromDate,
    until: stored.untilDate,
    kinds,
    upTo,
    reason,
    state,
    askedByName,
    askedAt: isoOf(stored.askedAt),
    decidedByName: stored.decidedByName,
    decidedAt: isoOrNull(stored.decidedAt),
    revokedByName: stored.revokedByName,
    revokedAt: isoOrNull(stored.revokedAt),
    may: {
      decide: state === 'waiting' && isJudge && !isOwn,
      // Whoever might decide refuses instead.
      revoke: (state === 'granted' && (isJudge || isOwn)) || (state === 'waiting' && isOwn),
    },
  }
}
