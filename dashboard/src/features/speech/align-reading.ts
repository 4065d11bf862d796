import type { SpokenSpan } from '#protocol/http/speech.ts'

/** A stretch of what is said: as it stands in the script, or read by a rule, which is `mark`ed. */
export interface Part {
  readonly text: string
  readonly mark: SpokenSpan | null
}

interface Spoken {
  readonly source: string
  readonly spoken: string
  /** Offsets into `source`, in order. */
  readonly spans: readonly SpokenSpan[]
}

/** Finds each reading in what is said. The parts together are what is said, letter by letter. */
export function partsOf({ source, spoken, spans }: Spoken): Part[] {
  const parts: Part[] = []
  let written = 0
  let said = 0
  for (const span of spans) {
    const words = withoutPause(span.reading)
    const from = skipWords(spoken, said, source.slice(written, span.start))
    const at = words === '' ? from : wordsAt(spoken, words, from)
    written = span.end
    if (at === -1) continue
    if (at > said) parts.push({ text: spoken.slice(said, at), mark: null })
    said = at + words.length
    parts.push({ text: spoken.slice(at, said), mark: span })
  }
  if (said < spoken.length) parts.push({ text: spoken.slice(said), mark: null })
  return parts
}

/** The pause after a reading may be heard longer, or not at all. */
const withoutPause = (reading: string): string => reading.replace(/[\s,.?!]+$/, '')

const WORD = /[\p{L}\p{M}\d]+/gu

/** Walks over words that are said as they are written, so that an equal word before the place is not taken for it. */
function skipWords(spoken: string, from: number, gap: string): number {
  let at = from
  for (const [word] of gap.matchAll(WORD)) {
    const next = new RegExp(WORD.source, 'gu')
    next.lastIndex = at
    const found = next.exec(spoken)
    if (!found || plainOf(found[0]) !== plainOf(word)) return at
    at = found.index + found[0].length
  }
  return at
}

const plainOf = (word: string): string => word.normalize('NFC').toLowerCase()

/** Where these words stand as whole words; -1 where they do not. */
function wordsAt(spoken: string, words: string, from: number): number {
  for (let at = spoken.indexOf(words, from); at !== -1; at = spoken.indexOf(words, at + 1)) {
    if (!isWordChar(spoken[at - 1]) && !isWordChar(spoken[at + words.length])) return at
  }
  return -1
}

const isWordChar = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{M}]/u.test(char)
