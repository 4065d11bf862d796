import { MAX_SCRIPT_CHARS } from '#protocol/http/bulletins.ts'
import type { PreviewSpeech, SpeechPreview, SpokenSpan } from '#protocol/http/speech.ts'
import { type Actor, requirePermission } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { compileDictionary } from './normalise/dictionary.ts'
import { normaliseWith } from './normalise/normalise.ts'
import type { DictionaryEntry, Span } from './normalise/types.ts'
import { scriptToUtterances } from './normalise/utterances.ts'
import * as pronunciationStore from './pronunciations.store.ts'

/** What would be said of a script, with the places that a person should look at. Stores nothing. */
export async function previewSpeech(
  ctx: Pick<Context, 'db'>,
  input: { actor: Actor; request: PreviewSpeech },
): Promise<SpeechPreview> {
  requirePermission(input.actor, 'bulletins.read')
  const { script, areaCode } = input.request
  if (script.length > MAX_SCRIPT_CHARS) {
    throw invalid('script', 'script.tooLong', { length: script.length, limit: MAX_SCRIPT_CHARS })
  }
  const dictionary = areaCode ? await pronunciationStore.dictionaryOf(ctx.db, areaCode) : []
  return previewOf(script, dictionary)
}

/** Pure: the utterances of a script, each with the spans that are not said as they are written. */
export function previewOf(script: string, dictionary: readonly DictionaryEntry[]): SpeechPreview {
  const compiled = compileDictionary(dictionary)
  const utterances = scriptToUtterances(script, { dictionary }).map((utterance) => ({
    ...utterance,
    spans: normaliseWith(utterance.source, compiled, {})
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
