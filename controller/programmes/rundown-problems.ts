import { BulletinId } from '#protocol/ids.ts'
import { type Actor, scopeOf } from '../accounts/actor.ts'
import * as bulletinStore from '../bulletins/bulletins.store.ts'
import type { Db } from '../db/open.ts'
import type { Problem } from '../errors.ts'
import * as relayStore from '../relays/relays.store.ts'
import { isFitFor } from '../uploads/fit-for.ts'
import * as uploadStore from '../uploads/uploads.store.ts'
import type { ProgrammeContent } from './rundown.ts'
import { isChime } from './session/frame.ts'
import { isRelayPart } from './session/relay.ts'

/**
 * Bulletins that no programme may have, whatever its days, and those that its maker must not know of; and chimes that are
 * not the station's own, or not ready, and streams that nobody has allowed.
 */
export async function rundownProblems(
  db: Db,
  actor: Actor,
  programme: Pick<ProgrammeContent, 'areaCode' | 'rundown' | 'exceptions'>,
): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const [i, item] of programme.rundown.entries()) {
    if (!isChime(item) || item.sound === 'built-in') continue
    const isFit = isFitFor(await uploadStore.findUpload(db, item.sound), programme.areaCode, 'chime')
    if (!isFit) problems.push({ field: `rundown.${i}.sound`, key: 'station.chime' })
  }
  const relays = programme.rundown.some(isRelayPart) ? await relayStore.listRelays(db) : []
  for (const [i, item] of programme.rundown.entries())
    if (isRelayPart(item) && !relays.some(({ name }) => name === item.relay))
      problems.push({ field: `rundown.${i}.relay`, key: 'programme.relayUnknown', values: { name: item.relay } })
  for (const { field, bulletinId } of namesOf(programme)) {
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

/** Where a programme names a bulletin, and which. */
function namesOf({ rundown, exceptions }: Pick<ProgrammeContent, 'rundown' | 'exceptions'>) {
  return [
    ...rundown.flatMap((item, i) =>
      item.kind === 'bulletin' ? [{ field: `rundown.${i}.bulletinId`, bulletinId: item.bulletinId }] : [],
    ),
    ...exceptions.flatMap((exception, i) =>
      exception.kind === 'replace'
        ? [{ field: `exceptions.${i}.replacement`, bulletinId: BulletinId.parse(exception.replacement) }]
        : [],
    ),
  ]
}
