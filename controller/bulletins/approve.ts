import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'
import type { Actor } from '../accounts/actor.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import { enqueuePlansOf } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { conflict } from '../errors.ts'
import { dayMonthYear } from '../iso.ts'
import { deliverToInboxes } from '../programmes/inbox/arrive.ts'
import { moveBulletin } from './move.ts'
import { recordingProblem } from './recording-problem.ts'

/**
 * The competent person lets the current version go on air; sessions that name the bulletin follow, and communes find it in their inbox. `versionId` says
 * which one was heard: if it is not the current one any more, nothing is approved.
 */
export async function approveBulletin(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>,
  input: { actor: Actor; id: BulletinId; versionId?: BulletinVersionId | undefined },
): Promise<Bulletin> {
  return moveBulletin(ctx, input, {
    action: 'approve',
    permission: 'bulletins.approve',
    refuse: (bulletin) => {
      if (input.versionId && input.versionId !== bulletin.versionId) return conflict('bulletin.editedMeanwhile')
      const { expiresOn } = bulletin
      const isOver = expiresOn !== null && !mayAirAt(expiresOn, ctx.clock.now(), DEFAULT_STATION.timeZone)
      if (isOver) return conflict('bulletin.expiredUnapproved', { date: dayMonthYear(expiresOn) })
      return recordingProblem(bulletin, 'approve')
    },
    set: (bulletin) => ({
      approvedVersionId: bulletin.versionId,
      approvedBy: input.actor.userId,
      approvedByName: input.actor.name,
      approvedAt: ctx.clock.now(),
    }),
    also: async (tx) => {
      await enqueuePlansOf(ctx, tx, input.id)
      await deliverToInboxes(ctx, tx, input.id)
    },
  })
}
