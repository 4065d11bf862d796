import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId, BulletinVersionId, Sha256 } from '#protocol/ids.ts'
import { VIETNAMESE } from '#protocol/languages.ts'
import { mayAirAt } from '#protocol/rules/validity.ts'
import type { Actor } from '../accounts/actor.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import { enqueuePlansOf } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { conflict, type DomainError } from '../errors.ts'
import { dayMonthYear } from '../iso.ts'
import { deliverToInboxes } from '../programmes/inbox/arrive.ts'
import { moveBulletin } from './move.ts'
import { recordingProblem } from './recording-problem.ts'
import * as renditionStore from './renditions.store.ts'

/**
 * The competent person lets the current version go on air; sessions that name the bulletin follow, and communes find it
 * in their inbox. `versionId` says which one was heard, and `sha256` as which sound: if either is another by now, nothing
 * is approved.
 */
export async function approveBulletin(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>,
  input: {
    actor: Actor
    id: BulletinId
    versionId?: BulletinVersionId | undefined
    sha256?: Sha256 | null | undefined
  },
): Promise<Bulletin> {
  return moveBulletin(ctx, input, {
    action: 'approve',
    permission: 'bulletins.approve',
    refuse: (bulletin) => {
      if (input.versionId && input.versionId !== bulletin.versionId) return conflict('bulletin.editedMeanwhile')
      const { expiresOn } = bulletin
      const isOver = expiresOn !== null && !mayAirAt(expiresOn, ctx.clock.now(), DEFAULT_STATION.timeZone)
      if (isOver) return conflict('bulletin.expiredUnapproved', { date: dayMonthYear(expiresOn) })
      return recordingProblem(bulletin, 'approve') ?? soundProblem(bulletin, input)
    },
    set: (bulletin) => ({
      approvedVersionId: bulletin.versionId,
      approvedBy: input.actor.userId,
      approvedByName: input.actor.name,
      approvedAt: ctx.clock.now(),
    }),
    also: async (tx, { versionId }) => {
      // The bulletin is ours until the transaction ends, and whoever has it produced anew takes it first.
      const sound = await renditionStore.findRendition(tx.db, versionId)
      if (input.sha256 !== undefined && input.sha256 !== sound?.sha256) throw conflict('bulletin.producedAnew')
      await enqueuePlansOf(ctx, tx, input.id)
      await deliverToInboxes(ctx, tx, input.id)
    },
  })
}

/** Somebody who would hear before approving needs something to hear, and what has failed does not get its sound by itself. */
function soundProblem(
  { rendition, recordings }: Bulletin,
  { sha256 }: { sha256?: Sha256 | null | undefined },
): DomainError | null {
  const isRead = recordings.some(({ language }) => language === VIETNAMESE)
  if (rendition.step === 'ready' || isRead) return null
  return sha256 === null || rendition.step === 'failed' ? conflict('bulletin.nothingToHear') : null
}
