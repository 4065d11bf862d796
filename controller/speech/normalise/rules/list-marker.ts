import { matchAt } from '../chars.ts'
import { sayLetter } from '../letters.ts'
import { readCardinal } from '../numbers/cardinal.ts'
import { romanValue } from '../numbers/roman.ts'
import { type Rule, startsLine, wordBefore } from '../scan.ts'
import { SMALL_ROMAN_WORDS } from '../tables/contexts.ts'

const NUMBERED = /(\d{1,2}(?:\.\d{1,2}){0,3})(?:\.|\)|\.\)|\/(?= ?\p{L})|\. ?-)?(?=[ \n]|\p{L}|$)/uy
const LETTERED =
  /([A-ZĐa-zđ])(?:\[\d{1,3}\])?[^\p{L}\d.)]{0,6}(?:\)|\.(?!\p{Lu}\.))(?=[^\p{L}\d$%&=+@€]{0,40}[\p{L}\d$%&=+@€])/uy
const BRACKETED = /[([](?:(\d{1,2})|([a-zđ])|([ivx]{1,5})|([IVX]{1,5}))[)\]]/y
const BULLET = /[-+*—](?: |(?=\p{L}))/uy
const SMALL_ROMAN = /([ivx]{1,5})(?:\[\d{1,3}\])?[^\p{L}\d.)]{0,6}[).]/uy

/** `1.`, `2.1.`, `1)` at the start of a line: the number is said, then a pause. */
export const readNumberMarker: Rule = ({ text, pos, region }) => {
  if (!startsLine(text, pos)) return null
  const match = matchAt(NUMBERED, text, pos)
  const number = match?.[1] ?? ''
  const mark = match?.[0].slice(number.length) ?? ''
  // Without a mark of its own a number begins a sentence; `1.1 Mục tiêu` marks itself by its dot.
  if (!match || (mark === '' && !/^\d{1,2}\.\d{1,2}(?:\.\d+)*$/.test(number))) return null
  if (mark === '' && !/^[ \n]\p{Lu}/u.test(text.slice(pos + match[0].length, pos + match[0].length + 2))) return null
  const reading = number
    .split('.')
    .map((part) => readCardinal(part, { region }))
    .join(' chấm ')
  return { end: pos + match[0].length, kind: 'list-marker', rule: 'numbered', reading: `${reading},` }
}

/** `a)`, `A.`, `i)` at the start of a line. */
export const readLetterMarker: Rule = ({ text, pos }) => {
  if (!startsLine(text, pos)) return null
  const roman = matchAt(SMALL_ROMAN, text, pos)
  const value = roman && (roman[1] ?? '').length > 1 ? romanValue((roman[1] ?? '').toUpperCase()) : null
  if (roman && value !== null) {
    return {
      end: pos + roman[0].length,
      kind: 'list-marker',
      rule: 'roman-item',
      reading: `${readCardinal(String(value))},`,
    }
  }
  const match = matchAt(LETTERED, text, pos)
  // `I.`, `V.` and `X.` number chapters; only with a bracket are they letters.
  if (!match || /^[IVX]\.$/.test(match[0])) return null
  // `P.`, `Q.`, `H.` before a name, an office or a number are places and offices.
  if (/^[PQH]\.$/.test(match[0]) && /^ ?[\p{Lu}\d]/u.test(text.slice(pos + 2, pos + 4))) return null
  return {
    end: pos + match[0].length,
    kind: 'list-marker',
    rule: 'lettered',
    reading: `${sayLetter(match[1] ?? '')},`,
  }
}

/** `(1)`, `(a)`, `(iii)` anywhere; run against a word without a space, figures are a footnote and stay silent. */
export const readBracketMarker: Rule = ({ text, pos, region }) => {
  const match = matchAt(BRACKETED, text, pos)
  if (!match) return null
  const [all, digits, letter, small, capital] = match
  const end = pos + all.length
  const isReference = all.startsWith('[') || (digits !== undefined && /[\p{L}\p{M}.,;]/u.test(text.charAt(pos - 1)))
  if (isReference) return { end, kind: 'footnote', rule: 'reference', reading: '' }
  if (digits?.startsWith('0')) {
    return { end, kind: 'cardinal', rule: 'bracketed-number', reading: readCardinal(digits, { region }) }
  }
  const numeral =
    capital ?? (isSmallNumeral(text, pos, end, letter ?? small ?? '') ? (letter ?? small ?? '').toUpperCase() : '')
  const value = digits ? Number(digits) : romanValue(numeral)
  const said = value === null ? sayLetter(letter ?? small ?? capital ?? '') : readCardinal(String(value), { region })
  return { end, kind: 'list-marker', rule: 'bracketed', reading: `${said},` }
}

/** `(ii)` is a numeral; `(i)` only where `(ii)` follows or the word before numbers something, else it is the letter. */
const isSmallNumeral = (text: string, pos: number, end: number, written: string): boolean =>
  written.length > 1 ||
  (written === 'i' && /^[^.]{0,200}\(ii\)/.test(text.slice(end, end + 210))) ||
  SMALL_ROMAN_WORDS.has(wordBefore(text, pos))

/** `-`, `+` at the start of a line mark a line and are not said. */
export const readBullet: Rule = ({ text, pos }) => {
  const match = startsLine(text, pos) ? matchAt(BULLET, text, pos) : null
  return match ? { end: pos + match[0].length, kind: 'list-marker', rule: 'bullet', reading: '' } : null
}
