import { z } from 'zod'
import { AreaCode, type BulletinVersionId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { BulletinVersionTable } from '../db/schema.ts'
import { scriptToUtterances, type Utterance } from '../speech/normalise/utterances.ts'
import * as pronunciationStore from '../speech/pronunciations.store.ts'
import { VOICES, type VoiceId } from '../speech/speech.ts'
import * as renditionStore from './renditions.store.ts'

const Targets = z.array(AreaCode)

/** What is said of a version: everything in it, sentence by sentence, by the dictionary of the first area it is for. */
export async function utterancesOf(db: Db, version: BulletinVersionTable): Promise<Utterance[]> {
  const [areaCode = ''] = Targets.parse(JSON.parse(version.targetsJson))
  return scriptToUtterances(version.script, { dictionary: await pronunciationStore.dictionaryOf(db, areaCode) })
}

/** The voice chosen when the version was written, so that a retry speaks as the first try did. */
export async function voiceOf(db: Db, versionId: BulletinVersionId): Promise<VoiceId> {
  const rendition = await renditionStore.findRendition(db, versionId)
  return VOICES.find((voice) => voice === rendition?.voice) ?? VOICES[0]
}
