import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import { enqueuePlansOf } from '../broadcasts/replan.ts'
import type { Context } from '../context.ts'
import { conflict, forbidden } from '../errors.ts'
import * as inboxStore from '../programmes/inbox/inbox.store.ts'
import { moveBulletin } from './move.ts'

/**
 * Takes the approved version off every plan to come; what has aired stays aired, and a session that sounds now ends by
 * itself. Only a new version that is approved brings the bulletin back. `versionId` says which one was seen on air.
 */
export async function withdrawBulletin(
  ctx: Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>,
  input: { actor: Actor; id: BulletinId; reason: string; versionId?: BulletinVersionId | undefined },
): Promise<Bulletin> {
  return moveBulletin(ctx, input, {
    action: 'withdraw',
    permission: 'bulletins.withdraw',
    reason: input.reason,
    versionId: (bulletin) => bulletin.approvedVersionId,
    refuse: ({ approvedVersionId, may }) => {
      if (approvedVersionId === null) return conflict('bulletin.cannot.withdraw')
      if (input.versionId && input.versionId !== approvedVersionId) return conflict('bulletin.editedMeanwhile')
      return may.withdraw ? null : forbidden('bulletin.notYoursToWithdraw')
    },
    set: () => ({ approvedVersionId: null, approvedBy: null, approvedByName: null, approvedAt: null }),
    also: async (tx) => {
      await enqueuePlansOf(ctx, tx, input.id)
      await inboxStore.withdrawItems(tx.db, input.id)
      await tx.event('inbox.changed', input.id)
    },
  })
}
