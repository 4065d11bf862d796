import type { CreateProgramme } from '#protocol/http/programmes.ts'
import { type Actor, scopeOf } from '../accounts/actor.ts'
import * as bulletinStore from '../bulletins/bulletins.store.ts'
import type { Db } from '../db/open.ts'
import type { Problem } from '../errors.ts'

/** Bulletins that no programme may have, whatever its days, and those that its maker must not know of. */
export async function rundownProblems(
  db: Db,
  actor: Actor,
  { rundown }: Pick<CreateProgramme, 'rundown'>,
): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const [i, { bulletinId }] of rundown.entries()) {
    const field = `rundown.${i}.bulletinId`
    const isVisible = await bulletinStore.isVisible(db, bulletinId, scopeOf(actor))
    const bulletin = isVisible ? await bulletinStore.findBulletin(db, bulletinId) : null
    const version = bulletin?.approvedVersionId && (await bulletinStore.findVersion(db, bulletin.approvedVersionId))
    if (!bulletin) problems.push({ field, key: 'bulletin.notFound', values: { id: bulletinId } })
    else if (bulletin.status === 'withdrawn') problems.push({ field, key: 'bulletin.withdrawn' })
    else if (!version) problems.push({ field, key: 'bulletin.notApproved' })
    else if (version.class === 'emergency') problems.push({ field, key: 'bulletin.emergencyNotScheduled' })
  }
  return problems
}
