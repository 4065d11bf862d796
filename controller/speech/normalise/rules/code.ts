import { isFree, isLetterAt, matchAt } from '../chars.ts'
import { letterName, sayLetter, spell } from '../letters.ts'
import { type Region, readCardinal, readDigits } from '../numbers/cardinal.ts'
import { type Rule, textBefore, wordBefore } from '../scan.ts'
import { isSyllable } from '../syllable.ts'
import { LICENCE_WORDS } from '../tables/contexts.ts'
import { findUnit } from './amount.ts'
import { expand, expandInContext, isAbbreviation } from './lookup.ts'

const LICENCE = /([A-F])(\d{1,2})?(E)?(?![\p{L}\p{M}\d])/uy
const ROAD = /(QL|ĐT|TL|HL|ĐX|ĐH)[ .-]{0,2}(\d{1,4})([A-Z])?(?![\p{L}\p{M}\d]|[.,]\d)/uy
const POST = /(?:Km|KM|km) ?(?![23](?![\d+]))(\d{1,4})(?: ?\+ ?(\d{1,4}))?(?![\p{L}\p{M}\d]|[.,]\d)/uy
const QUARTER = /Q([1-4])\/((?:19|20)\d\d)(?![\d/])/y
const WEEKDAY = /T([2-7])(?![\p{L}\p{M}\d])/uy
const MONTH = /T(\d{1,2})\/((?:19|20)\d\d)(?![\p{L}\p{M}\d])/uy
const LETTERS_FIRST = /([\p{L}]{1,10})(?:-(?=\d))?(\d{1,8})((?:[\p{L}]{1,3}|[-.](?=[\p{Lu}\d])|\d{1,6}){0,6})/uy
const DIGITS_FIRST = /(\d{1,6})([A-ZĐ]{1,3})(\d{0,4})(?![\p{L}\p{M}\d])/uy

/** Classes of driving licences, one or a list: `hạng A1, B và C1E`. */
export const readLicence: Rule = ({ text, pos, list, region }) => {
  const match = matchAt(LICENCE, text, pos)
  if (!match || !(list === 'licence' || LICENCE_WORDS.has(wordBefore(text, pos)))) return null
  const [all, letter = '', digits, trailer] = match
  const parts = [letterName(letter), digits ? readCardinal(digits, { region }) : '', trailer ? 'e' : '']
  return {
    end: pos + all.length,
    kind: 'licence-class',
    rule: 'licence-class',
    reading: digits || trailer ? parts.filter(Boolean).join(' ') : letter,
    list: 'licence',
  }
}

/** Roads and kilometre posts: `QL1A`, `ĐT.979`, `Km12+500`. */
export const readRoad: Rule = ({ text, pos, region }) => {
  const post = matchAt(POST, text, pos)
  if (post) {
    const metres = post[2] ? ` cộng ${readCardinal(post[2], { region })}` : ''
    return {
      end: pos + post[0].length,
      kind: 'code',
      rule: 'kilometre-post',
      reading: `ki lô mét ${readCardinal(post[1] ?? '', { region })}${metres}`,
    }
  }
  const road = matchAt(ROAD, text, pos)
  if (!road) return null
  const name =
    expandInContext(
      road[1] ?? '',
      () => textBefore(text, pos),
      () => road[2] ?? '',
    )?.spoken ?? ''
  const letter = road[3] ? ` ${sayLetter(road[3])}` : ''
  return {
    end: pos + road[0].length,
    kind: 'code',
    rule: 'road',
    reading: `${name} ${readCardinal(road[2] ?? '', { region })}${letter}`,
  }
}

/** `T7` beside words of the week is a day, `T12/2025` a month, `Q4/2025` a quarter. */
export const readShortDay: Rule = ({ text, pos, region }) => {
  const month = matchAt(MONTH, text, pos)
  if (month && Number(month[1]) >= 1 && Number(month[1]) <= 12) {
    const said = Number(month[1]) === 4 ? 'tư' : readCardinal(month[1] ?? '', { region })
    const year = readCardinal(month[2] ?? '', { region, zeroHundred: true })
    return { end: pos + month[0].length, kind: 'date', rule: 'short-month', reading: `tháng ${said} năm ${year}` }
  }
  const quarter = matchAt(QUARTER, text, pos)
  if (quarter) {
    const said = [
      readCardinal(quarter[1] ?? '', { region }),
      readCardinal(quarter[2] ?? '', { region, zeroHundred: true }),
    ]
    return { end: pos + quarter[0].length, kind: 'date', rule: 'short-quarter', reading: `quý ${said.join(' năm ')}` }
  }
  const day = matchAt(WEEKDAY, text, pos)
  const isAfterDay = /(?:từ|đến|sáng|trưa|chiều|tối|ngày|và|hàng tuần|hằng tuần|t\d ?-|t\d,) ?$/
  const isBeforeDay = /^T\d ?- ?(?:T[2-7]|CN)(?![\p{L}\p{M}\d])/u
  if (!day || !(isAfterDay.test(textBefore(text, pos, 12)) || isBeforeDay.test(text.slice(pos, pos + 9)))) return null
  const said = day[1] === '4' ? 'tư' : readCardinal(day[1] ?? '', { region })
  return { end: pos + day[0].length, kind: 'ordinal', rule: 'short-weekday', reading: `thứ ${said}`, needsReview: true }
}

/** Letters run together with figures: `A1`, `H5N1`, `CO2`, `COVID-19`, `M31`. */
export const readLetterCode: Rule = ({ text, pos, region }) => {
  const match = matchAt(LETTERS_FIRST, text, pos)
  if (!match || !isFree(text, pos + match[0].length)) return null
  const [all, letters = '', digits = '', rest = ''] = match
  if (rest === '' && findUnit(letters + digits)) return null
  const known = isAbbreviation(letters)
    ? expand(letters)
    : (smallAbbreviation(letters) ?? (letters.length > 2 ? (findUnit(letters)?.spoken ?? null) : null))
  const isWord = known === null && /^\p{L}\p{Ll}{2,}$/u.test(letters) && !/^[b-df-hj-np-tv-xz]+$/i.test(letters)
  const head = known ?? (isWord ? letters : spell(letters))
  const reading = [head, figures(digits, region), tail(rest, region)].filter(Boolean).join(' ')
  return {
    end: pos + all.length,
    kind: 'code',
    rule: known ? 'abbreviation-and-number' : 'letter-code',
    reading,
    needsReview: known === null,
  }
}

/** Figures run together with letters: `5A`, `61C`, `4G`. The letters stay; the voice knows their names. */
export const readDigitCode: Rule = ({ text, pos, region }) => {
  const match = matchAt(DIGITS_FIRST, text, pos)
  if (!match || isLetterAt(text, pos - 1)) return null
  const [all, digits = '', letters = '', rest = ''] = match
  // `220V` is an amount; `tổ 3V` is not.
  const isUnit = rest === '' && /^(?:[VWTLKĐ]|[MkK]?Wh?|[kM]V)$/.test(letters)
  if (isUnit && !NAMED_PLACES.test(wordBefore(text, pos))) return null
  const isNetwork = letters === 'G' && /^[2-6]$/.test(digits)
  const said = isNetwork ? 'gờ' : letters.length === 1 ? sayLetter(letters) : spell(letters)
  return {
    end: pos + all.length,
    kind: 'code',
    rule: isNetwork ? 'network-generation' : 'digit-code',
    reading: [figures(digits, region), said, figures(rest, region)].filter(Boolean).join(' '),
    needsReview: letters.length > 1,
  }
}

const NAMED_PLACES = /^(?:lớp|ấp|tổ|khóm|thôn|khu|phòng|đội|số|nhà|điều|khoản|xóm|bản|đường|hẻm|khối)$/

/** `btc1`: an abbreviation in small letters that is no syllable. */
const smallAbbreviation = (letters: string): string | null =>
  letters.length > 2 && letters === letters.toLowerCase() && !isSyllable(letters) ? expand(letters.toUpperCase()) : null

const tail = (rest: string, region: Region): string =>
  (rest.match(/\p{L}+|\d+|\.(?=\d)/gu) ?? [])
    .map((part) => (part === '.' ? 'chấm' : /\d/.test(part) ? figures(part, region) : spell(part)))
    .join(' ')

/** Up to three figures are a number; longer ones, and padded ones, are said figure by figure. */
const figures = (digits: string, region: Region): string =>
  digits === ''
    ? ''
    : digits.length > 3 || digits.startsWith('0')
      ? readDigits(digits)
      : readCardinal(digits, { region })
