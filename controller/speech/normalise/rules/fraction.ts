import { matchAt } from '../chars.ts'
import { sayLetter } from '../letters.ts'
import { readCardinal } from '../numbers/cardinal.ts'
import { type Reading, type Rule, textBefore, twoWordsBefore, wordBefore } from '../scan.ts'
import { COUNTED_NOUNS, HOUSE_WORDS } from '../tables/contexts.ts'
import { fractionReading } from './amount.ts'

const FRACTION = /(\d{1,4})\/(\d{1,5})(?![\p{L}\p{M}\d/]|[.,]\d)/uy
const AROUND_THE_CLOCK = /24\/(24|7)(?![\d/])(?: ?(?:h|giờ)(?![\p{L}\p{M}]))?/uy
const SCALE_WORDS = /(?:tỷ lệ|tỉ lệ|tỷ lệ là|bản đồ)(?: bản đồ)? $/
const RATIO = /(\d{1,6}) ?: ?(\d{1,3}(?:\.\d{3})+|\d{1,7})(?![\d:]|[.,]\d)/y
const HOUSE = /(\d{1,5}[a-zA-Z]?)((?:\/\d{1,4}[a-zA-Z]?){1,4})(?![\p{L}\p{M}\d/])/uy
const NEXT_WORD = / ?(\p{L}+)/uy

/** `24/7` and `24/24h` are sayings, not fractions. */
export const readAroundTheClock: Rule = ({ text, pos, region }) => {
  const match = matchAt(AROUND_THE_CLOCK, text, pos)
  if (!match || /\d\/$/.test(text.slice(0, pos).slice(-2))) return null
  const second = readCardinal(match[1] ?? '', { region })
  const reading = `hai mươi tư trên ${second}${/[hờ]/.test(match[0]) ? ' giờ' : ''}`
  return {
    end: pos + match[0].length,
    kind: 'ratio',
    rule: 'around-the-clock',
    reading,
    alternatives: ['suốt ngày đêm'],
  }
}

/** House numbers are said part by part: `số nhà 12/3` → *mười hai trên ba*. */
export const readHouse: Rule = ({ text, pos, region }) => {
  const match = matchAt(HOUSE, text, pos)
  if (!match) return null
  const before = wordBefore(text, pos)
  const isAddress =
    HOUSE_WORDS.has(before) ||
    /^(?:số nhà|nhà số|ngõ số|hẻm số|kiệt số)$/.test(twoWordsBefore(text, pos)) ||
    (before === 'số' &&
      /^,? (?:đường|phố|ngõ|hẻm|kiệt|ấp|thôn|khóm|QL|quốc lộ)/.test(
        text.slice(pos + match[0].length, pos + match[0].length + 12),
      ))
  if (!isAddress) return null
  const parts = match[0].split('/').map((part) => {
    const letter = /[a-zA-Z]$/.exec(part)?.[0] ?? ''
    return `${readCardinal(part.replace(/\D/g, ''), { region })}${letter && ` ${sayLetter(letter)}`}`
  })
  return { end: pos + match[0].length, kind: 'address', rule: 'house-number', reading: parts.join(' trên ') }
}

/** Fractions, and counts out of a whole: `2/3 tổng số` is *hai phần ba*, `19/19 tiêu chí` *mười chín trên mười chín*. */
export const readFraction: Rule = ({ text, pos, region }) => {
  const match = matchAt(FRACTION, text, pos)
  if (!match || /[\d/]$/.test(text.slice(Math.max(0, pos - 1), pos))) return null
  const [all, top = '', bottom = ''] = match
  const end = pos + all.length
  const counted = `${readCardinal(top, { region })} trên ${readCardinal(bottom, { region })}`
  const part = fractionReading(top.replace(/^0+(?=\d)/, ''), bottom.replace(/^0+(?=\d)/, ''), region)
  const next = matchAt(NEXT_WORD, text, end)?.[1]?.toLowerCase() ?? ''
  const isCounted =
    (Number(bottom) >= 10 && COUNTED_NOUNS.has(next)) ||
    /^(?:độ|điểm|mức|trang|lượt)$/.test(wordBefore(text, pos)) ||
    (Number(top) >= Number(bottom) && next !== '') ||
    (Number(bottom) >= 100 && SCALE_WORDS.test(textBefore(text, pos, 24))) ||
    Number(bottom) === 0
  const reading: Reading = {
    end,
    kind: isCounted ? 'ratio' : 'fraction',
    rule: isCounted ? 'count-of-whole' : 'fraction',
    reading: isCounted ? counted : part,
    alternatives: [isCounted ? part : counted],
  }
  return isPossibleDate(top, bottom) && next === ''
    ? {
        ...reading,
        alternatives: [...(reading.alternatives ?? []), dateReading(top, bottom, region)],
        needsReview: true,
      }
    : reading
}

const isPossibleDate = (day: string, month: string): boolean =>
  Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12

const dateReading = (day: string, month: string, region: 'north' | 'south'): string =>
  `ngày ${readCardinal(day, { region })} tháng ${Number(month) === 4 ? 'tư' : readCardinal(month, { region })}`

/** `tỷ lệ 1:500`; times of day have gone before. */
export const readRatio: Rule = ({ text, pos, region }) => {
  const match = matchAt(RATIO, text, pos)
  if (!match) return null
  const [all, left = '', right = ''] = match
  if (/: /.test(all) && !SCALE_WORDS.test(textBefore(text, pos, 24))) return null
  const reading = `${readCardinal(left, { region })} trên ${readCardinal(right.replace(/\./g, ''), { region })}`
  return { end: pos + all.length, kind: 'ratio', rule: 'ratio', reading }
}
