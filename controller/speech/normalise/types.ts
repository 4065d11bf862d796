import type { Region } from './numbers/cardinal.ts'

/** A word of the station's own: how it is written in scripts and how it must be said. */
export interface DictionaryEntry {
  written: string
  spoken: string
}

export interface NormaliseOptions {
  /** Regional number words; `north` (*linh, nghìn*) unless told otherwise. */
  region?: Region
  /** Wins over everything built in; the longest matching entry first. */
  dictionary?: readonly DictionaryEntry[]
  /** Known foreign words stay `written` (the voice says them) or are `respelled` for a voice that cannot. */
  foreign?: 'written' | 'respelled'
}

/** What became of one stretch of the source. */
export interface Span {
  /** UTF-16 offset into the input, inclusive. */
  start: number
  /** UTF-16 offset into the input, exclusive. */
  end: number
  source: string
  /** The class of text, e.g. `date`, `document-number`, `text`. */
  kind: string
  /** The rule that read it. */
  rule: string
  reading: string
  /** Other readings that the rule considered possible. */
  alternatives: readonly string[]
  /** The rule guessed: a person should look. */
  needsReview: boolean
}

export interface NormalisedText {
  spoken: string
  spans: readonly Span[]
}
