import type { Permission } from '#protocol/http/accounts.ts'
import type { Bulletin, DecisionKind } from '#protocol/http/bulletins.ts'
import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import type { BulletinTable } from '../db/schema.ts'
import { type Tx, transact } from '../db/transact.ts'
import { conflict, type DomainError } from '../errors.ts'
import * as bulletinStore from './bulletins.store.ts'
import { getBulletin } from './get.ts'
import { requireReach } from './reach.ts'
import { recordDecision } from './record-decision.ts'
import { nextBulletinStatus } from './status.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId'>

/** Loads, decides, saves: what `submit`, `approve`, `return` and `withdraw` have in common. */
export async function moveBulletin(
  ctx: Needs,
  input: { actor: Actor; id: BulletinId },
  move: {
    action: DecisionKind
    permission: Permission
    /** What is decided on; the current version unless told otherwise. */
    versionId?: (bulletin: Bulletin) => BulletinVersionId | null
    reason?: string
    refuse?: (bulletin: Bulletin) => DomainError | null
    set: (bulletin: Bulletin) => Partial<BulletinTable>
    also?: (tx: Tx, bulletin: Bulletin) => Promise<void>
  },
): Promise<Bulletin> {
  requirePermission(input.actor, move.permission)
  const bulletin = await getBulletin(ctx, input)
  await requireReach(ctx.db, input.actor, bulletin)
  const status = nextBulletinStatus(bulletin.status, move.action)
  if (!status) throw conflict(`bulletin.cannot.${move.action}`)
  const refusal = move.refuse?.(bulletin)
  if (refusal) throw refusal
  await transact(ctx, async (tx) => {
    const set = { ...move.set(bulletin), status, updatedAt: ctx.clock.now() }
    const { versionId, approvedVersionId } = bulletin
    const seen = { status: [bulletin.status], versionId, approvedVersionId }
    const moved = await bulletinStore.transitionBulletin(tx.db, input.id, seen, set)
    if (!moved) throw conflict('bulletin.editedMeanwhile')
    await recordDecision(ctx, tx, {
      bulletinId: input.id,
      versionId: move.versionId?.(bulletin) ?? versionId,
      kind: move.action,
      actor: input.actor,
      reason: move.reason ?? null,
    })
    await move.also?.(tx, bulletin)
    await tx.event('bulletin.changed', input.id)
  })
  return getBulletin(ctx, input)
}
