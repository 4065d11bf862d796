import type { BulletinVersionId } from '#protocol/ids.ts'
import { faultOf } from '../audio/fault.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/transact.ts'
import { hasMessage } from '../messages.ts'
import { SpeechError } from '../speech/speech.ts'
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
  const general = rendition?.step === 'mixing' ? 'production.mixFailed' : 'production.speakFailed'
  await renditionStore.setFailed(tx.db, versionId, keyOf(reason) ?? general, ctx.clock.now())
  await tx.event('bulletin.changed', version.bulletinId)
}

/** How a step of production ends that met this error: what only a person can mend is not tried again. */
export function endOf(error: unknown, ctx: Pick<Context, 'log'>): { kind: 'retry' | 'failed'; reason: string } {
  if (error instanceof SpeechError) {
    return { kind: kindOf(error), reason: `speakFailed.${error.code}: ${error.message}` }
  }
  const fault = faultOf(error)
  if (!fault) throw error
  ctx.log.warn({ err: error, fault: fault.code }, 'production stopped')
  return { kind: kindOf(fault), reason: `fault.${fault.code}: ${fault.message}` }
}

const kindOf = ({ isPassing }: { isPassing: boolean }) => (isPassing ? 'retry' : 'failed')

/** The sentence for what a person can do something about; the rest of a reason is for the log. */
function keyOf(reason: string): string | null {
  const [code = ''] = reason.split(':')
  const keys = [`production.${code}`, `production.${code.split('.')[0]}`]
  return keys.find(hasMessage) ?? null
}
