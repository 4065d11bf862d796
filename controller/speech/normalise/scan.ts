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

function wordEndBefore(text: string, index: number): number {
  let end = index
  while (end > 0 && index - end < 4 && /[\s:(*_#'^{}[\]\\]/.test(text.charAt(end - 1))) end--
  return end
}

/** Up to `length` characters before an index, in lower case. */
export const textBefore = (text: string, index: number, length = 48): string =>
  text.slice(Math.max(0, index - length), index).toLowerCase()

/** Whether a line of the paragraph begins here: no word or number lies between this place and its start. */
export function startsLine(text: string, index: number): boolean {
  for (let at = index - 1; at >= 0 && text.charAt(at) !== '\n'; at--) {
    if (isWordAt(text, at) || index - at > 12) return false
  }
  return true
}
