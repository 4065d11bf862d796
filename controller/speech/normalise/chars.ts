/** What a character is to the scanner. */
export const SPACE = 0
export const DIGIT = 1
export const LOWER = 2
export const UPPER = 3
export const SYMBOL = 4

/** Covers every Latin letter that Vietnamese and its minority languages write; the rest is looked up by regex. */
const TABLE = new Uint8Array(0x2000)
for (let code = 0; code < TABLE.length; code++) TABLE[code] = classify(String.fromCharCode(code))

function classify(char: string): number {
  if (/\s/.test(char)) return SPACE
  if (char >= '0' && char <= '9') return DIGIT
  if (/[\p{Lu}\p{Lt}]/u.test(char)) return UPPER
  return /[\p{L}\p{M}]/u.test(char) ? LOWER : SYMBOL
}

/** The class of the character at an index; past either end it is a space. */
export function classAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  if (Number.isNaN(code)) return SPACE
  return TABLE[code] ?? classify(text.charAt(index))
}

export const isLetterAt = (text: string, index: number): boolean => {
  const found = classAt(text, index)
  return found === LOWER || found === UPPER
}

export const isDigitAt = (text: string, index: number): boolean => classAt(text, index) === DIGIT

export const isWordAt = (text: string, index: number): boolean => isLetterAt(text, index) || isDigitAt(text, index)

/** Whether no word or number goes on at this index. */
export const isFree = (text: string, index: number): boolean => !isWordAt(text, index)

/** Where the run of letters that starts here ends. */
export function lettersEnd(text: string, from: number): number {
  let end = from
  while (end < text.length && isLetterAt(text, end)) end++
  return end
}

/** Where the run of letters that ends here starts; looks no further back than `limit` characters. */
export function lettersStart(text: string, to: number, limit = 40): number {
  let start = to
  while (start > 0 && to - start < limit && isLetterAt(text, start - 1)) start--
  return start
}

/** Runs a sticky regex at one place. */
export function matchAt(regex: RegExp, text: string, at: number): RegExpExecArray | null {
  regex.lastIndex = at
  return regex.exec(text)
}
