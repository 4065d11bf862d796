type Mark = ',' | '.' | '?' | '!'
const STRENGTH: Readonly<Record<Mark, number>> = { ',': 1, '.': 2, '!': 3, '?': 4 }

/** Puts words and pauses together: single spaces, never two pauses in a row, the stronger pause wins. */
export class Speech {
  #text = ''
  #pause: Mark | null = null
  #isBrief = false

  say(words: string): void {
    if (!words) return
    if (this.#text) this.#text += this.#pause ? `${this.#pause} ` : ' '
    this.#pause = null
    this.#isBrief = false
    this.#text += words
  }

  /** After a list marker the pause is short, whatever signs follow it. */
  pauseBriefly(): void {
    if (this.#text) this.#pause = ','
    this.#isBrief = true
  }

  pause(mark: Mark): void {
    if (this.#isBrief) return
    if (this.#text && (!this.#pause || STRENGTH[mark] > STRENGTH[this.#pause])) this.#pause = mark
  }

  /** How much has been said so far: where the next stretch begins. */
  get length(): number {
    return this.#text.length
  }

  /** What was said since then, with the pause that follows it. */
  since(length: number): string {
    return this.#text.slice(length).replace(/^[,.?! ]+/, '') + (this.#text.length > length ? (this.#pause ?? '') : '')
  }

  /** Everything; a comma at the very end says nothing and is left out. */
  finish(): string {
    return this.#text + (this.#pause && this.#pause !== ',' ? this.#pause : '')
  }
}
