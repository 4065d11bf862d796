import { matchAt } from '../chars.ts'
import { spell } from '../letters.ts'
import { readCardinal, readDigits } from '../numbers/cardinal.ts'
import { type Reading, type Rule, type Scan, textBefore, wordBefore } from '../scan.ts'
import { DOCUMENT_KINDS, OTHER_KINDS } from '../tables/document-kinds.ts'
import { type DocumentCode, isKindCode, issuerFollows, readDocumentCode } from './document-code.ts'

const NUMBER = /(\d{1,6})([a-zđ]{1,3}|bis)?(?: ?\/ ?((?:19|20)\d\d))? ?(?:[/-]) ?(?=[A-ZĐÐƯ])/uy
const NUMBER_AND_YEAR = /(\d{1,5})([a-zđ])?\/((?:19|20)\d\d)(?![\d/]|-\p{Lu})/uy
const STANDARD = /(\d{1,5}(?:[-.]\d{1,3})?) ?: ?((?:19|20)\d\d)(?:\/([A-ZĐ]{2,10}))?(?![\p{L}\p{M}\d]|:\d)/uy
const PADDED = /(0\d{1,4})([a-zđ])?(?![\p{L}\p{M}\d]|[.,/-]\d)/uy
const FORM = /(\d{1,3})([a-zđ])?[/-]((?:[A-ZĐ]{1,8}\d{0,2}[-./]?){1,5})(?![\p{L}\p{M}\d])/uy
const LABEL = /(?:số|Số|SỐ) ?:? ?(?=\d)/y
const BLANK = /(?:số|Số) ?:? ?[._ ]*\/ ?(?=[A-ZĐ])/y

const KIND_NAMES = [
  ...new Set([...Object.values(DOCUMENT_KINDS).flat(), ...OTHER_KINDS].map((name) => name.toLowerCase())),
]
const NAMED = new RegExp(`(?<!\\p{L})(?:${KIND_NAMES.sort((a, b) => b.length - a.length).join('|')})(?!\\p{L})`, 'gu')
const ENDS_NAMED = new RegExp(`${NAMED.source}(?: này)?(?: số)?[ :.]*$`, 'u')

/** Legal and administrative document numbers: kind, number, year and issuer, each said once. */
export const readDocumentNumber: Rule = (scan) => {
  const match = matchAt(NUMBER, scan.text, scan.pos)
  if (!match) return readStandard(scan) ?? readUncoded(scan)
  if (FORM_NAMED.test(textBefore(scan.text, scan.pos, 20))) return readForm(scan)
  const code = readDocumentCode(scan.text, scan.pos + match[0].length)
  if (!code) return null
  return compose(scan, numberInYear(match[1], match[2], match[3]), code, scan.pos)
}

/** Standards: `QCVN 41:2019/BGTVT`. */
function readStandard({ text, pos }: Scan): Reading | null {
  const match = matchAt(STANDARD, text, pos)
  if (!match) return null
  const parts = (match[1] ?? '').split(/[-.]/).map((part) => numberInYear(part))
  const code = match[3] ? readDocumentCode(text, pos + match[0].length - match[3].length) : null
  const issuer = code?.issuer ?? (match[3] ? spell(match[3]) : '')
  const year = readCardinal(match[2] ?? '', { zeroHundred: true })
  const reading = [parts.join(' '), 'năm', year, issuer].filter(Boolean).join(' ')
  return { end: pos + match[0].length, kind: 'document-number', rule: 'standard', reading }
}

const FORM_NAMED = /(?:mẫu|biểu|biểu mẫu|phiếu|tờ khai)(?: số)?[ :]*$/

/** `Mẫu số 01/TP-HG`: the letters of a form name nothing that a listener would know; they are spelled. */
function readForm({ text, pos }: Scan): Reading | null {
  const match = matchAt(FORM, text, pos)
  if (!match) return null
  const number = numberInYear(match[1], match[2])
  const end = pos + match[0].replace(/[-./]$/, '').length
  return { end, kind: 'code', rule: 'form-number', reading: `${number} ${spell(match[3] ?? '')}`, needsReview: true }
}

/** `Số: 073/KH-UBND` as a label of its own: the kind goes before the word *số*. */
export const readDocumentLabel: Rule = (scan) => {
  const { text, pos } = scan
  const blank = matchAt(BLANK, text, pos)
  if (blank) return readBlank(scan, pos + blank[0].length)
  const label = matchAt(LABEL, text, pos)
  if (!label || namedBefore(text, pos) !== null) return null
  const at = pos + label[0].length
  const match = matchAt(NUMBER, text, at)
  const code = match && readDocumentCode(text, at + match[0].length)
  if (!code || code.kinds.length === 0) return null
  return compose({ ...scan, pos: at }, numberInYear(match[1], match[2], match[3]), code, pos)
}

function numberInYear(digits = '', letters = '', year = ''): string {
  const number =
    digits.startsWith('0') && digits.length > 1 ? readDigits(digits) : readCardinal(digits, { zeroHundred: true })
  const suffix = letters ? ` ${letters}` : ''
  return `${number}${suffix}${year ? ` năm ${readCardinal(year, { zeroHundred: true })}` : ''}`
}

function compose(scan: Scan, number: string, code: DocumentCode, from: number): Reading | null {
  const { text, pos } = scan
  const named = namedBefore(text, from)
  const hasLabel = from === pos && wordBefore(text, pos) === 'số'
  const kind = code.kinds[0] ?? (named === null && code.unit ? 'Công văn' : '')
  const isListed = scan.list === 'document' && scan.documentKind === kind
  const opening = [named !== null || isListed || (hasLabel && !kind) || hasLabel ? '' : kind, hasLabel ? '' : 'số']
  const issuer = code.issuer && !issuerFollows(text, code.end) ? code.issuer : ''
  const reading = [...opening, number, issuer].filter(Boolean).join(' ')
  const otherKinds = kind && opening[0] === kind ? code.kinds.slice(1).map((other) => reading.replace(kind, other)) : []
  scan.documentKind = kind
  return {
    end: code.end,
    kind: 'document-number',
    rule: named === null ? 'document-number' : 'document-number-after-kind',
    reading: reading.replace(/ - /g, ', '),
    alternatives: [...otherKinds, ...(code.unit ? [`${reading}, ${code.unit}`] : [])],
    needsReview: !code.isKnown || otherKinds.length > 0,
    list: 'document',
  }
}

/** The kind that the text names before a number: right before it, or earlier in the clause when *số* stands between. */
function namedBefore(text: string, at: number): string | null {
  const before = textBefore(text, at, 90)
  const direct = ENDS_NAMED.exec(before)
  if (direct) return direct[0]
  const code = codeBefore(text, at)
  if (code) return code
  if (!/số ?:? ?$/.test(before)) return null
  const clause = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf('.'), before.lastIndexOf('\n')) + 1)
  return clause.match(NAMED)?.at(-1) ?? null
}

/** A kind abbreviated before its number: `NĐ 168/2024/NĐ-CP`. */
function codeBefore(text: string, at: number): string | null {
  const code = /(?<!\p{L})([A-ZĐ]\p{L}{1,4})(?: số)?[ :.]*$/u.exec(text.slice(Math.max(0, at - 14), at))?.[1]
  return code && isKindCode(code) ? code : null
}

/** `Thông tư số 05`: a kind and a number that nothing follows. */
export const readPaddedNumber: Rule = (scan) => (scan.text.charAt(scan.pos) === '0' ? readUncoded(scan) : null)

/** `Nghị định 100/2019`, `Thông tư số 05`, `Mẫu số 01`: a kind and a number, and no code. */
function readUncoded(scan: Scan): Reading | null {
  const { text, pos } = scan
  const withYear = matchAt(NUMBER_AND_YEAR, text, pos)
  const match = withYear ?? matchAt(PADDED, text, pos)
  if (!match) return null
  const isLabelled = wordBefore(text, pos) === 'số'
  const isNamed = ENDS_NAMED.test(textBefore(text, pos, 40)) || codeBefore(text, pos) !== null
  if (!isNamed && !(scan.list === 'document' && withYear)) return null
  if (!withYear && !isLabelled && /^ (?:năm|tháng|ngày|\p{Ll})/u.test(text.slice(pos + match[0].length))) return null
  const number = numberInYear(match[1], match[2], withYear?.[3])
  return {
    end: pos + match[0].length,
    kind: 'document-number',
    rule: withYear ? 'number-and-year' : 'padded-number',
    reading: withYear && !isLabelled ? `số ${number}` : number,
    alternatives: withYear ? [] : [readCardinal(match[1] ?? '')],
    list: 'document',
  }
}

/** A number that is still to be filled in: `Kế hoạch số     /KH-UBND`. */
function readBlank(scan: Scan, at: number): Reading | null {
  const code = readDocumentCode(scan.text, at)
  if (!code) return null
  const kind = namedBefore(scan.text, scan.pos) === null ? (code.kinds[0] ?? '') : ''
  const issuer = code.issuer && !issuerFollows(scan.text, code.end) ? code.issuer : ''
  return {
    end: code.end,
    kind: 'document-number',
    rule: 'blank-number',
    reading: [kind, issuer].filter(Boolean).join(' '),
    needsReview: true,
  }
}
