import type { SessionChoice } from '#protocol/http/inbox.ts'
import { requirePermission } from '../../accounts/actor.ts'
import { requireCoverage } from '../../accounts/coverage.ts'
import { loadStation, type StationState } from '../../broadcasts/load-station.ts'
import { requireVisible } from '../../bulletins/get.ts'
import type { Context } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { isoOf } from '../../iso.ts'
import { messageOf } from '../../messages.ts'
import { MINUTE } from '../../units.ts'
import { bulletinsOf, isBulletin, lengthOf } from '../session/airing-item.ts'
import type { Session } from '../session/session.ts'
import { obstacleTo } from './obstacle.ts'
import { requireAirable } from './require-airable.ts'
import type { Asked } from './require-item.ts'
import { newlyDropped, refOf, stands, type Trial, trialsOf } from './sessions-with.ts'

/**
 * The sessions of the coming days, each as it is and as it would be with the bulletin. The first is suggested that takes it
 * without giving anything up; where there is none, the first that takes it at all.
 */
export async function sessionsFor(
  ctx: Pick<Context, 'db' | 'clock' | 'config'>,
  input: Asked,
): Promise<{ items: SessionChoice[] }> {
  requirePermission(input.actor, 'programmes.read')
  await requireCoverage(ctx.db, input.actor, [input.areaCode], 'areaCode')
  await requireVisible(ctx.db, input.actor, input.bulletinId)
  const bulletin = await requireAirable(ctx, input)
  const state = await loadStation(ctx.db, input.areaCode, ctx.clock.now())
  if (!state) throw notFound('station', input.areaCode)
  const { bulletinId } = input
  const asked = { bulletinId, expiresOn: bulletin.expiresOn, leadMs: ctx.config.leadMs }
  const choices = trialsOf(state, bulletinId, bulletin, bulletin.class === 'ordinary').map((trial) => {
    const has = stands(trial, state, bulletinId)
    const obstacle = has ? null : obstacleTo(trial, state, asked)
    return choiceOf(trial, state, { has, obstacle: obstacle && messageOf(obstacle.key, obstacle.values) })
  })
  const open = choices.filter(({ has, obstacle }) => !has && obstacle === null)
  const suggested = open.find(({ drops }) => drops.length === 0) ?? open[0]
  return { items: choices.map((choice) => ({ ...choice, isSuggested: choice === suggested })) }
}

function choiceOf(
  trial: Trial,
  { material }: StationState,
  { has, obstacle }: Pick<SessionChoice, 'has' | 'obstacle'>,
): Omit<SessionChoice, 'isSuggested'> {
  const { session, with: after } = trial
  return {
    ...refOf(session),
    programmeName: session.programme.name,
    startAt: isoOf(session.startAt),
    maxMs: session.programme.maxMinutes * MINUTE,
    items: bulletinsOf(session.items).map(({ id, title }) => ({
      bulletinId: id,
      title,
      class: material.ready.get(id)?.class ?? 'ordinary',
      ms: lengthOf(session.items.filter((item) => isBulletin(item) && item.bulletinId === id)),
    })),
    has,
    before: fillOf(session),
    after: fillOf(obstacle === null ? after : session),
    drops: obstacle === null ? newlyDropped(trial) : [],
    obstacle,
  }
}

const fillOf = ({ items, fill }: Session): SessionChoice['before'] => ({ usedMs: lengthOf(items), fill })
