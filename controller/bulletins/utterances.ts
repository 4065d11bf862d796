import type { BulletinVersionId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { BulletinVersionTable } from '../db/schema.ts'
import { scriptToUtterances, type Utterance, withoutParts } from '../speech/normalise/utterances.ts'
import { readingOf } from '../speech/reading.ts'
import { VOICES, type VoiceId } from '../speech/speech.ts'
import { contentOf } from './content.ts'
import * as renditionStore from './renditions.store.ts'

/** What is said of a version: all but the parts left out, sentence by sentence, as the first area that it is for reads. */
export async function utterancesOf(db: Db, version: BulletinVersionTable, voice: VoiceId): Promise<Utterance[]> {
  const { script, targets, omit } = contentOf(version)
  const utterances = scriptToUtterances(script, await readingOf(db, targets[0], voice))
  return withoutParts(utterances, omit)
}

/** The voice chosen when the version was written, so that a retry speaks as the first try did. */
export async function voiceOf(db: Db, versionId: BulletinVersionId): Promise<VoiceId> {
  const rendition = await renditionStore.findRendition(db, versionId)
  return VOICES.find((voice) => voice === rendition?.voice) ?? VOICES[0]
}
