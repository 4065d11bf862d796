import type { Bulletin, Decision, VersionSummary } from '#protocol/http/bulletins.ts'
import type { Db } from '../db/open.ts'
import type { BulletinDecisionTable } from '../db/schema.ts'
import { isoOf } from '../iso.ts'
import * as bulletinStore from './bulletins.store.ts'
import * as decisionStore from './decisions.store.ts'

/** The versions of a bulletin with what was decided on each, and why it is off the air if it was taken off. */
export async function historyOf(
  db: Db,
  { id, approvedVersionId }: Pick<Bulletin, 'id' | 'approvedVersionId'>,
): Promise<Pick<Bulletin, 'versions' | 'withdrawal'>> {
  const versions = await bulletinStore.listVersions(db, id)
  const decisions = await decisionStore.decisionsOf(db, id)
  return {
    versions: versions.map((version) => versionOf(version, decisions)),
    withdrawal: approvedVersionId ? null : withdrawalOf(decisions),
  }
}

export function versionOf(
  version: bulletinStore.VersionRow,
  decisions: readonly BulletinDecisionTable[],
): VersionSummary {
  const { id, number, createdAt, createdByName } = version
  const own = decisions.filter(({ versionId }) => versionId === id)
  return { id, number, createdAt: isoOf(createdAt), createdByName, decisions: own.flatMap(decisionOf).reverse() }
}

/** A deletion is shown nowhere: nothing of the bulletin is. */
function decisionOf({ kind, byName, at, reason }: BulletinDecisionTable): Decision[] {
  return kind === 'delete' ? [] : [{ kind, byName, at: isoOf(at), reason }]
}

function withdrawalOf(decisions: readonly BulletinDecisionTable[]): Bulletin['withdrawal'] {
  const last = decisions.find(({ kind }) => kind === 'withdraw')
  return last ? { versionId: last.versionId, byName: last.byName, at: isoOf(last.at), reason: last.reason ?? '' } : null
}
