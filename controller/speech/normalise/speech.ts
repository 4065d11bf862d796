type Mark = ',' | '.' | '?' | '!'
const STRENGTH: Readonly<Record<Mark, number>> = { ',': 1, '.': 2, '!': 3, '?': 4 }

/** Puts words and pauses together: single spaces, never two pauses in a row, the stronger pause wins. */
export class Speech {
  /** Joined only at the end: a string that grows and is sliced in turn would be copied each time. */
  readonly #parts: string[] = []
  #pause: Mark | null = null
  #isBrief = false

  say(words: string): void {
    if (!words) return
    if (this.#parts.length > 0) this.#parts.push(this.#pause ? `${this.#pause} ${words}` : ` ${words}`)
    else this.#parts.push(words)
    this.#pause = null
    this.#isBrief = false
  }

  /** After a list marker the pause is short, whatever signs follow it. */
  pauseBriefly(): void {
    if (this.#parts.length > 0) this.#pause = ','
    this.#isBrief = true
  }

  pause(mark: Mark): void {
    if (this.#isBrief || this.#parts.length === 0) return
    if (!this.#pause || STRENGTH[mark] > STRENGTH[this.#pause]) this.#pause = mark
  }

  /** How much has been said so far: where the next stretch begins. */
  get length(): number {
    return this.#parts.length
  }

  /** What was said since then, with the pause that follows it. */
  since(length: number): string {
    if (this.#parts.length <= length) return ''
    return (
      this.#parts
        .slice(length)
        .join('')
        .replace(/^[,.?! ]+/, '') + (this.#pause ?? '')
    )
  }

  /** Everything; a comma at the very end says nothing and is left out. */
  finish(): string {
    return this.#parts.join('') + (this.#pause && this.#pause !== ',' ? this.#pause : '')
  }
}
