import { DIGIT, SYMBOL } from './chars.ts'
import type { CleanText } from './clean.ts'
import { readCardinal } from './numbers/cardinal.ts'
import type { Reading } from './scan.ts'
import { Speech } from './speech.ts'
import type { NormalisedText, Span } from './types.ts'

/** How signs that no rule reads sound: as pauses, or not at all. */
const PAUSES: Readonly<Record<string, ',' | '.' | '?' | '!'>> = {
  ',': ',',
  ';': ',',
  ':': ',',
  '(': ',',
  ')': ',',
  '[': ',',
  ']': ',',
  '{': ',',
  '}': ',',
  '—': ',',
  '.': '.',
  '?': '?',
  '!': '!',
}

/** Collects what is said and keeps account of every stretch of the source, each once. */
export class Trace {
  readonly #source: string
  readonly #cleaned: CleanText
  readonly #respell: boolean
  readonly #speech = new Speech()
  readonly #spans: Span[] = []
  /** Where the plain text that is being collected began to be spoken. */
  #plainFrom = 0
  #covered = 0

  constructor(source: string, cleaned: CleanText, respell: boolean) {
    this.#source = source
    this.#cleaned = cleaned
    this.#respell = respell
  }

  plain(from: number, to: number, kind: number): void {
    const { text } = this.#cleaned
    if (kind === SYMBOL) {
      const pause = PAUSES[text.charAt(from)]
      if (pause) this.#speech.pause(pause)
    } else this.#speech.say(kind === DIGIT ? readCardinal(text.slice(from, to)) : text.slice(from, to))
  }

  add(from: number, reading: Reading): void {
    const respelled = this.#respell && reading.rule === 'foreign-word' ? reading.alternatives?.[0] : undefined
    const said = respelled ?? reading.reading
    // A mark of which only the pause is heard belongs to the plain text around it.
    if (reading.kind === 'mark' && !reading.needsReview && !/\p{L}/u.test(said)) {
      this.#say(said, reading.kind)
      return
    }
    const start = this.#cleaned.offsetOf(from)
    this.#closePlain(start)
    this.#say(said, reading.kind)
    this.#push(start, this.#cleaned.offsetOf(reading.end), reading, said)
    this.#plainFrom = this.#speech.length
  }

  finish(): NormalisedText {
    this.#closePlain(this.#source.length)
    return { spoken: this.#speech.finish(), spans: this.#spans }
  }

  #say(reading: string, kind: string): void {
    const pause = /[,.?!]$/.exec(reading)?.[0] as ',' | '.' | '?' | '!' | undefined
    this.#speech.say(pause ? reading.slice(0, -1) : reading)
    if (pause && kind === 'list-marker') this.#speech.pauseBriefly()
    else if (pause) this.#speech.pause(pause)
  }

  #closePlain(to: number): void {
    if (to <= this.#covered) return
    const reading = this.#speech.since(this.#plainFrom)
    this.#push(this.#covered, to, { end: 0, kind: 'text', rule: 'text', reading }, reading)
    this.#plainFrom = this.#speech.length
  }

  #push(start: number, end: number, reading: Reading, said: string): void {
    // One sign of the source, such as `½`, may be several to the rules: what they read is one span.
    const last = this.#spans.at(-1)
    if (end <= start && last)
      this.#spans[this.#spans.length - 1] = { ...last, reading: `${last.reading} ${said}`.trim() }
    if (end <= start) return
    this.#spans.push({
      start,
      end,
      source: this.#source.slice(start, end),
      kind: reading.kind,
      rule: reading.rule,
      reading: said,
      alternatives: reading.alternatives ?? [],
      needsReview: reading.needsReview ?? false,
    })
    this.#covered = end
  }
}
