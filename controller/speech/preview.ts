import { MAX_SCRIPT_CHARS } from '#protocol/http/bulletins.ts'
import type { PreviewSpeech, SpeechPreview, SpokenSpan } from '#protocol/http/speech.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import * as stationStore from '../areas/stations.store.ts'
import { DEFAULT_STATION } from '../areas/stations.ts'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { castScript } from './cast.ts'
import { chainFor } from './chain-for.ts'
import { compileDictionary } from './normalise/dictionary.ts'
import { normaliseWith } from './normalise/normalise.ts'
import type { NormaliseOptions, Span } from './normalise/types.ts'
import { scriptToUtterances } from './normalise/utterances.ts'
import { readingOf } from './reading.ts'
import { VOICES, type Voices, voicesOf } from './speech.ts'

/** What would be said of a script, with the places that a person should look at. Stores nothing. */
export async function previewSpeech(
  ctx: Pick<Context, 'db' | 'speech'>,
  input: { actor: Actor; request: PreviewSpeech },
): Promise<SpeechPreview> {
  requirePermission(input.actor, 'bulletins.read')
  const { script, areaCode } = input.request
  if (script.length > MAX_SCRIPT_CHARS) {
    throw invalid('script', 'script.tooLong', { length: script.length, limit: MAX_SCRIPT_CHARS })
  }
  const station = areaCode ? await stationStore.findStation(ctx.db, areaCode) : null
  const voice = VOICES.find((name) => name === station?.voice) ?? DEFAULT_STATION.voice
  const [speech] = chainFor(ctx.speech, station?.engines ?? [])
  return previewOf(script, await readingOf(ctx.db, areaCode, voice), voicesOf(speech, voice))
}

/** Pure: the utterances of a script, who speaks them, and the spans that are not said as they are written. */
export function previewOf(script: string, reading: NormaliseOptions, voices: Voices): SpeechPreview {
  const compiled = compileDictionary(reading.dictionary ?? [])
  const utterances = castScript(scriptToUtterances(script, reading), voices).map((utterance) => ({
    ...utterance,
    spans: normaliseWith(utterance.source, compiled, reading)
      .spans.filter(isTelling)
      .map((span) => shifted(span, utterance.start)),
  }))
  const reviewCount = utterances.reduce((sum, { spans }) => sum + spans.filter((span) => span.needsReview).length, 0)
  return { utterances, reviewCount }
}

/** Plain words and marks are said as they stand. */
const isTelling = (span: Span): boolean =>
  span.needsReview || (span.kind !== 'text' && span.reading !== '' && span.reading !== span.source)

const shifted = (span: Span, by: number): SpokenSpan => ({
  ...span,
  start: span.start + by,
  end: span.end + by,
  alternatives: [...span.alternatives],
})
