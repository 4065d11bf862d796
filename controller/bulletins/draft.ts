import type { CreateBulletin } from '#protocol/http/bulletins.ts'
import type { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import type { Actor } from '../accounts/actor.ts'
import * as stationStore from '../areas/stations.store.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { DomainError } from '../errors.ts'
import { enqueueJob } from '../jobs/enqueue.ts'
import * as bulletinStore from './bulletins.store.ts'
import * as renditionStore from './renditions.store.ts'
import { omissionProblem, scriptProblem, tidyScript } from './script.ts'

/** The content in the form in which it is stored. Throws when title or script cannot be read aloud. */
export function tidyContent(content: CreateBulletin): CreateBulletin {
  const tidy = { ...content, title: tidyScript(content.title).trim(), script: tidyScript(content.script) }
  const { effectiveOn, expiresOn } = content
  const problems = [
    scriptProblem(tidy.title, 'title'),
    scriptProblem(tidy.script),
    omissionProblem(tidy.script, tidy.omit),
    effectiveOn && expiresOn && effectiveOn > expiresOn ? { field: 'expiresOn', key: 'bulletin.datesReversed' } : null,
  ].filter((problem) => problem !== null)
  if (problems.length > 0) throw new DomainError('invalid', problems)
  const cites = [...new Set(tidy.cites.map((cite) => cite.normalize('NFC')))]
  return { ...tidy, targets: [...new Set(tidy.targets)], omit: [...new Set(tidy.omit)], cites }
}

/** Writes one version and sets its production going: a draft can be heard before anybody approves it. */
export async function writeVersion(
  ctx: Pick<Context, 'clock' | 'newId'>,
  tx: Tx,
  version: {
    id: BulletinVersionId
    bulletinId: BulletinId
    number: number
    content: CreateBulletin
    actor: Actor
  },
): Promise<void> {
  const { id, bulletinId, content, actor } = version
  const at = ctx.clock.now()
  await bulletinStore.insertVersion(tx.db, {
    id,
    bulletinId,
    number: version.number,
    title: content.title,
    class: content.class,
    script: content.script,
    targets: content.targets,
    omit: content.omit,
    effectiveOn: content.effectiveOn,
    expiresOn: content.expiresOn,
    cites: content.cites,
    createdBy: actor.userId,
    createdByName: actor.name,
    createdAt: at,
  })
  const station = await stationStore.findStation(tx.db, content.targets[0] ?? '')
  const { voice, soundProfile } = station ?? DEFAULT_STATION
  await renditionStore.insertRendition(tx.db, { versionId: id, bulletinId, voice, soundProfile, at })
  await enqueueJob(ctx, tx, { kind: 'speak', key: id, payload: { versionId: id } })
  await tx.event('bulletin.changed', bulletinId)
}
