import { isWordAt, lettersStart } from './chars.ts'
import type { CompiledDictionary } from './dictionary.ts'
import type { Region } from './numbers/cardinal.ts'

/** What a rule has read: everything from the scan's position up to `end`. */
export interface Reading {
  end: number
  kind: string
  rule: string
  reading: string
  alternatives?: readonly string[]
  needsReview?: boolean
  /** The next number or numeral is read in the same way, when a list goes on: `khoản 3, 4 và 5`. */
  list?: ListKind
}

export type ListKind = 'article' | 'roman' | 'date' | 'licence' | 'phone' | 'year' | 'document' | 'plate'

/** One pass over one cleaned paragraph. Rules read it; only the main loop moves it. */
export interface Scan {
  readonly text: string
  readonly region: Region
  readonly dictionary: CompiledDictionary
  pos: number
  /** The list that may go on at this position; null when the last thing read began none, or something ended it. */
  list: ListKind | null
  /** How the last document number named its kind, for the next one of a list. */
  documentKind: string
}

/** Reads at the scan's position, or passes. */
export type Rule = (scan: Scan) => Reading | null

/** The word that ends just before an index (spaces, a colon and an opening bracket may lie between), in lower case. */
export function wordBefore(text: string, index: number): string {
  const end = wordEndBefore(text, index)
  return text.slice(lettersStart(text, end), end).toLowerCase()
}

/** The last two words before an index, in lower case: `số nhà`. */
export function twoWordsBefore(text: string, index: number): string {
  const end = wordEndBefore(text, index)
  const start = lettersStart(text, end)
  return `${wordBefore(text, start)} ${text.slice(start, end).toLowerCase()}`
}

/** Signs that say nothing lie between a word and what it governs: `khóa (XV)`, `mục[1] V`. */
function wordEndBefore(text: string, index: number): number {
  let end = index
  while (end > 0 && index - end < 12 && /[\s:(*_#'^~<>={}[\]\\/+-]/.test(text.charAt(end - 1))) {
    end = text.charAt(end - 1) === ']' ? referenceStart(text, end) : end - 1
  }
  return end
}

/** Where the reference `[1]` that ends here begins; just before its last bracket when it is none. */
const referenceStart = (text: string, end: number): number =>
  end - (/\[\d{1,3}\]$/.exec(text.slice(Math.max(0, end - 5), end))?.[0].length ?? 1)

/** Up to `length` characters before an index, in lower case. */
export const textBefore = (text: string, index: number, length = 48): string =>
  text.slice(Math.max(0, index - length), index).toLowerCase()

/** Whether a line of the paragraph begins here: no word or number lies between this place and its start. */
export function startsLine(text: string, index: number): boolean {
  for (let at = index; at > 0 && text.charAt(at - 1) !== '\n'; ) {
    if (isWordAt(text, at - 1) || index - at > 12) return false
    at = text.charAt(at - 1) === ']' ? referenceStart(text, at) : at - 1
  }
  return true
}
