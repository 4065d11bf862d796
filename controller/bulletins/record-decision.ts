import type { Actor } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import type { BulletinDecisionTable } from '../db/schema.ts'
import type { Tx } from '../db/transact.ts'
import * as decisionStore from './decisions.store.ts'

type Decided = Pick<BulletinDecisionTable, 'bulletinId' | 'versionId' | 'kind' | 'reason'>

/** Keeps who has decided what, in the transaction that does it. */
export async function recordDecision(
  ctx: Pick<Context, 'clock' | 'newId'>,
  tx: Tx,
  { actor, ...decided }: Decided & { actor: Actor },
): Promise<void> {
  await decisionStore.insertDecision(tx.db, {
    id: ctx.newId('dec'),
    ...decided,
    by: actor.userId,
    byName: actor.name,
    at: ctx.clock.now(),
  })
}
