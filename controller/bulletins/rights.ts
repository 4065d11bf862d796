import type { Bulletin } from '#protocol/http/bulletins.ts'
import * as accountStore from '../accounts/accounts.store.ts'
import { type Actor, permissionsOf } from '../accounts/actor.ts'
import { covers } from '../accounts/coverage.ts'
import type { Db } from '../db/open.ts'
import type { BulletinTable } from '../db/schema.ts'
import * as decisionStore from './decisions.store.ts'
import { reachOf } from './reach.ts'

type Asked = Pick<Bulletin, 'id' | 'status' | 'versionId' | 'approvedVersionId'> & Pick<BulletinTable, 'createdBy'>

/** What somebody may do with a bulletin as it stands: one rule for the screen and for the deed. */
export async function rightsOn(db: Db, actor: Actor, bulletin: Asked): Promise<Bulletin['may']> {
  if (!(await covers(db, actor, await reachOf(db, bulletin)))) return { withdraw: false, delete: false }
  return { withdraw: await mayWithdraw(db, actor, bulletin), delete: await mayDelete(db, actor, bulletin) }
}

/** Who may approve may withdraw; the Department of Justice also what it has written itself, whoever of it wrote it. */
async function mayWithdraw(db: Db, actor: Actor, { approvedVersionId, createdBy }: Asked): Promise<boolean> {
  const held = permissionsOf(actor.role)
  if (approvedVersionId === null || !held.includes('bulletins.withdraw')) return false
  return held.includes('bulletins.approve') || (await accountStore.roleOf(db, createdBy)) === actor.role
}

/** A draft that was never let on air is its writer's own. */
async function mayDelete(db: Db, actor: Actor, { id, status, createdBy }: Asked): Promise<boolean> {
  if (!permissionsOf(actor.role).includes('bulletins.write')) return false
  const isDraft = status === 'draft' || status === 'returned'
  const isOwn = createdBy === actor.userId || actor.role === 'admin'
  return isDraft && isOwn && !(await decisionStore.wasEverApproved(db, id))
}
