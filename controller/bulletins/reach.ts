import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { Actor } from '../accounts/actor.ts'
import { requireCoverage } from '../accounts/coverage.ts'
import type { Db } from '../db/open.ts'
import * as bulletinStore from './bulletins.store.ts'

type Standing = Pick<Bulletin, 'versionId' | 'approvedVersionId'>

/** Whom a bulletin concerns: those that the current version is for, and those that still hear the one on air. */
export const reachOf = (db: Db, { versionId, approvedVersionId }: Standing): Promise<string[]> =>
  bulletinStore.targetsOf(db, approvedVersionId === null ? [versionId] : [versionId, approvedVersionId])

/** Throws unless all of it lies within what the account works for: who may not withdraw what airs may not replace it. */
export async function requireReach(db: Db, actor: Actor, standing: Standing): Promise<void> {
  await requireCoverage(db, actor, await reachOf(db, standing))
}
