import { z } from 'zod'
import { OmittablePart } from '#protocol/http/bulletins.ts'
import { AreaCode, type BulletinVersionId } from '#protocol/ids.ts'
import type { Db } from '../db/open.ts'
import type { BulletinVersionTable } from '../db/schema.ts'
import { scriptToUtterances, type Utterance, withoutParts } from '../speech/normalise/utterances.ts'
import { readingOf } from '../speech/reading.ts'
import { VOICES, type VoiceId } from '../speech/speech.ts'
import * as renditionStore from './renditions.store.ts'

const Targets = z.array(AreaCode)
const Omitted = z.array(OmittablePart)

/** What is said of a version: all but the parts left out, sentence by sentence, as the first area that it is for reads. */
export async function utterancesOf(db: Db, version: BulletinVersionTable, voice: VoiceId): Promise<Utterance[]> {
  const [areaCode] = Targets.parse(JSON.parse(version.targetsJson))
  const utterances = scriptToUtterances(version.script, await readingOf(db, areaCode, voice))
  return withoutParts(utterances, Omitted.parse(JSON.parse(version.omitJson)))
}

/** The voice chosen when the version was written, so that a retry speaks as the first try did. */
export async function voiceOf(db: Db, versionId: BulletinVersionId): Promise<VoiceId> {
  const rendition = await renditionStore.findRendition(db, versionId)
  return VOICES.find((voice) => voice === rendition?.voice) ?? VOICES[0]
}
