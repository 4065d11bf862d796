import { readCardinal } from './numbers/cardinal.ts'
import type { NormalisedText, NormaliseOptions, Span } from './types.ts'

export type { DictionaryEntry, NormalisedText, NormaliseOptions, Span } from './types.ts'

/** Reads one paragraph of written Vietnamese as a person would say it. */
export function normalise(paragraph: string, options: NormaliseOptions = {}): NormalisedText {
  const spans: Span[] = []
  for (const match of paragraph.matchAll(/\d+|\D+/g)) {
    const source = match[0]
    const isNumber = /^\d/.test(source)
    spans.push({
      start: match.index,
      end: match.index + source.length,
      source,
      kind: isNumber ? 'cardinal' : 'text',
      rule: isNumber ? 'cardinal' : 'text',
      reading: isNumber ? readCardinal(source, { region: options.region }) : source,
      alternatives: [],
      needsReview: false,
    })
  }
  const spoken = spans
    .map((span) => span.reading)
    .join('')
    .replace(/[^\p{L}\p{M}\s,.?!]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return { spoken, spans }
}
