import { classAt, isDigitAt, isFree, isLetterAt, lettersEnd, lettersStart, matchAt, UPPER } from '../chars.ts'
import { sayLetter, spell } from '../letters.ts'
import { readCardinal } from '../numbers/cardinal.ts'
import { romanValue } from '../numbers/roman.ts'
import { type Reading, type Rule, type Scan, startsLine, textBefore, wordBefore } from '../scan.ts'
import { isSyllable } from '../syllable.ts'
import { FOREIGN_WORDS } from '../tables/foreign-words.ts'
import { isKindCode, readDocumentCode } from './document-code.ts'
import { expand, expandInContext, isAbbreviation, shorthand } from './lookup.ts'

const COMPOUND = /\p{Lu}[\p{L}]*(?:(?: ?& ?|-|\.|, ?)\p{Lu}[\p{L}]*){1,5}/uy
const SHORTHAND = /[\p{L}]{1,4}(?:[./]\p{L}{1,4}){1,2}\.?|\p{L}{1,5}\.?:?/uy
const DOTTED_PLACE = /([PQHXTĐKÔ])\. ?(?=\d|\p{Lu})/uy
const TONED = /[àáãạảăắằẵặẳâấầẫậẩèéẻẽẹêếềểễệìíĩịỉòóõọỏôốồổỗộơớờởỡợùúũụủưứừửữựỳýỹỵỷ]/i

/** Shorthands with dots, slashes or small letters: `đ/c`, `v/v`, `TP.`, `ThS.`, `SĐT`. */
export const readShorthand: Rule = ({ text, pos }) => {
  const match = matchAt(SHORTHAND, text, pos)
  if (!match) return null
  for (const written of prefixes(match[0])) {
    const spoken = shorthand(written)
    const end = pos + written.length
    if (spoken === undefined || !isFree(text, end - 1 + Number(isLetterAt(text, end - 1)))) continue
    if (/^(?:TP|Tp|tp|TX|Tx|tx|TT|Tt|KP|tr|Tr)\.$/.test(written) && !/^ ?[\p{Lu}\d]/u.test(text.slice(end, end + 2)))
      continue
    if (written === 'TT.' && !/^ ?\p{Lu}\p{Ll}/u.test(text.slice(end, end + 3))) continue
    const isReview = written.length === 2 && written === written.toLowerCase() && written !== 'vv'
    const isStanding = written === 'TT.' && PARTY_BODIES.test(text.slice(end, end + 12))
    return {
      end: end + endingDots(text, end, written),
      kind: 'abbreviation',
      rule: 'shorthand',
      reading: isStanding ? 'Thường trực' : spoken,
      needsReview: isReview && written !== 'tp',
    }
  }
  return null
}

const PARTY_BODIES = /^ ?(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) ủy/u

/** The longest first, cut back at dots, slashes and the colon. */
function* prefixes(written: string): Generator<string> {
  for (let length = written.length; length > 0; length--) {
    if (length === written.length || /[./:]/.test(written.charAt(length)) || /[./:]/.test(written.charAt(length - 1)))
      yield written.slice(0, length)
  }
}

/** `v.v...` ends in as many dots as its writer liked, `GS.TS.` in one. */
const endingDots = (text: string, end: number, written: string): number =>
  /^[vV]\.?v/.test(written)
    ? (/^\.*/.exec(text.slice(end, end + 4))?.[0].length ?? 0)
    : Number(/[.T]h?S|GS|BS/.test(written) && /^\. \p{Lu}\p{Ll}/u.test(text.slice(end, end + 4)))

/** Single letters before a name or number: `P. Tân Thành`, `Q.1`, `H. Cái Nước`, `X. Tân Ân`. */
export const readDottedPlace: Rule = ({ text, pos }) => {
  const match = matchAt(DOTTED_PLACE, text, pos)
  if (!match || startsLine(text, pos)) return match ? placeAtLineStart(text, pos, match) : null
  // `Trần H. Nam`: between two parts of a name it is an initial.
  const previous = text.charAt(pos - 2)
  const isInitial =
    text.charAt(pos - 1) === ' ' &&
    isLetterAt(text, pos - 2) &&
    classAt(text, lettersStart(text, pos - 1)) === UPPER &&
    !/\d/.test(text.charAt(pos + match[0].length))
  if (isInitial && previous !== ',') return null
  return place(text, pos, match)
}

const placeAtLineStart = (text: string, pos: number, match: RegExpExecArray): Reading | null =>
  /^[PQHX]$/.test(match[1] ?? '') ? { ...place(text, pos, match), needsReview: true } : null

const OFFICES = /^(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|HIỆU TRƯỞNG|Chủ tịch|Giám đốc|Trưởng|Hiệu trưởng|Bí thư)/
const ROOMS =
  /^(?:[A-ZĐ]{2,}|Tư pháp|Nội vụ|Văn hóa|Kinh tế|Tài chính|Giáo dục|Y tế|Quản lý|Dân tộc|Nông nghiệp|Lao động|Hành chính|Kế hoạch|Tổ chức|\d{3})/

function place(text: string, pos: number, match: RegExpExecArray): Reading {
  const end = pos + match[0].length
  const after = text.slice(end, end + 16)
  const readings: Readonly<Record<string, readonly string[]>> = {
    P: ROOMS.test(after) ? ['phòng', 'phường'] : ['phường', 'phòng'],
    Q: OFFICES.test(after) ? ['Quyền', 'quận'] : ['quận'],
    H: ['huyện'],
    X: ['xã'],
    T: ['tỉnh', 'thôn'],
    Đ: ['đường'],
    K: ['khóm', 'khu'],
    Ô: ['ông'],
  }
  const [reading = '', ...alternatives] = readings[match[1] ?? ''] ?? []
  return {
    end,
    kind: 'abbreviation',
    rule: 'dotted-place',
    reading,
    alternatives,
    needsReview: /[TK]/.test(match[1] ?? ''),
  }
}

const INITIALS = /\p{Lu}\.(?: ?\p{Lu}\.){1,3} ?(?=\p{Lu}\p{Ll})/uy

/** `V.I. Lê-nin`: the dots of initials are no pauses. */
export const readInitials: Rule = ({ text, pos }) => {
  const match = matchAt(INITIALS, text, pos)
  if (!match) return null
  const letters = match[0].match(/\p{Lu}/gu) ?? []
  return { end: pos + match[0].length, kind: 'letter', rule: 'initials', reading: letters.map(sayLetter).join(' ') }
}

/** Words in capitals: abbreviations by themselves or joined, capitals that are words, and letters to be spelled. */
export const readAbbreviation: Rule = (scan) => {
  const { text, pos } = scan
  const end = lettersEnd(text, pos)
  const word = text.slice(pos, end)
  if (word.length === 1) return loneLetter(scan, word, end)
  if (!isAbbreviation(word) && (!isCode(word) || /\p{Ll}{3}/u.test(word) || FOREIGN_WORDS.has(word.toLowerCase())))
    return null
  if (TONED.test(word) && !isAbbreviation(word)) return null
  const joined = readCompound(scan, end) ?? readBareDocument(scan, word, end)
  if (joined) return joined
  if (isCapitalWord(text, pos, end, word)) return null
  return single(scan, word, end)
}

/** More than the first letter is a capital: `UBND`, `VNeID`, `TTg`. */
function isCode(word: string): boolean {
  for (let index = 1; index < word.length; index++) if (classAt(word, index) === UPPER) return true
  return false
}

/** `GD&ĐT`, `LĐ-TB&XH`, `VH, TT&DL`: looked up without their signs, the longest first. */
function readCompound({ text, pos }: Scan, wordEnd: number): Reading | null {
  const match = matchAt(COMPOUND, text, pos)
  if (!match) return null
  let written = match[0]
  for (let guard = 0; guard < 6 && pos + written.length > wordEnd; guard++) {
    const end = pos + written.length
    const code = written.replace(/[^\p{L}]/gu, '')
    const signs = written.replace(/[\p{L}\s]/gu, '')
    const spoken = (signs.includes('&') || !signs.includes(',')) && isFree(text, end) ? expand(code) : null
    if (spoken !== null && code.length > 2)
      return { end, kind: 'abbreviation', rule: 'compound-abbreviation', reading: spoken }
    written = written.slice(0, lastJoint(written))
  }
  return null
}

/** `QĐ-UBND` without a number: decisions of that body. */
function readBareDocument({ text, pos }: Scan, word: string, end: number): Reading | null {
  if (!isKindCode(word) || !/[-/]/.test(text.charAt(end))) return null
  const code = readDocumentCode(text, pos)
  if (!code?.isKnown || !code.issuer.startsWith('của ')) return null
  return { end: code.end, kind: 'document-number', rule: 'document-code', reading: `${code.kinds[0]} ${code.issuer}` }
}

/** Where the last sign that joins two parts begins. */
function lastJoint(written: string): number {
  let at = written.length - 1
  while (at > 0 && !/[&\-.,]/.test(written.charAt(at))) at--
  return written.charAt(at - 1) === ' ' ? at - 1 : at
}

/** Vietnamese words in a heading are capitals too: `CÔNG AN`, but not `CA xã`. */
function isCapitalWord(text: string, pos: number, end: number, word: string): boolean {
  if (TONED.test(word)) return isSyllable(word.toLowerCase()) || !isAbbreviation(word)
  if (!isSyllable(word.toLowerCase())) return false
  return !isAbbreviation(word) || isCapitalNeighbour(text, end, 1) || isCapitalNeighbour(text, pos, -1)
}

function isCapitalNeighbour(text: string, edge: number, direction: 1 | -1): boolean {
  const gap = direction === 1 ? edge : edge - 1
  if (text.charAt(gap) !== ' ') return false
  const start = direction === 1 ? edge + 1 : lettersStart(text, edge - 1)
  const word = direction === 1 ? text.slice(start, lettersEnd(text, start)) : text.slice(start, edge - 1)
  if (isDigitAt(text, direction === -1 ? start - 1 : lettersEnd(text, start))) return false
  return word.length > 1 && word === word.toUpperCase() && isSyllable(word.toLowerCase())
}

function single(scan: Scan, word: string, end: number): Reading {
  const { text, pos } = scan
  const after = () => text.slice(end, end + 48).replace(/^[\s.:,(]+/, '')
  const found = expandInContext(word, () => textBefore(text, pos), after)
  if (found) {
    const { spoken, alternatives, isGuess } = found
    const reading = withoutOverlap(textBefore(text, pos), spoken)
    const rule = isGuess ? 'abbreviation-guess' : 'abbreviation'
    return { end, kind: 'abbreviation', rule, reading, alternatives, needsReview: isGuess }
  }
  const parts = splitCode(word)
  if (parts)
    return {
      end,
      kind: 'abbreviation',
      rule: 'joined-abbreviations',
      reading: parts.map((part) => expand(part)).join(' '),
      alternatives: [spell(word)],
      needsReview: true,
    }
  const roman = /^[IVX]{2,}$/.test(word) ? romanValue(word) : null
  if (roman !== null) {
    // After a foreign name it counts rulers, in Sino-Vietnamese: `Elizabeth II` is *đệ nhị*.
    const isRuler =
      /\p{Lu}\p{Ll}+ $/u.test(text.slice(Math.max(0, pos - 16), pos)) && !isSyllable(wordBefore(text, pos))
    const said = (isRuler ? RULERS[roman - 1] : undefined) ?? readCardinal(String(roman))
    return { end, kind: 'roman', rule: 'roman-guess', reading: said, alternatives: [spell(word)], needsReview: true }
  }
  return { end, kind: 'abbreviation', rule: 'spelled', reading: spell(word), needsReview: true }
}

const RULERS = ['đệ nhất', 'đệ nhị', 'đệ tam', 'đệ tứ', 'đệ ngũ', 'đệ lục', 'đệ thất', 'đệ bát', 'đệ cửu', 'đệ thập']

/** `Quy chuẩn QCVN`: words of the reading that have just been said are not said twice. */
function withoutOverlap(before: string, spoken: string): string {
  const words = spoken.split(' ')
  for (let count = words.length - 1; count >= 2; count--) {
    if (before.endsWith(`${words.slice(0, count).join(' ').toLowerCase()} `)) return words.slice(count).join(' ')
  }
  return spoken
}

/** `PCTUBND` → `PCT`, `UBND`: two known abbreviations run together. */
function splitCode(word: string): [string, string] | null {
  if (word.length > 24) return null
  for (let at = word.length - 2; at >= 2; at--) {
    const [head, tail] = [word.slice(0, at), word.slice(at)]
    if (head.length + tail.length > 4 && isAbbreviation(head) && isAbbreviation(tail)) return [head, tail]
  }
  return null
}

/** A single capital stays a letter; only those that, with a dot, would stand for a place are said by name. */
function loneLetter({ text, pos }: Scan, letter: string, end: number): Reading | null {
  if (sayLetter(letter) === letter) return null
  const before = wordBefore(text, pos)
  return { end, kind: 'letter', rule: 'letter-name', reading: sayLetter(letter), needsReview: before === '' }
}
