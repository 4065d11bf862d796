import type { ProgrammeId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import * as changeStore from './changes.store.ts'

/** Keeps who has changed a programme, in the transaction of the change itself. */
export async function recordChange(
  ctx: Pick<Context, 'clock' | 'newId'>,
  tx: Tx,
  change: { actor: Actor; programmeId: ProgrammeId } & Pick<changeStore.ProgrammeChange, 'kind' | 'date'>,
): Promise<void> {
  const { actor, ...rest } = change
  await changeStore.insertChange(tx.db, {
    ...rest,
    id: ctx.newId('chg'),
    by: actor.userId,
    byName: actor.name,
    at: ctx.clock.now(),
  })
}
