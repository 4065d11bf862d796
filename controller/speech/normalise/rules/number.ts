import { isDigitAt, isLetterAt, matchAt } from '../chars.ts'
import { readCardinal, readDigits } from '../numbers/cardinal.ts'
import { plain } from '../numbers/literal.ts'
import { type Reading, type Rule, type Scan, textBefore, wordBefore } from '../scan.ts'
import { type Amount, rangeStart, readAmount, say, timesStart } from './amount.ts'

const CHAIN = /\d{1,6}(?: ?- ?\d{1,6}){2,12}(?![\d%/]|[.,]\d)/y
const IN_WORDS = / ?\( ?(\p{Ll}[\p{Ll} ]{1,80}?) ?\)/iuy
const SLASHES = /\d{1,6}(?:\/\d{1,6}){3,24}(?!\d|[.,]\d)/y
const SCORE_WORDS = /(?:tỷ số|tỉ số|thắng|thua|hòa|hoà|tỷ số là) $/
const VERSION_WORDS =
  /(?:phiên bản|version|ver|công nghiệp|thời đại|kỷ nguyên|mục|điểm|khoản|phần|bảng|biểu|hình|tiêu chí|chỉ tiêu|nội dung|nhiệm vụ|bước|câu|điều|chương|lục|web|cách mạng|bluetooth|chính phủ|chuẩn|bài) (?:số )?$/
const VERSION = /(\d{1,3})\.(\d{1,3})(?![\d]|[.,]\d)/y
const ORDINAL = /0?(\d{1,5})(?!\d|[.,/-]\d| ?- ?\d|\p{L}|%)/uy
const ORDINAL_RANGE = /(\d{1,2}) ?(?:-|(đến)) ?(\d{1,2})(?![\d]|[.,/]\d| ?- ?\d)/y
const HEIGHT = /(\d{1,2})m(\d{2})(?![\p{L}\p{M}\d])/uy
const YEAR = /^(?:19|20)\d\d$/

/** Amounts, ranges of amounts, and factors: `5-10%`, `15cm-25cm`, `3m x 4m`. The last numeric rule: always reads. */
export const readAmounts: Rule = (scan) => {
  const { text, pos, region } = scan
  const chain = matchAt(CHAIN, text, pos) ?? matchAt(SLASHES, text, pos)
  if (chain) return readChain(scan, chain)
  const special = readVersion(scan) ?? readHeight(scan)
  if (special) return special
  const first = readAmount(text, pos, region)
  if (!first) return null
  return withoutWords(scan, readRange(scan, first) ?? readFactors(scan, first) ?? single(scan, first))
}

/** `02 (hai) bản`: a number that is written out again in brackets is said once. */
function withoutWords({ text }: Scan, reading: Reading): Reading {
  const match = matchAt(IN_WORDS, text, reading.end)
  if (!match) return reading
  const words = (match[1] ?? '').toLowerCase().replace(/ lẻ /g, ' linh ').replace(/ ngàn/g, ' nghìn')
  const said = reading.reading.toLowerCase().replace(/ lẻ /g, ' linh ').replace(/ ngàn/g, ' nghìn')
  return words === said
    ? { ...reading, end: reading.end + match[0].length, rule: `${reading.rule}-and-words` }
    : reading
}

/** `1.2` after *mục* or *phiên bản* numbers something and is no amount. */
function readVersion({ text, pos, region }: Scan): Reading | null {
  const match = matchAt(VERSION, text, pos)
  if (!match || !VERSION_WORDS.test(textBefore(text, pos, 24))) return null
  const parts = [match[1] ?? '', match[2] ?? ''].map((part) => readCardinal(part, { region }))
  return { end: pos + match[0].length, kind: 'section', rule: 'section-number', reading: parts.join(' chấm ') }
}

/** `1m75`. */
function readHeight({ text, pos, region }: Scan): Reading | null {
  const match = matchAt(HEIGHT, text, pos)
  if (!match) return null
  const [metres, rest] = [match[1] ?? '', match[2] ?? ''].map((part) => readCardinal(part, { region }))
  return { end: pos + match[0].length, kind: 'measure', rule: 'metres-and-rest', reading: `${metres} mét ${rest}` }
}

/** `1-2-3` is no range and `1/2/3/4` no date; they are said number by number. */
function readChain({ pos, region }: Scan, match: RegExpExecArray): Reading {
  const parts = match[0].split(/[-/]/).map((part) => part.trim())
  const isCode = /[- ]0\d/.test(match[0]) || match[0].startsWith('0')
  const said = parts.map((part) => (isCode ? readDigits(part) : readCardinal(part, { region })))
  return {
    end: pos + match[0].length,
    kind: 'sequence',
    rule: 'number-sequence',
    reading: said.join(match[0].includes('/') ? ' trên ' : isCode ? ' ' : ', '),
    needsReview: true,
  }
}

function readRange(scan: Scan, first: Amount): Reading | null {
  const { text, pos, region } = scan
  const at = rangeStart(text, first.end)
  if (at === null || !isDigitAt(text, at) || first.kind === 'section') return null
  if (SCORE_WORDS.test(textBefore(text, pos, 16))) return readScore(scan, first, at)
  const second = readAmount(text, at, region)
  if (!second || second.kind === 'section') return null
  const isYears = isYear(first) && isYear(second)
  const [from, to] = isYears
    ? [readYear(first.number.whole, scan), readYear(second.number.whole, scan)]
    : [say(first), say(second)]
  const isBackwards =
    !first.unit &&
    !second.unit &&
    Number(first.number.whole) >= Number(second.number.whole) &&
    first.kind === 'cardinal'
  return {
    end: second.end,
    kind: isYears ? 'years' : `${second.kind}-range`,
    rule: isYears ? 'year-range' : 'range',
    reading: `${from} đến ${to}`,
    alternatives: first.unit || !second.unit ? [] : [`${from} ${second.unit} đến ${to}`],
    needsReview: first.needsReview || second.needsReview || isBackwards,
    ...(isYears ? { list: 'year' as const } : {}),
  }
}

function readScore({ region, text }: Scan, first: Amount, at: number): Reading | null {
  const second = readAmount(text, at, region)
  if (!second) return null
  return { end: second.end, kind: 'score', rule: 'score', reading: `${say(first)} ${say(second)}` }
}

function readFactors({ text, region }: Scan, first: Amount): Reading | null {
  let last = first
  let reading = say(first)
  for (let at = timesStart(text, last.end); at !== null; at = timesStart(text, last.end)) {
    const next = readAmount(text, at, region)
    if (!next) break
    reading += ` nhân ${say(next)}`
    last = next
  }
  if (last === first) return null
  return { end: last.end, kind: 'measure', rule: 'factors', reading }
}

const isYear = (amount: Amount): boolean =>
  amount.kind === 'cardinal' && amount.unit === '' && YEAR.test(amount.number.whole) && !amount.value.includes('triệu')

const readYear = (digits: string, { region }: Scan): string => readCardinal(digits, { region, zeroHundred: true })

const YEAR_WORDS =
  /(?:năm|giai đoạn|nhiệm kỳ|niên khóa|khóa|thập niên|năm học|vụ|từ|đến|kỳ|tháng \p{L}+|niên độ|trước|sau|và|mùa|hè|tết|xuân|thu|đông|quý \p{L}+)[ ,(]*$/u

/** `Luật Đất đai 2024`: right after a word, and with nothing after it that it could count. */
const isNamedYear = (text: string, pos: number, end: number): boolean =>
  /\p{L} $/u.test(text.slice(Math.max(0, pos - 2), pos)) && !/^ ?\p{Ll}/u.test(text.slice(end, end + 2))

function single(scan: Scan, amount: Amount): Reading {
  const { text, pos } = scan
  if (
    isYear(amount) &&
    amount.end - pos === 4 &&
    (scan.list === 'year' || YEAR_WORDS.test(textBefore(text, pos, 20)) || isNamedYear(text, pos, amount.end))
  ) {
    return { end: amount.end, kind: 'year', rule: 'year', reading: readYear(amount.number.whole, scan), list: 'year' }
  }
  return {
    end: amount.end,
    kind: amount.kind,
    rule: amount.kind,
    reading: say(amount),
    alternatives: amount.alternatives,
    needsReview: amount.needsReview || isLetterAt(text, pos - 1),
  }
}

/** Numbers whose reading hangs on the word before: `thứ 4` → *thứ tư*, `tháng 4` → *tháng tư*, `ngày 04` → *ngày bốn*. */
export const readOrdinal: Rule = ({ text, pos, region }) => {
  const match = matchAt(ORDINAL, text, pos)
  const kind = match ? ORDINAL_KINDS.get(wordBefore(text, pos)) : undefined
  if (!match || !kind) return null
  const digits = match[1] ?? ''
  if (kind === 'day' && Number(digits) > 31) return null
  const isSpecial = (kind === 'ordinal' && /^[14]$/.test(digits)) || (kind === 'month' && digits === '4')
  return {
    end: pos + match[0].length,
    kind: kind === 'ordinal' ? 'ordinal' : 'date',
    rule: kind,
    reading: isSpecial ? (digits === '1' ? 'nhất' : 'tư') : plain(0, digits, region).reading,
  }
}

const ORDINAL_KINDS: ReadonlyMap<string, 'ordinal' | 'month' | 'day'> = new Map([
  ['thứ', 'ordinal'],
  ['tháng', 'month'],
  ['ngày', 'day'],
  ['mùng', 'day'],
  ['mồng', 'day'],
])

/** `thứ 2 - thứ 6` needs nothing; `thứ 2-6` and `tháng 3-5` are ranges of ordinals. */
export const readOrdinalRange: Rule = ({ text, pos, region }) => {
  const match = matchAt(ORDINAL_RANGE, text, pos)
  const word = match ? wordBefore(text, pos) : ''
  if (!match || (word !== 'thứ' && word !== 'tháng')) return null
  const ordinal = (digits: string | undefined): string => {
    const bare = (digits ?? '').replace(/^0/, '')
    return bare === '4' ? 'tư' : readCardinal(bare, { region })
  }
  return {
    end: pos + match[0].length,
    kind: word === 'thứ' ? 'ordinal' : 'date',
    rule: `${word === 'thứ' ? 'ordinal' : 'month'}-range`,
    reading: `${ordinal(match[1])} đến ${word} ${ordinal(match[3])}`,
    alternatives: [`${ordinal(match[1])} đến ${ordinal(match[3])}`],
  }
}
