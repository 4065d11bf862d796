import { classAt, isDigitAt, isLetterAt, isWordAt, lettersEnd, lettersStart, matchAt, SPACE, UPPER } from '../chars.ts'
import { type Reading, type Rule, type Scan, textBefore, wordBefore } from '../scan.ts'
import { findUnit, readAmount, say } from './amount.ts'
import { expand } from './lookup.ts'

const silent = (end: number, rule: string, reading = ''): Reading => ({ end, kind: 'mark', rule, reading })

const DOTS = /\.{2,}|\.\/\.?|\/\./y
const DEFINED = /\( ?([\p{Lu}][\p{L}&\-,. ]{1,20}) ?\)/uy
const REFERENCE = /\[\d{1,3}(?:[,-] ?\d{1,3}){0,6}\]|\[\p{L}{0,3}\*?\]/uy

/** `./.` ends a document, dots trail off. */
export const readDots: Rule = ({ text, pos }) => {
  const match = matchAt(DOTS, text, pos)
  if (!match) return null
  const end = pos + match[0].length
  if (match[0].includes('/')) return silent(end, 'ending-mark', '.')
  const next = /\S/.exec(text.slice(end, end + 3))?.[0] ?? ''
  const isEnd = next === '' || (classAt(next, 0) === UPPER && /\s/.test(text.charAt(end)))
  return silent(end, 'dots', isEnd ? '.' : ',')
}

/** A bracket that only gives the abbreviation of the words just said is not said again: `giáo dục pháp luật (GDPL)`. */
export const readDefinition: Rule = ({ text, pos }) => {
  const match = matchAt(DEFINED, text, pos)
  const expansion = match && expand((match[1] ?? '').replace(/[^\p{L}]/gu, ''))
  if (!match || expansion === null || expansion === undefined) return null
  const said = letters(textBefore(text, pos, expansion.length + 30))
  const end = pos + match[0].length
  if (!said.endsWith(letters(expansion))) return null
  return { end, kind: 'abbreviation', rule: 'definition-repeat', reading: '', alternatives: [expansion] }
}

const letters = (text: string): string =>
  ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu)
      ?.join(' ') ?? ''
  }`

/** `[1]` refers to a note that nobody hears. */
export const readReference: Rule = ({ text, pos }) => {
  const match = matchAt(REFERENCE, text, pos)
  return match ? { end: pos + match[0].length, kind: 'footnote', rule: 'reference', reading: '' } : null
}

/** `-5`, `+5%`, `±2`: a sign touches its number and nothing before it. */
export const readSigned: Rule = ({ text, pos, region }) => {
  const sign = text.charAt(pos)
  if (
    !/[-+±]/.test(sign) ||
    !isDigitAt(text, pos + 1) ||
    isWordAt(text, pos - 1) ||
    /[)\]%]/.test(text.charAt(pos - 1))
  )
    return null
  if (sign === '-' && /\d ?$/.test(text.slice(Math.max(0, pos - 2), pos))) return null
  const amount = readAmount(text, pos + 1, region)
  if (!amount) return null
  const word = sign === '-' ? 'âm' : sign === '+' ? 'cộng' : 'cộng trừ'
  return { end: amount.end, kind: amount.kind, rule: 'signed', reading: `${word} ${say(amount)}` }
}

const AFTER_ROMAN = / ?[-—] ?(?=[IVXLCDM]+(?![\p{L}\p{M}]))/uy

/** A dash: *đến* in a range, a pause between phrases, nothing between the halves of a compound. */
export const readDash: Rule = (scan) => {
  const { text, pos, list } = scan
  const end = pos + 1
  const before = text.charAt(pos - 1) === ' ' ? pos - 1 : pos
  if (list === 'roman' && matchAt(AFTER_ROMAN, text, pos)) return silent(end, 'range-dash', 'đến')
  const isSpaced = classAt(text, pos - 1) === SPACE || classAt(text, end) === SPACE
  const next = classAt(text, end) === SPACE ? end + 1 : end
  if (list === 'phone' && isDigitAt(text, next)) return silent(end, 'dash', ',')
  if (isDigitAt(text, next) && goesThrough(text, pos, next)) return silent(end, 'range-dash', 'đến')
  if (isDigitAt(text, before - 1) && isDigitAt(text, next))
    return { ...silent(end, 'range-dash', 'đến'), needsReview: true }
  if (/(?:thứ|tháng|ngày|giờ|năm|quý|chương|điều) /.test(textBefore(text, pos, 16)) && isRangeWord(scan, next))
    return silent(end, 'range-dash', 'đến')
  if (
    /T[2-7] ?$/.test(text.slice(Math.max(0, pos - 4), pos)) &&
    /^(?:T[2-7]|CN)(?!\p{L})/u.test(text.slice(next, next + 3))
  )
    return silent(end, 'range-dash', 'đến')
  if (text.charAt(pos) === '—') return silent(end, 'dash', ',')
  if (isSpaced) return silent(end, 'dash', classAt(text, next) === UPPER || !isLetterAt(text, next) ? ',' : '')
  return silent(end, 'hyphen', areCodes(text, pos, end) ? ',' : '')
}

/** `8h sáng - 5h chiều`, `từ 5 tuổi - 10 tuổi`: the second end of a range whose first end had words after it. */
const goesThrough = (text: string, pos: number, next: number): boolean =>
  /(?:^|\s)từ [^.;-]{1,40}$/.test(textBefore(text, pos, 48)) ||
  (/(?:\dh|giờ|phút|:\d\d)(?: (?:sáng|trưa|chiều|tối|đêm))? ?$/.test(textBefore(text, pos, 16)) &&
    /^\d{1,2}(?:h|:| ?giờ|g\d)/.test(text.slice(next, next + 7)))

/** `thứ 2 - thứ 6`, `tháng 3 - tháng 5`: the same word stands on both sides. */
function isRangeWord({ text, pos }: Scan, next: number): boolean {
  const word = text.slice(next, lettersEnd(text, next)).toLowerCase()
  return (
    new RegExp(`${word} (?:\\d|\\p{L}{1,4})[\\d./a-z]* ?$`, 'u').test(textBefore(text, pos, 24)) &&
    /^(?:thứ|tháng|ngày|quý|chương|điều|năm)$/.test(word)
  )
}

/** `HĐND-UBND`: two names, not one compound. */
function areCodes(text: string, left: number, right: number): boolean {
  const first = text.slice(lettersStart(text, left), left)
  const second = text.slice(right, lettersEnd(text, right))
  return first.length > 2 && second.length > 2 && first === first.toUpperCase() && second === second.toUpperCase()
}

const PER_NOUN =
  /(?:giờ|ngày|tháng|năm|tuần|quý|phút|giây|đêm|buổi|ca|vụ|kỳ|lần|người|hộ|con|cây|suất|lượt|khẩu|bộ|chuyến|trường hợp|sản phẩm|hồ sơ|đơn vị|phòng|tiết|học kỳ|học sinh|em|cháu|xe|căn|cái|thửa|lô|bao|cuộc|đợt|nhiệm kỳ|hecta|sào|công|xã|thôn|ấp|phường|đầu người)(?![\p{L}\p{M}])/uy
const PER_TIME = /(?:giờ|ngày|tháng|năm|tuần|quý|phút|giây)(?![\p{L}\p{M}])/uy
const COUNTED_BEFORE = /(?:\d|đồng|nghìn|triệu|tỷ)[\p{L}\d.,% ]{0,24}(?:\/\p{L}+)?$/u

/** A slash: *trên* or *một* in a rate, *hoặc* between two words. */
export const readSlash: Rule = ({ text, pos, region, list }) => {
  const end = pos + 1
  if (list === 'phone' && isDigitAt(text, end)) return silent(end, 'slash', ',')
  const next = classAt(text, end) === SPACE ? end + 1 : end
  const before = wordBefore(text, pos)
  if (!isWordAt(text, next) || before === 'và' || !isWordAt(text, pos - 1 - Number(text.charAt(pos - 1) === ' ')))
    return silent(end, 'slash')
  const unitWritten = /^[\p{L}µ]{1,4}[23]?(?![\p{L}\p{M}\d])/u.exec(text.slice(next, next + 6))?.[0] ?? ''
  const unit = findUnit(unitWritten)
  const isRate = matchAt(PER_NOUN, text, next) !== null || (unit !== undefined && unitWritten.length > 0 && !unit.time)
  if (isRate && COUNTED_BEFORE.test(textBefore(text, pos, 40))) {
    const isTime = matchAt(PER_TIME, text, next) !== null
    const word = isTime && /(?:đồng|nghìn|triệu|tỷ)[^.;,]{0,24}$/.test(textBefore(text, pos, 30)) ? 'trên' : 'một'
    return { ...silent(end, 'rate', word), alternatives: [word === 'một' ? 'trên' : 'một'] }
  }
  if (isRate && unit && /(?:đồng|mg|kg|lít|tấn|giá)$/.test(before)) {
    const amount = isDigitAt(text, next) ? readAmount(text, next, region) : null
    return silent(amount?.end ?? end, 'rate', before === 'đồng' ? 'một' : 'trên')
  }
  if (isLetterAt(text, pos - 1) && isDigitAt(text, next)) return silent(end, 'slash', ',')
  // `A/H5N1` is one name.
  if (before.length === 1 && /^\p{Lu}\d/u.test(text.slice(next, next + 2))) return silent(end, 'slash')
  if (isDigitAt(text, next) || isDigitAt(text, pos - 1)) return { ...silent(end, 'slash', 'trên'), needsReview: true }
  return { ...silent(end, 'either-or', 'hoặc'), alternatives: ['trên', 'và'] }
}

const WORDS: Readonly<Record<string, string>> = {
  '&': 'và',
  '%': 'phần trăm',
  '‰': 'phần nghìn',
  '=': 'bằng',
  '≠': 'khác',
  '≥': 'lớn hơn hoặc bằng',
  '≤': 'nhỏ hơn hoặc bằng',
  '±': 'cộng trừ',
  '×': 'nhân',
  '÷': 'chia',
  '°': 'độ',
  $: 'đô la',
  '€': 'ơ rô',
  '£': 'bảng Anh',
  '¥': 'yên',
  '₫': 'đồng',
  '₩': 'won',
  '@': 'a còng',
}

/** Signs that are words; `+`, `<`, `>`, `~` and `^` are words beside a number only. */
export const readSign: Rule = ({ text, pos, list }) => {
  const char = text.charAt(pos)
  const end = pos + 1
  const next = classAt(text, end) === SPACE ? end + 1 : end
  const word = WORDS[char]
  if (word !== undefined && (isWordAt(text, next) || isWordAt(text, pos - 1) || isWordAt(text, pos - 2))) {
    return { end, kind: 'sign', rule: 'sign', reading: word }
  }
  const compared = char === '<' ? 'nhỏ hơn' : char === '>' ? 'lớn hơn' : ''
  if (compared && isLetterAt(text, next) && isWordAt(text, pos - 1 - Number(text.charAt(pos - 1) === ' '))) {
    return { end, kind: 'sign', rule: 'sign', reading: compared }
  }
  if (char === '+' && isLetterAt(text, pos - 1) && !isWordAt(text, next))
    return { end, kind: 'sign', rule: 'plus', reading: 'cộng' }
  if (!isDigitAt(text, next) && !(char === '+' && isWordAt(text, next) && pos > 0)) return null
  if (char === '+') return { end, kind: 'sign', rule: 'plus', reading: list === 'roman' ? 'và' : 'cộng' }
  const beside: Readonly<Record<string, string>> = { '<': 'dưới', '>': 'trên', '~': 'khoảng', '^': 'mũ' }
  const said = beside[char]
  return said === undefined ? null : { end, kind: 'sign', rule: 'sign', reading: said }
}

const PREPOSED = /([$€£¥₫]|US\$) ?(?=\d)/y

/** `$100`: the sign is said after its amount. */
export const readPreposed: Rule = ({ text, pos, region }) => {
  const match = matchAt(PREPOSED, text, pos)
  const amount = match && readAmount(text, pos + match[0].length, region)
  if (!match || !amount) return null
  const name = WORDS[(match[1] ?? '').slice(-1)] ?? ''
  return {
    end: amount.end,
    kind: 'money',
    rule: 'sign-first',
    reading: amount.unit ? say(amount) : `${say(amount)} ${name}`,
  }
}
