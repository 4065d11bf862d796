import type { BulletinVersionId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import { scriptToUtterances, type Utterance } from '../speech/normalise/utterances.ts'
import { VOICES, type VoiceId } from '../speech/speech.ts'
import * as renditionStore from './renditions.store.ts'

/** What is said of a script: everything in it, sentence by sentence. */
export const utterancesOf = (script: string): Utterance[] => scriptToUtterances(script)

/** The voice chosen when the version was written, so that a retry speaks as the first try did. */
export async function voiceOf(db: Db, versionId: BulletinVersionId): Promise<VoiceId> {
  const rendition = await renditionStore.findRendition(db, versionId)
  return VOICES.find((voice) => voice === rendition?.voice) ?? VOICES[0]
}
