import type { BulletinVersionId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { hasMessage } from '../messages.ts'
import type { SpeechError } from '../speech/speech.ts'
import * as bulletinStore from './bulletins.store.ts'
import * as renditionStore from './renditions.store.ts'

/** Shows a given-up production where its writer sees it and can set it going again. */
export async function failProduction(
  tx: Tx,
  { versionId }: { versionId: BulletinVersionId },
  reason: string,
  ctx: Pick<Context, 'clock'>,
): Promise<void> {
  const version = await bulletinStore.findVersion(tx.db, versionId)
  if (!version) return
  const rendition = await renditionStore.findRendition(tx.db, versionId)
  const key = rendition?.step === 'mixing' ? 'production.mixFailed' : speakingFailure(reason)
  await renditionStore.setFailed(tx.db, versionId, key, ctx.clock.now())
  await tx.event('bulletin.changed', version.bulletinId)
}

/** What the job says of a script that nobody could speak; its code comes first. */
export const speechReason = ({ code, message }: SpeechError): string => `${code}: ${message}`

/** The sentence for what a person can do something about; any other reason is for the log. */
function speakingFailure(reason: string): string {
  const key = `production.speakFailed.${reason.split(':')[0]}`
  return hasMessage(key) ? key : 'production.speakFailed'
}
